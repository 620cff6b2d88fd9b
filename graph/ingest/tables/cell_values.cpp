#include "ingest/tables/cell_values.hpp"

#include "ingest/files/blanks.hpp"
#include "ingest/tables/flat_table.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// The bullet that a line begins with, with the blank behind it; a hyphen alone is a minus or belongs to a name.
std::string_view bullet_of(std::string_view line) {
  for (const std::string_view bullet : {"• ", "- ", "* ", "– ", "· ", "▪ ", "‣ ", "◦ ", "•", "▪", "‣", "◦"})
    if (line.size() > bullet.size() && line.starts_with(bullet)) return bullet;
  return {};
}

/// Whether the semicolon at the end of a text belongs to an entity as web pages write them: `&amp`, `&#38`.
bool ends_in_entity(std::string_view text) {
  constexpr std::size_t longest = 8;
  const auto begin = text.rfind('&');
  if (begin == std::string_view::npos || begin + 1 == text.size() || text.size() - begin > longest) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin) + 1, text.end(), [](char c) {
    return c == '#' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

/// How long the mark is that parts values at that place; 0 where none does.
std::size_t mark_length(std::string_view cell, std::size_t begin, std::size_t at, std::string_view mark) {
  const std::string_view rest = cell.substr(at);
  if (rest.front() == ';') return ends_in_entity(cell.substr(begin, at - begin)) ? 0 : 1;
  if (rest.starts_with(mark)) return mark.size();
  if (rest.front() == '\n') return 1;
  constexpr std::string_view wide = "；";
  return rest.starts_with(wide) ? wide.size() : 0;
}

}  // namespace

std::string_view without_bullet(std::string_view value) {
  return without_outer_blanks(value.substr(bullet_of(value).size()));
}

bool is_bullet_list(std::string_view cell) {
  std::size_t lines = 0;
  while (!cell.empty()) {
    const auto end = std::min(cell.find('\n'), cell.size());
    const std::string_view line = without_outer_blanks(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
    if (line.empty()) continue;
    if (bullet_of(line).empty()) return false;
    ++lines;
  }
  return lines > 1;
}

std::string split_values(std::string_view cell, std::string_view mark) {
  std::string values;
  for (std::size_t begin = 0, at = 0; begin <= cell.size(); ++at) {
    const std::size_t length = at < cell.size() ? mark_length(cell, begin, at, mark) : 1;
    if (length == 0) continue;
    const std::string_view value = without_bullet(without_outer_blanks(cell.substr(begin, at - begin)));
    begin = at + length;
    at = begin - 1;
    if (value.empty()) continue;
    if (!values.empty()) values += list_mark;
    values += value;
  }
  return values;
}

}  // namespace chokepoint::detail
