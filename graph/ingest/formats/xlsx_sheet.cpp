#include "ingest/formats/xlsx_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_title_rows = 64;
constexpr std::size_t most_told_names = 5;

template <typename Number>
std::optional<Number> as_count(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<unsigned> hex_digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Excel writes characters that XML has not as `_x000D_`; a line break of its kind is one of ours.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_'
                          ? hex_digits(text.substr(i + 2, 4))
                          : std::nullopt;
    if (!code || *code >= 0x80) {
      plain.push_back(text[i]);
      continue;
    }
    i += 6;
    if (*code >= 0x20 || *code == '\n' || *code == '\t') plain.push_back(static_cast<char>(*code));
  }
  return plain;
}

}  // namespace

void XlsxSheet::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") {
    const auto number = as_count<std::uint32_t>(attributes["r"]);
    row_.number = number.value_or(row_.number + 1);
    row_.cells.clear();
    next_column_ = 0;
  } else if (name == "c") {
    begin_cell(attributes);
  } else if (name == "v" || name == "t") {
    in_value_ = !in_sound_;
  } else if (name == "f") {
    has_formula_ = true;
  } else if (name == "rPh") {
    in_sound_ = true;
  }
}

void XlsxSheet::begin_cell(const XmlAttributes& attributes) {
  const std::string_view reference = attributes["r"];
  if (!reference.empty()) {
    const auto place = cell_place(reference);
    if (!place) refuse_(std::string(reference), "no place in a sheet");
    next_column_ = place->column;
    row_.number = place->row;
  }
  if (next_column_ >= 16384) refuse_("", "a row of more than 16384 cells");
  cell_.column = next_column_++;
  type_ = attributes["t"];
  const auto style = as_count<std::size_t>(attributes["s"]);
  style_ = style && *style < parts_.styles.size() ? parts_.styles[*style] : CellStyle::number;
  value_.clear();
  has_formula_ = false;
}

void XlsxSheet::end(std::string_view name) {
  if (name == "row")
    end_of_row();
  else if (name == "c")
    end_cell();
  else if (name == "v" || name == "t")
    in_value_ = false;
  else if (name == "rPh")
    in_sound_ = false;
}

void XlsxSheet::text(std::string_view text) {
  if (!in_value_) return;
  value_ += text;
  if (value_.size() > cell_limit)
    refuse_(column_letters(cell_.column) + std::to_string(row_.number), "a cell of over a million bytes");
}

void XlsxSheet::end_cell() {
  if (value_.empty()) {
    if (has_formula_) ++formulas_;
    return;
  }
  cell_.text.clear();
  cell_.type = FlatType::text;
  take_value(cell_);
  if (!without_layout(cell_.text).empty()) row_.cells.push_back(cell_);
}

void XlsxSheet::take_value(Cell& cell) {
  if (type_ == "s") {
    const auto number = as_count<std::size_t>(value_);
    if (!number || *number >= parts_.texts.size())
      refuse_(column_letters(cell.column) + std::to_string(row_.number), "it names a text that the workbook has not");
    parts_.texts.get(*number, cell.text);
    if (cell.text.size() > cell_limit)
      refuse_(column_letters(cell.column) + std::to_string(row_.number), "a cell of over a million bytes");
    cell.text = unescaped(cell.text);
  } else if (type_ == "str" || type_ == "inlineStr") {
    cell.text = unescaped(value_);
  } else if (type_ == "b") {
    cell.text = value_ == "1" || value_ == "true" ? "true" : "false";
    cell.type = FlatType::truth;
  } else if (type_ == "e") {
    ++errors_;
    if (error_example_.empty()) error_example_ = value_;
  } else if (type_ == "d") {
    cell.text = value_;
  } else {
    take_number(cell);
  }
}

void XlsxSheet::take_number(Cell& cell) {
  std::optional<std::string> shown;
  if (style_ == CellStyle::percent) shown = percent_text(value_);
  if (style_ == CellStyle::date) shown = date_text(value_, parts_.from_1904);
  if (style_ == CellStyle::time) shown = time_text(value_);
  if (style_ == CellStyle::date && !shown) ++odd_dates_;
  if (!shown) {
    shown = number_text(value_);
    if (shown) cell.type = FlatType::number;
  }
  cell.text = shown ? *std::move(shown) : value_;
}

void XlsxSheet::end_of_row() {
  repeat_merged();
  if (row_.cells.empty()) return;
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

/// A block that goes over several rows says its value for each. Within a row only its first column has it.
void XlsxSheet::repeat_merged() {
  const auto [begin, end] = merged_.equal_range(row_.number);
  if (begin == end && repeated_.empty()) return;
  std::map<std::uint32_t, std::size_t> cells;  // by column
  for (std::size_t i = 0; i < row_.cells.size(); ++i) cells.emplace(row_.cells[i].column, i);
  const bool is_header = !has_header_ && row_.cells.size() > 1;
  for (auto at = begin; at != end; ++at) {
    const MergedCells& block = at->second;
    const auto first = cells.find(block.first.column);
    if (first == cells.end()) continue;
    const Cell named = row_.cells[first->second];
    if (block.last.row > block.first.row && has_header_) {
      repeated_[block.first.column] = {block.last.row, named};
      ++merged_used_;
    }
    // A block of names in the header names each of its columns; a title stays one cell.
    for (std::uint32_t column = block.first.column + 1; is_header && column <= block.last.column; ++column) {
      if (!cells.emplace(column, row_.cells.size()).second) break;
      row_.cells.push_back({column, named.text, FlatType::text});
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
  std::sort(row_.cells.begin(), row_.cells.end(), [](const Cell& a, const Cell& b) { return a.column < b.column; });
}

/// Whether the row names groups of columns: several of its blocks are wide, or one is and another goes down.
bool XlsxSheet::has_groups() const {
  int wide = 0, down = 0;
  const auto [begin, end] = merged_.equal_range(row_.number);
  for (auto at = begin; at != end; ++at) {
    if (at->second.last.column > at->second.first.column) ++wide;
    if (at->second.last.row > at->second.first.row) ++down;
  }
  return wide > 1 || (wide == 1 && down > 0);
}

/// Names of columns are texts; what is none is a row of data already.
void XlsxSheet::take_header_below(const Row& groups) {
  const bool is_header =
      std::all_of(row_.cells.begin(), row_.cells.end(), [](const Cell& cell) { return cell.type == FlatType::text; });
  if (!is_header) {
    take_header(groups);
    return take_row(row_);
  }
  std::map<std::uint32_t, std::string> names;
  for (const Cell& cell : groups.cells) names[cell.column] = without_layout(cell.text);
  for (const Cell& cell : row_.cells) {
    std::string& name = names[cell.column];
    name += (name.empty() ? "" : " ") + std::string(without_layout(cell.text));
  }
  Row header{row_.number, {}};
  for (auto& [column, name] : names) header.cells.push_back({column, std::move(name), FlatType::text});
  groups_row_ = groups.number;
  take_header(header);
}

void XlsxSheet::finish() {
  if (groups_) take_header(*std::exchange(groups_, std::nullopt));
  if (before_header_.empty()) return;
  const std::vector<Row> rows = std::move(before_header_);
  before_header_.clear();
  take_header(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) take_row(rows[i]);
}

std::string XlsxSheet::unused_name(std::string name, std::uint32_t column) {
  if (names_.insert(name).second) return name;
  name += fmt::format(" (column {})", column_letters(column));
  while (!names_.insert(name).second) name += " again";
  renamed_.push_back(name);
  return name;
}

void XlsxSheet::take_header(const Row& row) {
  has_header_ = true;
  for (const Cell& cell : row.cells) {
    std::string name(without_layout(cell.text));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    if (column_of_.size() <= cell.column) column_of_.resize(cell.column + std::size_t{1}, 0);
    column_of_[cell.column] = 1 + table_.untyped_column(unused_name(std::move(name), cell.column));
  }
}

std::size_t XlsxSheet::column_at(std::uint32_t column) {
  if (column_of_.size() <= column) column_of_.resize(column + std::size_t{1}, 0);
  if (column_of_[column] == 0)
    column_of_[column] =
        1 + table_.untyped_column(unused_name(fmt::format("(column {})", column_letters(column)), column));
  return column_of_[column] - 1;
}

void XlsxSheet::take_row(const Row& row) {
  table_.begin_row(0, row.number);
  for (const Cell& cell : row.cells) table_.set_typed(column_at(cell.column), cell.text, cell.type);
  table_.end_row();
}

std::vector<std::string> XlsxSheet::remarks() const {
  std::vector<std::string> found;
  const auto listed = [](const std::vector<std::string>& all) {
    const auto some = std::min(all.size(), most_told_names);
    return fmt::format("{}{}", fmt::join(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(some), ", "),
                       all.size() > some ? fmt::format(" and {} more", all.size() - some) : "");
  };
  if (!titles_.empty()) found.push_back(fmt::format("passed over as titles above the header: {}", listed(titles_)));
  if (groups_row_ > 0)
    found.push_back(fmt::format("the names of groups in row {} stand in front of those of columns", groups_row_));
  if (!renamed_.empty()) found.push_back(fmt::format("columns of one name were told apart: {}", listed(renamed_)));
  if (errors_ > 0)
    found.push_back(fmt::format("{} cells that show an error ({}) are taken as empty", errors_, error_example_));
  if (formulas_ > 0)
    found.push_back(
        fmt::format("{} formulas have no value and are taken as empty; open and save the file in a "
                    "spreadsheet program to give them one",
                    formulas_));
  if (merged_used_ > 0)
    found.push_back(fmt::format("{} merged blocks say their value for each of their rows", merged_used_));
  if (odd_dates_ > 0)
    found.push_back(fmt::format("{} cells in a date's format hold no date and stay numbers", odd_dates_));
  return found;
}

}  // namespace chokepoint::detail
