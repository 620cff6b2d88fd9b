#include "ingest/tables/header_rows.hpp"

#include "ingest/tables/column_header.hpp"
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

/// Whether a row only names the first columns, of which those above have no name, as pandas names its index. The last
/// of them may stand below the name of the columns.
bool names_index(const std::vector<GroupedColumn>& columns, const RowCells& row) {
  std::size_t named = 0;
  while (named < row.size() && !row[named].empty() && !number_form(row[named]).is_number) ++named;
  const auto is_empty = [](const std::string& each) { return each.empty(); };
  if (named == 0 || !std::all_of(row.begin() + static_cast<std::ptrdiff_t>(named), row.end(), is_empty)) return false;
  for (std::size_t i = 0; i + 1 < std::min(named, columns.size()); ++i)
    if (!columns[i].name.empty() || !columns[i].group.empty()) return false;
  return true;
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

/// Whether a column needs no name of its group in front of its own: that alone is a word for an end of edges, a measure
/// of them, its day, its source or their relation.
bool says_enough(std::string_view group, std::string_view own, std::string_view joined) {
  const ColumnWords& known = ColumnWords::standard();
  const auto is_end = [&](const std::string& word) {
    return known.end_in({word}, true) || known.end_in({word}, false);
  };
  const std::string group_word = header_word(group);
  if (group.empty() || is_year(group) || is_end(group_word) || is_known_name(joined)) return false;
  const std::string word = header_of(std::string(own)).word;
  if (is_end(word)) return true;
  const ColumnWords::Field* field = known.field(FlatKind::edges, word);
  if (field == nullptr) return false;
  switch (field->target) {
    case Target::share:
    case Target::amount:
    case Target::unit:
    case Target::as_of:
    case Target::since:
    case Target::until:
    case Target::source: return true;
    // A group such as Product may have a type, too.
    case Target::type:
      return word.find("relation") != std::string::npos || word == "predicate" || word == "interaction";
    default: return false;
  }
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
  return rows.size() > 3 && names_index(columns, rows[2]) ? 3 : 2;
}

RowCells names_in_groups(std::span<const GroupedName> columns) {
  std::map<std::string_view, std::size_t> columns_of;  // by their own name
  for (const GroupedName& column : columns) ++columns_of[column.own];
  const ColumnWords& known = ColumnWords::standard();
  const auto is_end = [&](const std::string& name) {
    const std::string word = header_word(name);
    return known.end_in({word}, true) || known.end_in({word}, false);
  };
  const bool has_ends = std::any_of(columns.begin(), columns.end(), [&](const GroupedName& column) {
    return is_end(column.group) || is_end(column.own);
  });
  const auto names_nodes = [&](const std::string& own) {
    const ColumnWords::Field* field = known.field(FlatKind::nodes, header_word(own));
    return !has_ends && field != nullptr && (field->target == Target::id || field->target == Target::label);
  };
  RowCells names;
  for (const auto& [group, own] : columns) {
    const std::string joined = group + (group.empty() || own.empty() ? "" : " ") + own;
    if (own.empty() || group == own)
      names.push_back(group);
    else
      names.push_back(columns_of[own] == 1 && (says_enough(group, own, joined) || names_nodes(own)) ? own : joined);
  }
  return names;
}

RowCells joined_names(std::span<const RowCells> rows) {
  std::vector<GroupedName> columns;
  for (const GroupedColumn& column : grouped_columns(rows))
    columns.push_back({std::string(column.group), std::string(column.name)});
  RowCells names = names_in_groups(columns);
  for (std::size_t i = 0; rows.size() > 2 && i < std::min(names.size(), rows[2].size()); ++i)
    if (!rows[2][i].empty()) names[i] = rows[2][i];
  return names;
}

}  // namespace chokepoint::detail
