#include "chokepoint/export/render.hpp"
#include "chokepoint/export/wrap.hpp"
#include "chokepoint/model/text.hpp"
#include "export/tables/cell_text.hpp"
#include "export/text/text_buffer.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

constexpr std::size_t gap = 2;        ///< spaces between columns
constexpr std::size_t narrowest = 8;  ///< a `wrap` column is never narrower than this
constexpr std::size_t indent = 2;     ///< of a row below its name
constexpr std::size_t wordy = 32;     ///< a `wrap` column keeps words of this length whole while others can give way
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

/// A column as it will stand on the screen: safe text, measured.
struct TextColumn {
  std::string title;
  std::vector<std::string> cells;
  std::size_t width = 0;
  std::size_t cells_width = 0;  ///< of the widest cell
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
    column.cells_width = std::max(column.cells_width, display_width(column.cells.back()));
  }
  column.width = std::max(column.width, column.cells_width);
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

/// Headings take several lines before cells do; words stay whole where the width allows it.
/// @return whether the table is no wider now
bool fit(std::vector<TextColumn>& columns, std::size_t width) {
  for (TextColumn& column : columns) {
    const std::size_t least = std::max(column.cells_width, longest_word(column.title));
    while (!column.wrap && column.width > least && total_width(columns) > width) --column.width;
  }
  if (total_width(columns) <= width) return true;
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
  return total_width(columns) <= width;
}

/// What is else in one line may be broken at spaces, the last columns first: a span of days between the two.
void break_at_spaces(std::vector<TextColumn>& columns, std::size_t width) {
  for (std::size_t i = columns.size(); i-- > 0 && total_width(columns) > width;) {
    std::size_t least = std::max(longest_word(columns[i].title), std::size_t{1});
    for (const std::string& cell : columns[i].cells) least = std::max(least, longest_word(cell));
    while (columns[i].width > least && total_width(columns) > width) --columns[i].width;
  }
}

/// A table on the screen.
struct TextLayout {
  std::vector<TextColumn> names;  ///< the first column, where it stands on lines of its own above the rest of its row
  std::vector<TextColumn> columns;
};

/// Where even narrow columns are too wide together, names go on lines of their own. Ids and dates stay whole on the
/// narrowest screen.
TextLayout fitted(const Table& table, std::size_t width) {
  TextLayout layout{{}, visible_columns(table)};
  if (width == 0 || fit(layout.columns, width)) return layout;
  layout.columns = visible_columns(table);
  if (layout.columns.size() > 1) {
    layout.names.push_back(std::move(layout.columns.front()));
    layout.columns.erase(layout.columns.begin());
    TextColumn& name = layout.names.front();
    if (name.wrap) name.width = std::min(name.width, width);
  }
  const std::size_t left = width - std::min(width, indent);
  if (!fit(layout.columns, left)) break_at_spaces(layout.columns, left);
  return layout;
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
    if (index > 0) buffer.put(gap, ' ');
    for (std::size_t i = 0; i < columns[index].width; ++i) buffer.put("─");
  }
}

}  // namespace

void write_text(const Table& table, const TextStyle& style, std::ostream& out) {
  detail::TextBuffer buffer(out);
  const auto [names, columns] = fitted(table, style.width);
  if (!table.title.empty())
    put_styled_line(buffer, style.colour, bold, [&] { buffer.put(escape_for_terminal(table.title)); });
  if (columns.empty()) return buffer.flush();
  const std::size_t margin = names.empty() ? 0 : indent;
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
