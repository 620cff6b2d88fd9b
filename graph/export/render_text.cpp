#include "chokepoint/export/render.hpp"
#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/text.hpp"
#include "export/cell_text.hpp"
#include "export/text_buffer.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

constexpr std::size_t gap = 2;        ///< spaces between columns
constexpr std::size_t narrowest = 8;  ///< a `wrap` column is never narrower than this
constexpr std::size_t wordy = 32;     ///< a `wrap` column keeps words of this length whole while others can give way
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

/// A column as it will stand on the screen: safe text, measured.
struct TextColumn {
  std::string title;
  std::vector<std::string> cells;
  std::size_t width = 0;
  bool right = false;
  bool wrap = false;
};

TextColumn lay_out(const Table& table, std::size_t index) {
  TextColumn column;
  column.title = escape_for_terminal(table.columns[index].title);
  column.width = display_width(column.title);
  column.right = detail::is_number_column(table, index);
  column.wrap = table.columns[index].wrap;
  column.cells.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    column.cells.push_back(escape_for_terminal(detail::people_text(row[index])));
    column.width = std::max(column.width, display_width(column.cells.back()));
  }
  return column;
}

bool is_empty(const TextColumn& column) {
  return std::all_of(column.cells.begin(), column.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

/// A column of which no row knows anything only takes room; a table without rows keeps its header.
std::vector<TextColumn> visible_columns(const Table& table) {
  std::vector<TextColumn> columns;
  for (std::size_t index = 0; index < table.columns.size(); ++index) {
    TextColumn column = lay_out(table, index);
    if (table.rows.empty() || !is_empty(column)) columns.push_back(std::move(column));
  }
  return columns;
}

std::size_t total_width(const std::vector<TextColumn>& columns) {
  std::size_t sum = columns.empty() ? 0 : gap * (columns.size() - 1);
  for (const TextColumn& column : columns) sum += column.width;
  return sum;
}

/// Takes columns from the widest `wrap` column, one at a time, until the table fits or none is wider than `least`.
template <typename Least>
void narrow(std::vector<TextColumn>& columns, std::size_t width, Least least) {
  for (std::size_t total = total_width(columns); total > width; --total) {
    TextColumn* widest = nullptr;
    for (TextColumn& column : columns)
      if (column.wrap && column.width > least(column) && (widest == nullptr || column.width > widest->width))
        widest = &column;
    if (widest == nullptr) return;
    --widest->width;
  }
}

/// Words stay whole where the width allows it.
void fit(std::vector<TextColumn>& columns, std::size_t width) {
  if (total_width(columns) <= width) return;
  const auto wordy_least = [](const TextColumn& column) {
    std::size_t longest = std::max(narrowest, longest_word(column.title));
    for (const std::string& cell : column.cells) longest = std::max(longest, longest_word(cell));
    return std::min(longest, wordy);
  };
  std::vector<std::size_t> least;
  for (const TextColumn& column : columns) least.push_back(column.wrap ? wordy_least(column) : 0);
  narrow(columns, width,
         [&](const TextColumn& column) { return least[static_cast<std::size_t>(&column - columns.data())]; });
  // Where ids alone are too wide, the last columns give way first.
  for (std::size_t i = columns.size(); i-- > 0 && total_width(columns) > width;)
    while (columns[i].wrap && columns[i].width > narrowest && total_width(columns) > width) --columns[i].width;
}

void put_cell(detail::TextBuffer& buffer, const TextColumn& column, std::string_view text, bool last) {
  const std::size_t width = display_width(text);
  const std::size_t padding = column.width - std::min(width, column.width);
  if (column.right) buffer.put(padding, ' ');
  buffer.put(text);
  // Trailing spaces would make lines wrap on a terminal that is just wide enough.
  if (!column.right && !last) buffer.put(padding, ' ');
  if (!last) buffer.put(gap, ' ');
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
    cells.push_back(wrap_text(text_of(column), column.wrap ? column.width : 0));
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
    if (index > 0) buffer.put(gap, ' ');
    for (std::size_t i = 0; i < columns[index].width; ++i) buffer.put("─");
  }
}

}  // namespace

void write_text(const Table& table, const TextStyle& style, std::ostream& out) {
  detail::TextBuffer buffer(out);
  std::vector<TextColumn> columns = visible_columns(table);
  if (style.width > 0) fit(columns, style.width);
  if (!table.title.empty())
    put_styled_line(buffer, style.colour, bold, [&] { buffer.put(escape_for_terminal(table.title)); });
  if (!columns.empty()) {
    put_lines(
        columns, [](const TextColumn& column) -> std::string_view { return column.title; },
        [&](const auto& text_of) {
          put_styled_line(buffer, style.colour, bold, [&] { put_row(buffer, columns, text_of); });
        });
    put_styled_line(buffer, style.colour, dim, [&] { put_rule(buffer, columns); });
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      put_lines(
          columns, [&](const TextColumn& column) -> std::string_view { return column.cells[row]; },
          [&](const auto& text_of) {
            put_row(buffer, columns, text_of);
            buffer.put('\n');
          });
  }
  buffer.flush();
}

}  // namespace chokepoint
