#include "manual_layout.hpp"

#include "chokepoint/export/render.hpp"
#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/table.hpp"
#include "chokepoint/model/text.hpp"
#include "split.hpp"

#include <algorithm>
#include <span>
#include <sstream>
#include <vector>

namespace chokepoint::cli::manual {

namespace {

// How lowdown marks what it writes.
constexpr std::string_view before_example = "      | ";
constexpr std::string_view before_item = "· ";
constexpr std::string_view between_cells = " | ";

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

std::string stripped(std::string_view text) {
  text.remove_prefix(indent_of(text));
  return std::string(text.substr(0, text.find_last_not_of(' ') + 1));
}

/// Whether it stands between the header of a table and its rows: `-----|------`.
bool is_rule(std::string_view line) {
  const std::string text = stripped(line);
  return text.starts_with('-') && text.find('|') != std::string::npos &&
         text.find_first_not_of("-|") == std::string::npos;
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t begin = 0, end = 0; end != std::string_view::npos; begin = end + between_cells.size()) {
    end = line.find(between_cells, begin);
    cells.push_back(stripped(line.substr(begin, end == std::string_view::npos ? end : end - begin)));
  }
  return cells;
}

/// @param lines  the header, the rule and the rows
std::string table_text(std::span<const std::string> lines, std::size_t width) {
  Table table;
  for (const std::string& title : cells_of(lines[0])) table.columns.push_back({title, title, true});
  for (const std::string& line : lines.subspan(2)) {
    const std::vector<std::string> cells = cells_of(line);
    table.rows.emplace_back(cells.begin(), cells.end());
    table.rows.back().resize(table.columns.size());
  }
  const std::size_t indent = indent_of(lines[1]);
  std::ostringstream written;
  write_text(table, {.width = width - indent}, written);
  std::string text, line;
  for (std::istringstream rows(written.str()); std::getline(rows, line);)
    text += std::string(indent, ' ') + line + '\n';
  return text;
}

std::string wrapped(std::string_view line, std::size_t width) {
  if (line.starts_with(before_example)) return std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + '\n';
  std::string first(indent_of(line), ' ');
  line.remove_prefix(first.size());
  std::string next = first;
  if (line.starts_with(before_item)) {
    first += before_item;
    next.append(display_width(before_item), ' ');
    line.remove_prefix(before_item.size());
  }
  if (line.empty()) return "\n";
  std::string text;
  for (const std::string& each : wrap_text(stripped(line), width - next.size()))
    text += (text.empty() ? first : next) + each + '\n';
  return text;
}

}  // namespace

std::string laid_out(std::string_view page, std::size_t width) {
  const std::vector<std::string> lines = split(std::string(page.substr(0, page.find_last_not_of('\n') + 1)), '\n');
  std::string text;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (at + 1 == lines.size() || !is_rule(lines[at + 1])) {
      text += wrapped(lines[at], width);
      continue;
    }
    const std::size_t begin = at;
    while (at + 1 < lines.size() && !lines[at + 1].empty()) ++at;
    text += table_text(std::span(lines).subspan(begin, at - begin + 1), width);
  }
  return text;
}

}  // namespace chokepoint::cli::manual
