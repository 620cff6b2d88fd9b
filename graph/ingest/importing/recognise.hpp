#pragma once

#include "ingest/formats/formats.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Which reader takes a file.
enum class ReaderKind : std::uint8_t { dataset, csv, graphml, gexf, eto, tables };

struct RecognisedInput {
  std::filesystem::path path;
  ReaderKind reader = ReaderKind::dataset;
  const Format* format = nullptr;   ///< of `tables`
  std::string name;                 ///< of the format
  std::string why;                  ///< words that follow "because"
  std::shared_ptr<InputFile> file;  ///< opened, at its beginning; none for a folder
};

/// What each file is, by what stands in it and then by its name; folders are what lies in them.
/// @param from  the name of a format that all of them are; empty: recognised
/// @throws UsageError for an unknown format and for a file that none takes
std::vector<RecognisedInput> recognise_inputs(const std::vector<std::filesystem::path>& inputs, std::string_view from,
                                              const std::string& encoding);

/// Formats that have readers of their own.
struct BuiltInFormat {
  std::string_view name, extensions, title;
  ReaderKind reader;
};
std::span<const BuiltInFormat> built_in_formats();

}  // namespace chokepoint::detail
