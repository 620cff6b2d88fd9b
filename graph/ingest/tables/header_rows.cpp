#include "ingest/tables/header_rows.hpp"

#include "ingest/tables/column_words.hpp"
#include "ingest/tables/value_reading.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace chokepoint::detail {

namespace {

constexpr std::size_t rows_looked_at = 12;

std::string_view cell(const RowCells& row, std::size_t at) {
  return at < row.size() ? std::string_view(row[at]) : std::string_view();
}

bool is_year(std::string_view text) {
  return text.size() == 4 && (text.front() == '1' || text.front() == '2') &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A column below two rows of names.
struct GroupedColumn {
  std::string_view group, name;
  std::size_t group_number = 0;  ///< 0: it is in none
};

/// The columns with their groups; empty where the rows cannot be groups and names.
std::vector<GroupedColumn> grouped_columns(std::span<const RowCells> rows) {
  const std::size_t width = std::max(rows[0].size(), rows[1].size());
  std::vector<GroupedColumn> columns;
  std::string_view group;
  std::size_t number = 0;
  bool has_group = false;
  for (std::size_t i = 0; i < width; ++i) {
    const std::string_view above = cell(rows[0], i), name = cell(rows[1], i);
    const bool goes_on = !group.empty() && (above == group || (above.empty() && !name.empty()));
    if (goes_on && name.empty()) return {};
    if (!goes_on) {
      group = above;
      ++number;
    }
    has_group = has_group || goes_on;
    if (number_form(name).is_number && !is_year(name)) return {};
    columns.push_back({group, name, group.empty() ? 0 : number});
  }
  if (!has_group) columns.clear();
  return columns;
}

/// Whether several groups have columns of the same names.
bool repeats_names(const std::vector<GroupedColumn>& columns) {
  std::map<std::size_t, std::vector<std::string_view>> names_of;
  for (const GroupedColumn& column : columns)
    if (column.group_number > 0) names_of[column.group_number].push_back(column.name);
  std::erase_if(names_of, [](const auto& group) { return group.second.size() < 2; });
  return names_of.size() > 1 && std::all_of(names_of.begin(), names_of.end(), [&](const auto& group) {
           return group.second == names_of.begin()->second;
         });
}

/// Whether the names in groups are texts, or years, above columns of numbers.
bool stands_above_numbers(const std::vector<GroupedColumn>& columns, std::span<const RowCells> rows) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].group.empty() || columns[i].name.empty()) continue;
    if (is_absent(columns[i].name)) return false;
    std::size_t numbers = 0;
    for (std::size_t row = 2; row < std::min(rows.size(), rows_looked_at); ++row) {
      const std::string_view below = cell(rows[row], i);
      if (below.empty() || is_absent(below)) continue;
      if (!number_form(below).is_number) return false;
      ++numbers;
    }
    if (numbers == 0) return false;
    ++found;
  }
  return found > 1;
}

/// Whether tables call a column so.
bool is_known_name(std::string_view name) {
  const ColumnWords& known = ColumnWords::standard();
  const std::string word = header_word(name);
  return !word.empty() &&
         (known.field(FlatKind::nodes, word) != nullptr || known.field(FlatKind::edges, word) != nullptr ||
          known.may_be_item(word) || known.end_in({word}, true) || known.end_in({word}, false));
}

}  // namespace

std::size_t known_names(std::span<const std::string> names) {
  return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), is_known_name));
}

bool may_be_header(std::span<const std::string_view> cells) {
  std::size_t filled = 0, known = 0;
  for (const std::string_view cell : cells) {
    if (cell.empty()) continue;
    if (cell.size() > 64 || number_form(cell).is_number) return false;
    ++filled;
    if (is_known_name(cell)) ++known;
  }
  return filled > 1 && known > 0 && 2 * known >= filled;
}

std::size_t header_rows(std::span<const RowCells> rows) {
  if (rows.size() < 3) return 1;
  const std::vector<GroupedColumn> columns = grouped_columns(rows);
  if (columns.empty()) return 1;
  if (known_names(rows[1]) < 2 && !repeats_names(columns) && !stands_above_numbers(columns, rows)) return 1;
  const RowCells& third = rows[2];
  const bool names_index = rows.size() > 3 && !third.empty() && !third.front().empty() &&
                           std::all_of(third.begin() + 1, third.end(), [](const auto& each) { return each.empty(); });
  return names_index ? 3 : 2;
}

RowCells joined_names(std::span<const RowCells> rows) {
  RowCells names;
  for (const GroupedColumn& column : grouped_columns(rows)) {
    std::string& name = names.emplace_back(column.group);
    if (!column.name.empty() && column.name != column.group)
      name += (name.empty() ? "" : " ") + std::string(column.name);
  }
  if (rows.size() > 2 && !names.empty()) names.front() = rows[2].front();
  return names;
}

}  // namespace chokepoint::detail
