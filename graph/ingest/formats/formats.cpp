#include "ingest/formats/formats.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

#define CHOKEPOINT_IMPORTER(name, function, holds, extensions, title) \
  Format{name, extensions, title, looks_like_##function, read_##function, FormatHolds::holds},
constexpr std::array format_table = {
#include "ingest/importers.def"
};

}  // namespace

std::span<const Format> formats() { return format_table; }

const Format* find_format(std::string_view name) {
  const auto found =
      std::find_if(format_table.begin(), format_table.end(), [&](const Format& format) { return format.name == name; });
  return found == format_table.end() ? nullptr : &*found;
}

std::optional<RecognisedFormat> recognise_format(const FileHead& head) {
  for (const Format& format : format_table)
    if (auto sign = format.looks_like(head)) return RecognisedFormat{&format, *std::move(sign)};
  return std::nullopt;
}

void refuse_at(const InputFile& file, std::uint64_t line, const std::string& message, const std::string& record) {
  throw IngestError(fmt::format("{}: 1 problem; nothing was imported", file.name()),
                    {{file.name(), line, record, message}}, 1);
}

FileHead read_head(InputFile& file, std::string& text) {
  constexpr std::size_t head_bytes = std::size_t{1} << 16U;
  text.resize(head_bytes);
  file.rewind();
  std::size_t size = 0;
  for (std::size_t got = 1; size < text.size() && got > 0; size += got)
    got = file.read(text.data() + size, text.size() - size);
  text.resize(size);
  file.rewind();
  std::string_view shown = text;
  if (shown.starts_with("\xEF\xBB\xBF")) shown.remove_prefix(3);
  return {file.name(), file.extension(), shown, size < head_bytes || size == file.size()};
}

}  // namespace chokepoint::detail
