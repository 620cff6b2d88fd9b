#pragma once

#include "ingest/files/input_file.hpp"
#include "ingest/tables/table_spool.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// How a file begins, for telling what it is.
struct FileHead {
  std::string name;       ///< as the user wrote it
  std::string extension;  ///< lower case with its dot, that of a compressed file behind `.gz` taken away; may be empty
  std::string_view text;  ///< the first 64 KiB at most, decompressed, as UTF-8 where the encoding is known
  bool is_whole = false;  ///< the text is the whole file
};

/// What a reader is told beside the file.
struct ReadContext {
  std::function<void(std::uint64_t)> on_bytes;  ///< to be called now and then with the bytes read so far; may be empty
  /// Told of a line that is no record, where lines stand for themselves; empty: such a file is refused.
  std::function<void(std::uint64_t line, const std::string& why)> on_bad_line;
};

/// @throws IngestError at a line of a file
[[noreturn]] void refuse_at(const InputFile& file, std::uint64_t line, const std::string& message,
                            const std::string& record = {});

// A format is a line in importers.def and two functions:
//
//   std::optional<std::string> looks_like_X(const FileHead& head)
//     Whether the file is of the format, and the sign it is known by, as words that follow "because":
//     `it begins with "graph ["`. nullopt: it is not. Content decides; a name alone only where content cannot.
//   void read_X(InputFile& file, const ReadContext& context, TableSet& tables)
//     Makes tables of the file, in bounded memory (one record, and the columns). What it does not read it says in
//     `tables.remarks`. @throws IngestError with file, line and remedy for what is not sound

}  // namespace chokepoint::detail
