#pragma once

#include "ingest/formats/format.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What a file of a format holds: a graph, whose nodes stand beside its edges and whose ids are its own, or tables,
/// which may be parts of one graph with those of other files.
enum class FormatHolds : std::uint8_t { graph, tables };

/// A format whose files become tables; see format.hpp.
struct Format {
  std::string_view name;        ///< as a user says it
  std::string_view extensions;  ///< without dots, with commas between; may be empty
  std::string_view title;
  std::optional<std::string> (*looks_like)(const FileHead& head);
  void (*read)(InputFile& file, const ReadContext& context, TableSet& tables);
  FormatHolds holds = FormatHolds::graph;
};

/// In the order in which they are asked.
std::span<const Format> formats();
/// nullptr for a name that no format has.
const Format* find_format(std::string_view name);

struct RecognisedFormat {
  const Format* format = nullptr;
  std::string sign;  ///< words that follow "because"
};
/// The first format that takes the file for its own.
std::optional<RecognisedFormat> recognise_format(const FileHead& head);

/// How a file begins; the file is at its beginning afterwards. @param text  keeps what the head shows
FileHead read_head(InputFile& file, std::string& text);

#define CHOKEPOINT_IMPORTER(name, function, holds, extensions, title)     \
  std::optional<std::string> looks_like_##function(const FileHead& head); \
  void read_##function(InputFile& file, const ReadContext& context, TableSet& tables);
#include "ingest/importers.def"

}  // namespace chokepoint::detail
