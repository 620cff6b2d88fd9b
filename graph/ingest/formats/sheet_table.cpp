#include "ingest/formats/sheet_table.hpp"

#include "ingest/files/xml_reader.hpp"
#include "ingest/tables/header_rows.hpp"
#include "ingest/tables/year_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_title_rows = 64;
constexpr std::size_t most_told_names = 5;

/// `A, B and 3 more`.
std::string listed(const std::vector<std::string>& all) {
  const auto some = std::min(all.size(), most_told_names);
  return fmt::format("{}{}", fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(some), ", "),
                     all.size() > some ? fmt::format(" and {} more", all.size() - some) : "");
}

}  // namespace

void SheetTable::begin_row(std::uint32_t number) {
  row_.number = number;
  row_.cells.clear();
}

void SheetTable::add(SheetCell cell) {
  if (!without_layout(cell.text).empty()) row_.cells.push_back(std::move(cell));
}

void SheetTable::end_row() {
  repeat_merged();
  if (row_.cells.empty()) return;
  if (begins_table()) begin_table();
  last_row_ = row_.number;
  if (has_header_ && names_index()) return name_columns(row_);
  if (has_header_) return take_row(row_);
  if (groups_) return take_header_below(*std::exchange(groups_, std::nullopt));
  if (row_.cells.size() > 1) {
    for (const Row& title : before_header_)
      titles_.push_back(fmt::format("row {} (\"{}\")", title.number, title.cells[0].text.substr(0, 80)));
    before_header_.clear();
    if (!has_groups()) return take_header(row_);
    groups_ = row_;
    return;
  }
  before_header_.push_back(row_);
  if (before_header_.size() > most_title_rows) finish();
}

/// Whether the row is the header of another table: it stands behind an empty row, and holds names of columns alone.
bool SheetTable::begins_table() const {
  if (!has_header_ || table_->row_count() == 0 || row_.number <= last_row_ + 1) return false;
  std::vector<std::string_view> cells;
  for (const SheetCell& cell : row_.cells) {
    if (cell.type != FlatType::text) return false;
    cells.push_back(without_layout(cell.text));
  }
  return may_be_header(cells);
}

void SheetTable::begin_table() {
  more_.push_back(std::make_unique<SpooledTable>(fmt::format("{}, from row {}", table_->name(), row_.number)));
  table_ = more_.back().get();
  table_->set_begin(row_.number);
  has_header_ = false;
  groups_.reset();
  names_.clear();
  column_of_.clear();
  link_column_of_.clear();
  groups_row_ = header_row_ = 0;
}

/// A block that goes over several rows says its value for each. Within a row only its first column has it.
void SheetTable::repeat_merged() {
  const auto [begin, end] = merged_.equal_range(row_.number);
  if (begin == end && repeated_.empty()) return;
  std::map<std::uint32_t, std::size_t> cells;  // by column
  for (std::size_t i = 0; i < row_.cells.size(); ++i) cells.emplace(row_.cells[i].column, i);
  const bool is_header = !has_header_ && row_.cells.size() > 1;
  for (auto at = begin; at != end; ++at) {
    const MergedCells& block = at->second;
    const auto first = cells.find(block.first.column);
    if (first == cells.end()) continue;
    const SheetCell named = row_.cells[first->second];
    if (block.last.row > block.first.row && has_header_) {
      repeated_[block.first.column] = {block.last.row, named};
      ++merged_used_;
    }
    // A block of names in the header names each of its columns; a title stays one cell.
    for (std::uint32_t column = block.first.column + 1; is_header && column <= block.last.column; ++column) {
      if (!cells.emplace(column, row_.cells.size()).second) break;
      row_.cells.push_back({column, named.text, FlatType::text, {}, false});
    }
  }
  for (auto at = repeated_.begin(); at != repeated_.end();) {
    if (at->second.last_row < row_.number) {
      at = repeated_.erase(at);
      continue;
    }
    if (!cells.contains(at->first)) row_.cells.push_back(at->second.cell);
    ++at;
  }
  std::sort(row_.cells.begin(), row_.cells.end(),
            [](const SheetCell& a, const SheetCell& b) { return a.column < b.column; });
}

/// Whether the row may name groups of columns: one of its blocks is wide, or, where nothing is merged, a name has
/// blanks behind it. Several wide blocks, or one beside one that goes down, leave no doubt.
bool SheetTable::has_groups() {
  int down = 0;
  wide_groups_ = 0;
  const auto [begin, end] = merged_.equal_range(row_.number);
  for (auto at = begin; at != end; ++at) {
    if (at->second.last.column > at->second.first.column) ++wide_groups_;
    if (at->second.last.row > at->second.first.row) ++down;
  }
  are_groups_merged_ = wide_groups_ > 1 || (wide_groups_ == 1 && down > 0);
  if (wide_groups_ > 0) return true;
  for (std::size_t i = 1; i < row_.cells.size(); ++i)
    if (row_.cells[i].column > row_.cells[i - 1].column + 1) return true;
  return false;
}

/// Names of columns are texts, or all of them years; what is none is a row of data already.
void SheetTable::take_header_below(const Row& groups) {
  const auto is_text = [](const SheetCell& cell) { return cell.type == FlatType::text; };
  const auto is_year = [](const SheetCell& cell) { return !year_in(cell.text).empty(); };
  bool is_header = std::ranges::all_of(row_.cells, is_text) || std::ranges::all_of(row_.cells, is_year);
  if (!are_groups_merged_) is_header = is_header && names_columns_of(groups);
  if (!is_header) {
    take_header(groups);
    return take_row(row_);
  }
  std::map<std::uint32_t, GroupedName> columns;
  for (const SheetCell& cell : groups.cells) columns[cell.column].group = without_layout(cell.text);
  for (const SheetCell& cell : row_.cells) columns[cell.column].own = without_layout(cell.text);
  if (!are_groups_merged_) {
    // A name is that of the columns behind it, too, up to the next one, as far as these have names of their own.
    std::string group;
    for (auto& [column, name] : columns) {
      if (!name.group.empty()) group = name.group;
      if (!name.own.empty() && name.group.empty()) name.group = group;
    }
  }
  std::vector<GroupedName> all;
  for (const auto& [column, name] : columns) all.push_back(name);
  const RowCells names = names_in_groups(all);
  std::size_t at = 0;
  Row header{row_.number, {}};
  for (const auto& [column, name] : columns) {
    if (names[at] == name.own && !name.group.empty() && name.group != name.own) bare_names_.push_back(name.own);
    header.cells.push_back({column, names[at++], FlatType::text, {}, false});
  }
  groups_row_ = groups.number;
  take_header(header);
}

/// Whether the row below one that may name groups names its columns: by words of headers, each blank filled.
bool SheetTable::names_columns_of(const Row& groups) const {
  std::vector<std::string> names;
  std::set<std::uint32_t> filled;
  for (const SheetCell& cell : row_.cells) {
    names.emplace_back(without_layout(cell.text));
    filled.insert(cell.column);
  }
  for (std::uint32_t column = groups.cells.front().column; column < groups.cells.back().column; ++column)
    if (std::ranges::none_of(groups.cells, [&](const SheetCell& cell) { return cell.column == column; }) &&
        !filled.contains(column))
      return false;
  return known_names(names) > (wide_groups_ > 0 ? 0U : 1U);
}

/// Below names of columns, pandas writes those of the index in a row of their own: texts in the first columns, of which
/// the header has no name. The last of them may stand below the name of the columns.
bool SheetTable::names_index() const {
  if (table_->row_count() > 0 || row_.number != header_row_ + 1) return false;
  const auto is_named = [this](std::uint32_t column) { return column_of_.size() > column && column_of_[column] > 0; };
  for (std::size_t i = 0; i < row_.cells.size(); ++i)
    if (row_.cells[i].type != FlatType::text || row_.cells[i].column != row_.cells[0].column + i) return false;
  for (std::size_t i = 0; i + 1 < row_.cells.size(); ++i)
    if (is_named(row_.cells[i].column)) return false;
  // One text alone may be a row of data, unless the header has two rows or begins behind it.
  const std::size_t last = row_.cells.back().column;
  const bool has_more = column_of_.size() > last + 1;
  return row_.cells.size() > 1 ? has_more : groups_row_ > 0 && !is_named(row_.cells.front().column);
}

void SheetTable::finish() {
  if (groups_) take_header(*std::exchange(groups_, std::nullopt));
  if (before_header_.empty()) return;
  const std::vector<Row> rows = std::move(before_header_);
  before_header_.clear();
  take_header(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) take_row(rows[i]);
}

std::string SheetTable::unused_name(std::string name, std::uint32_t column) {
  if (names_.insert(name).second) return name;
  name += fmt::format(" (column {})", column_letters(column));
  while (!names_.insert(name).second) name += " again";
  renamed_.push_back(name);
  return name;
}

void SheetTable::take_header(const Row& row) {
  has_header_ = true;
  header_row_ = row.number;
  name_columns(row);
}

void SheetTable::name_columns(const Row& row) {
  for (const SheetCell& cell : row.cells) {
    std::string name(without_layout(cell.text));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    if (column_of_.size() <= cell.column) column_of_.resize(cell.column + std::size_t{1}, 0);
    column_of_[cell.column] = 1 + table_->untyped_column(unused_name(std::move(name), cell.column));
  }
}

std::size_t SheetTable::column_at(std::uint32_t column) {
  if (column_of_.size() <= column) column_of_.resize(column + std::size_t{1}, 0);
  if (column_of_[column] == 0)
    column_of_[column] =
        1 + table_->untyped_column(unused_name(fmt::format("(column {})", column_letters(column)), column));
  return column_of_[column] - 1;
}

/// The column of the addresses that cells of a column link to.
std::size_t SheetTable::link_column_at(std::uint32_t column) {
  const auto [at, fresh] = link_column_of_.try_emplace(column, 0);
  if (fresh) at->second = table_->column(unused_name(table_->columns()[column_at(column)].name + " link", column));
  return at->second;
}

void SheetTable::take_row(const Row& row) {
  table_->begin_row(0, row.number);
  for (const SheetCell& cell : row.cells) {
    const std::size_t column = column_at(cell.column);
    table_->set_typed(column, cell.text, cell.type);
    if (cell.is_rounded) ++rounded_[table_->columns()[column].name];
    if (cell.address.empty() || cell.address == cell.text) continue;  // it says nothing more
    table_->set(link_column_at(cell.column), cell.address);
    ++links_[table_->columns()[column].name];
  }
  table_->end_row();
}

std::vector<std::string> SheetTable::remarks() const {
  std::vector<std::string> found;
  if (!titles_.empty()) found.push_back(fmt::format("passed over as titles above the header: {}", listed(titles_)));
  if (groups_row_ > 0)
    found.push_back(fmt::format("the names of groups in row {} stand in front of those of columns", groups_row_));
  if (!bare_names_.empty())
    found.push_back(
        fmt::format("names of columns that say enough have none of a group in front: {}", listed(bare_names_)));
  if (!renamed_.empty()) found.push_back(fmt::format("columns of one name were told apart: {}", listed(renamed_)));
  for (const auto& [name, count] : rounded_)
    found.push_back(
        fmt::format("column {}: {} number{} of more than 15 digits, of which spreadsheets keep 15; the digits "
                    "behind are lost in the file itself: write such ids as text",
                    name, count, count == 1 ? "" : "s"));
  for (const auto& [name, count] : links_)
    found.push_back(
        fmt::format("column {}: {} cell{} to an address, kept as the column {} link; --map \"{} link=FIELD\" "
                    "says what it holds",
                    name, count, count == 1 ? " links" : "s link", name, name));
  if (merged_used_ > 0)
    found.push_back(fmt::format("{} merged blocks say their value for each of their rows", merged_used_));
  return found;
}

}  // namespace chokepoint::detail
