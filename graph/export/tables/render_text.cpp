#include "chokepoint/export/render.hpp"
#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/text.hpp"
#include "export/tables/text_layout.hpp"
#include "export/text/text_buffer.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

using detail::TextColumn;

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

void put_cell(detail::TextBuffer& buffer, const TextColumn& column, std::string_view text, bool last) {
  const std::size_t width = display_width(text);
  const std::size_t padding = column.width - std::min(width, column.width);
  if (column.right) buffer.put(padding, ' ');
  buffer.put(text);
  // Trailing spaces would make lines wrap on a terminal that is just wide enough.
  if (!column.right && !last) buffer.put(padding, ' ');
  if (!last) buffer.put(detail::column_gap, ' ');
}

/// Index one past the last column with text in this row; what follows needs no padding.
template <typename TextOf>
std::size_t last_used(const std::vector<TextColumn>& columns, TextOf text_of) {
  std::size_t used = columns.size();
  while (used > 0 && text_of(columns[used - 1]).empty()) --used;
  return used;
}

template <typename TextOf>
void put_row(detail::TextBuffer& buffer, const std::vector<TextColumn>& columns, TextOf text_of) {
  const std::size_t used = last_used(columns, text_of);
  for (std::size_t index = 0; index < used; ++index)
    put_cell(buffer, columns[index], text_of(columns[index]), index + 1 == used);
}

/// Cells of a row side by side, in lines: those of `wrap` columns take as many as they need.
/// @param write_line  is given each line as a function from a column to its text
template <typename TextOf, typename WriteLine>
void put_lines(const std::vector<TextColumn>& columns, TextOf text_of, WriteLine write_line) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (const TextColumn& column : columns) {
    cells.push_back(wrap_text(text_of(column), column.width));
    height = std::max(height, cells.back().size());
  }
  for (auto& cell : cells) cell.resize(height);
  for (std::size_t line = 0; line < height; ++line)
    write_line([&](const TextColumn& column) -> std::string_view {
      return cells[static_cast<std::size_t>(&column - columns.data())][line];
    });
}

void put_styled_line(detail::TextBuffer& buffer, bool colour, std::string_view style, const auto& write) {
  if (colour) buffer.put(style);
  write();
  if (colour) buffer.put(plain);
  buffer.put('\n');
}

void put_rule(detail::TextBuffer& buffer, const std::vector<TextColumn>& columns) {
  for (std::size_t index = 0; index < columns.size(); ++index) {
    if (index > 0) buffer.put(detail::column_gap, ' ');
    for (std::size_t i = 0; i < columns[index].width; ++i) buffer.put("─");
  }
}

/// A row as lines `title  text`, the texts below each other; what is unknown is left out.
void put_listed_row(detail::TextBuffer& buffer, const std::vector<TextColumn>& columns, std::size_t row,
                    const TextStyle& style) {
  constexpr std::size_t least = 24;
  std::size_t indent = 0;
  for (const TextColumn& column : columns) indent = std::max(indent, display_width(column.title));
  indent += detail::column_gap;
  for (const TextColumn& column : columns) {
    if (column.cells[row].empty()) continue;
    bool is_first = true;
    for (const std::string& line :
         wrap_text(column.cells[row], std::max(least, style.width - std::min(style.width, indent)))) {
      if (style.colour && is_first) buffer.put(bold);
      if (is_first) buffer.put(column.title);
      if (style.colour && is_first) buffer.put(plain);
      buffer.put(indent - (is_first ? display_width(column.title) : 0), ' ');
      buffer.put(line);
      buffer.put('\n');
      is_first = false;
    }
  }
}

void put_title(detail::TextBuffer& buffer, const std::string& title, const TextStyle& style) {
  if (title.empty()) return;
  for (const std::string& line : wrap_text(escape_for_terminal(title), style.width))
    put_styled_line(buffer, style.colour, bold, [&] { buffer.put(line); });
}

}  // namespace

void write_text(const Table& table, const TextStyle& style, std::ostream& out) {
  detail::TextBuffer buffer(out);
  const auto [names, columns, is_listed, below] = detail::lay_out_text(table, style.width);
  put_title(buffer, table.title, style);
  if (columns.empty()) return buffer.flush();
  if (is_listed) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (row > 0) buffer.put('\n');
      put_listed_row(buffer, columns, row, style);
    }
    return buffer.flush();
  }
  const std::size_t margin = names.empty() ? 0 : detail::name_indent;
  const auto put_all = [&](const auto& text_of, const auto& put_line) {
    for (const TextColumn& name : names)
      if (!text_of(name).empty())
        put_lines(names, text_of, [&](const auto& line_of) { put_line([&] { put_row(buffer, names, line_of); }); });
    put_lines(columns, text_of, [&](const auto& line_of) {
      put_line([&] {
        if (last_used(columns, line_of) > 0) buffer.put(margin, ' ');
        put_row(buffer, columns, line_of);
      });
    });
    for (const TextColumn& text : below)
      if (!text_of(text).empty())
        put_lines(below, text_of, [&](const auto& line_of) {
          put_line([&] {
            buffer.put(detail::below_indent, ' ');
            put_row(buffer, below, line_of);
          });
        });
  };
  put_all([](const TextColumn& column) -> std::string_view { return column.title; },
          [&](const auto& write) { put_styled_line(buffer, style.colour, bold, write); });
  put_styled_line(buffer, style.colour, dim, [&] {
    buffer.put(margin, ' ');
    put_rule(buffer, columns);
  });
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    put_all([&](const TextColumn& column) -> std::string_view { return column.cells[row]; },
            [&](const auto& write) {
              write();
              buffer.put('\n');
            });
  buffer.flush();
}

}  // namespace chokepoint
