#include "ingest/tables/csv_parts.hpp"

#include "ingest/tables/csv_start.hpp"
#include "ingest/tables/header_rows.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint::detail {

namespace {

/// The fields of a line without quotes around them; a field that goes over several lines is cut.
std::vector<std::string_view> fields_of(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (std::size_t at = 0;;) {
    const auto end = std::min(line.find(separator, at), line.size());
    std::string_view field = line.substr(at, end - at);
    if (field.size() > 1 && field.starts_with('"') && field.ends_with('"')) field = field.substr(1, field.size() - 2);
    fields.push_back(field);
    if (end == line.size()) return fields;
    at = end + 1;
  }
}

}  // namespace

std::vector<CsvPart> csv_parts(std::string_view text, bool is_whole) {
  std::vector<CsvPart> parts(1);
  // Most files have no empty line.
  const CsvStart start = csv_start(text, is_whole);
  std::string_view header;
  bool is_behind_blank = false, is_in_quotes = false;
  std::uint64_t line_number = 0, rows = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    const std::size_t begin = at;
    at = end + 1;
    ++line_number;
    const bool begins_row = !is_in_quotes;
    if (std::ranges::count(line, '"') % 2 == 1) is_in_quotes = !is_in_quotes;
    if (!begins_row || begin < start.offset) continue;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (std::ranges::all_of(line, [&](char c) { return c == start.separator || c == ' '; })) {
      is_behind_blank = true;
      continue;
    }
    if (rows++ == 0) header = line;
    if (std::exchange(is_behind_blank, false) && rows > 2 && line != header &&
        may_be_header(fields_of(line, start.separator))) {
      parts.back().end = begin;
      parts.push_back({begin, UINT64_MAX, line_number});
      header = line;
      rows = 1;
    }
  }
  return parts;
}

}  // namespace chokepoint::detail
