#include "ingest/tables/csv_start.hpp"

#include "ingest/tables/header_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr int judged_rows = 50;

/// How often a separator stands in each row.
struct SeparatorCount {
  char separator;
  std::size_t of_first = 0, of_row = 0;
  int alike_rows = 0, rows = 0;

  /// @param ended_rows  how many rows have ended with this character
  void take(char c, int ended_rows) {
    if (c == separator) ++of_row;
    if (ended_rows == rows) return;
    rows = ended_rows;
    if (rows == 1) of_first = of_row;
    if (of_row == of_first) ++alike_rows;
    of_row = 0;
  }
};

constexpr std::size_t most_csv_titles = 24;
constexpr std::size_t title_bytes = 80;

/// A row as far as it tells a title from a header.
struct RowSketch {
  std::size_t begin = 0, end = 0;  ///< in the text, the end of its line included
  std::vector<std::string> fields;

  [[nodiscard]] std::size_t filled() const {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [](const auto& f) { return !f.empty(); }));
  }
  /// Whether it may name columns: texts that begin with no digit, and a row of years beside them.
  [[nodiscard]] bool names_columns() const {
    std::vector<std::string> years;
    for (const std::string& field : fields) {
      const char first = field.empty() ? 'a' : field.front();
      const bool is_number = (first >= '0' && first <= '9') || first == '-' || first == '+';
      if (!is_number) continue;
      const bool is_year = field.size() == 4 && (first == '1' || first == '2') &&
                           field.find_first_not_of("0123456789") == std::string::npos;
      if (!is_year || (!years.empty() && field <= years.back())) return false;
      years.push_back(field);
    }
    return years.empty() || (years.size() > 1 && years.size() < fields.size());
  }
  [[nodiscard]] bool has_blanks() const {
    return std::any_of(fields.begin(), fields.end(),
                       [](const std::string& f) { return f.find(' ') != std::string::npos; });
  }
};

/// The first rows that are not blank.
std::vector<RowSketch> sketch_rows(std::string_view text, char separator, bool is_whole) {
  std::vector<RowSketch> rows;
  RowSketch row;
  std::string field;
  bool in_quotes = false, is_blank = true;
  for (std::size_t i = 0; i <= text.size() && rows.size() < static_cast<std::size_t>(judged_rows); ++i) {
    const bool at_end = i == text.size();
    if (at_end && (!is_whole || is_blank)) break;
    const char c = at_end ? '\n' : text[i];
    const bool is_comment = row.begin < text.size() && text[row.begin] == '#';  // quotes in it are text
    if (c == '"' && !is_comment) in_quotes = !in_quotes;
    is_blank = is_blank && (c == '\n' || c == '\r');
    if (in_quotes || (c != separator && c != '\n')) {
      if (c != '"' && c != '\r' && field.size() < title_bytes) field.push_back(c);
      continue;
    }
    while (field.starts_with(' ')) field.erase(0, 1);
    while (field.ends_with(' ')) field.pop_back();
    row.fields.push_back(std::exchange(field, {}));
    if (c != '\n') continue;
    row.end = std::min(i + 1, text.size());
    const std::size_t next = row.end;
    if (!is_blank) rows.push_back(std::move(row));
    row = {};
    row.begin = next;
    is_blank = true;
  }
  return rows;
}

/// How many rows stand in front of the header.
std::size_t titles_above(const std::vector<RowSketch>& rows) {
  std::map<std::size_t, std::size_t> rows_of;  // by number of fields
  for (const RowSketch& row : rows) ++rows_of[row.fields.size()];
  std::size_t most = 0, usual = 0;
  for (const auto& [fields, count] : rows_of)
    if (fields > 1 && count >= most) most = count, usual = fields;
  for (std::size_t i = 0; i < std::min(rows.size(), most_csv_titles); ++i) {
    const RowSketch& row = rows[i];
    const bool has_all = row.fields.size() == usual && row.filled() > 1;
    if (has_all) return i > 0 && i + 1 < rows.size() && row.names_columns() ? i : 0;
    // A title fills its first field, or is a sentence with a few separators.
    const bool is_title = row.filled() == 0 || (row.filled() == 1 && !row.fields.front().empty()) ||
                          (row.fields.size() != usual && 2 * row.filled() <= usual && row.has_blanks());
    if (!is_title) return 0;
  }
  return 0;
}

bool is_marked(const RowSketch& row) { return !row.fields.empty() && row.fields.front().starts_with('#'); }

RowCells without_mark(RowCells fields) {
  std::string& first = fields.front();
  first.erase(0, std::min(first.find_first_not_of("# "), first.size()));
  return fields;
}

/// How many rows stand in front of the header where the first ones begin with #. The last of them may be the header.
std::size_t marked_above(const std::vector<RowSketch>& rows, bool& is_header_marked) {
  std::size_t marked = 0;
  while (marked < rows.size() && is_marked(rows[marked])) ++marked;
  if (marked == 0 || marked == rows.size()) return 0;
  const RowSketch& last = rows[marked - 1];
  const RowSketch& next = rows[marked];
  const bool names_columns = next.fields.size() > 1 && next.names_columns();
  const bool is_header = last.fields.size() == next.fields.size() && last.fields.size() > 1 &&
                         known_names(without_mark(last.fields)) > known_names(next.fields);
  // A column may be called #.
  is_header_marked = is_header && !without_mark(last.fields).front().empty();
  if (is_header) return marked - 1;
  return names_columns && marked + 1 < rows.size() ? marked : 0;
}

/// Behind the lines at the beginning that begin with #, which may hold any mark.
std::string_view behind_marked(std::string_view text) {
  std::string_view rest = text;
  while (rest.starts_with('#')) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return text;
    rest.remove_prefix(end + 1);
  }
  return rest.empty() ? text : rest;
}

/// Whether all rows below the header have one field more than it, of which the first one only counts them, or is a name
/// of the header, as in a matrix of R.
bool lacks_first_name(const std::vector<RowCells>& rows) {
  const std::size_t named = rows.front().size();
  if (rows.size() < 2 || std::ranges::count(rows.front(), std::string()) > 0) return false;
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i].size() != named + 1 || (rows[i].front() != std::to_string(i) &&
                                        std::ranges::find(rows.front(), rows[i].front()) == rows.front().end()))
      return false;
  return true;
}

void take_header(CsvStart& start, std::span<const RowSketch> rows) {
  std::vector<RowCells> cells;
  for (const RowSketch& row : rows)
    if (cells.empty() || !is_marked(row)) cells.push_back(row.fields);
  if (start.is_marked) return;
  start.header_rows = header_rows(cells);
  if (start.header_rows == 1) start.lacks_first = lacks_first_name(cells);
}

}  // namespace

char likely_separator(std::string_view text, bool is_whole) {
  std::array<SeparatorCount, 4> counts{{{','}, {';'}, {'\t'}, {'|'}}};
  bool in_quotes = false;
  int rows = 0;
  for (std::size_t i = 0; i <= text.size() && rows < judged_rows; ++i) {
    const bool at_end = i == text.size();
    if (at_end && (!is_whole || in_quotes)) break;
    const char c = at_end ? '\n' : text[i];
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == '\n') {
      if (i > 0 && text[i - 1] != '\n' && text[i - 1] != '\r') ++rows;
      if (i > 1 && text[i - 1] == '\r' && text[i - 2] != '\n') ++rows;
    }
    for (SeparatorCount& count : counts) count.take(c, rows);
  }
  // A text of one row that does not end is all there is to judge by.
  if (rows == 0)
    for (SeparatorCount& count : counts) count.of_first = count.of_row;
  const auto better = [](const SeparatorCount& a, const SeparatorCount& b) {
    return std::pair(a.alike_rows, a.of_first) < std::pair(b.alike_rows, b.of_first);
  };
  for (SeparatorCount& count : counts)
    if (count.of_first == 0) count.alike_rows = 0;
  return std::max_element(counts.begin(), counts.end(), better)->separator;
}

std::vector<std::vector<std::string>> first_rows(std::string_view text, char separator, bool is_whole) {
  std::vector<std::vector<std::string>> rows;
  for (RowSketch& row : sketch_rows(text, separator, is_whole)) rows.push_back(std::move(row.fields));
  return rows;
}

CsvStart csv_start(std::string_view text, bool is_whole) {
  const std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t shift = text.starts_with(mark) ? mark.size() : 0;
  text.remove_prefix(shift);
  CsvStart start;
  start.separator = likely_separator(behind_marked(text), is_whole);
  std::size_t best = 0;
  std::vector<RowSketch> rows = sketch_rows(text, start.separator, is_whole);
  std::size_t above = marked_above(rows, start.is_marked);
  if (above == 0 && !start.is_marked) above = titles_above(rows);
  // A title may hold another separator than the table has, or none.
  const bool may_be_title = rows.size() > 2 && !start.is_marked &&
                            (rows[0].fields.size() != rows[1].fields.size() || rows[0].fields.size() == 1);
  if (above == 0 && may_be_title) {
    for (const char separator : {',', ';', '\t', '|'}) {
      std::vector<RowSketch> others = sketch_rows(text, separator, is_whole);
      const std::size_t others_above = titles_above(others);
      if (others_above == 0 || others[others_above].fields.size() <= best) continue;
      best = others[others_above].fields.size();
      above = others_above;
      start.separator = separator;
      rows = std::move(others);
    }
  }
  if (above < rows.size()) take_header(start, std::span(rows).subspan(above));
  if (above == 0) return start;
  start.offset = shift + rows[above].begin;
  start.rows = above;
  start.lines = static_cast<std::uint64_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(rows[above].begin), '\n'));
  for (std::size_t i = 0; i < above; ++i)
    for (const std::string& field : rows[i].fields)
      if (!field.empty()) start.titles.push_back(field);
  return start;
}

}  // namespace chokepoint::detail
