#include "ingest/formats/xlsx_sheet.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr std::size_t most_formula_bytes = 4096;

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

/// The address of `HYPERLINK("address","text")`; empty for any other formula.
std::string address_in(std::string_view formula) {
  constexpr std::string_view call = "HYPERLINK(\"";
  if (!formula.starts_with(call)) return {};
  formula.remove_prefix(call.size());
  return std::string(formula.substr(0, formula.find('"')));
}

}  // namespace

void XlsxSheet::refuse_cell(const std::string& message) const {
  refuse_(column_letters(cell_.column) + std::to_string(rows_.row()), message);
  throw std::logic_error("a cell was refused and read on");
}

void XlsxSheet::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") {
    begin_row(attributes);
  } else if (name == "c") {
    begin_cell(attributes);
  } else if (name == "v" || name == "t") {
    in_value_ = !in_sound_;
  } else if (name == "f") {
    has_formula_ = in_formula_ = true;
  } else if (name == "rPh") {
    in_sound_ = true;
  }
}

void XlsxSheet::begin_row(const XmlAttributes& attributes) {
  rows_.begin_row(as_count<std::uint32_t>(attributes["r"]).value_or(rows_.row() + 1));
  if (attributes["hidden"] == "1" || attributes["hidden"] == "true") ++hidden_rows_;
  next_column_ = 0;
}

void XlsxSheet::begin_cell(const XmlAttributes& attributes) {
  const std::string_view reference = attributes["r"];
  if (!reference.empty()) {
    const auto place = cell_place(reference);
    if (!place) refuse_(std::string(reference), "no place in a sheet");
    next_column_ = place->column;
    rows_.set_row(place->row);
  }
  if (next_column_ >= 16384) refuse_("", "a row of more than 16384 cells");
  cell_ = {};
  cell_.column = next_column_++;
  type_ = attributes["t"];
  const auto style = as_count<std::size_t>(attributes["s"]);
  style_ = style && *style < parts_.styles.size() ? parts_.styles[*style] : CellStyle::number;
  value_.clear();
  formula_.clear();
  has_formula_ = false;
}

void XlsxSheet::end(std::string_view name) {
  if (name == "row")
    rows_.end_row();
  else if (name == "c")
    end_cell();
  else if (name == "v" || name == "t")
    in_value_ = false;
  else if (name == "f")
    in_formula_ = false;
  else if (name == "rPh")
    in_sound_ = false;
}

void XlsxSheet::text(std::string_view text) {
  if (in_formula_ && formula_.size() < most_formula_bytes) formula_ += text;
  if (!in_value_) return;
  value_ += text;
  if (value_.size() > cell_limit) refuse_cell("a cell of over a million bytes");
}

void XlsxSheet::end_cell() {
  take_link();
  if (!value_.empty())
    take_value();
  else if (has_formula_)
    ++formulas_;
  // A cell that shows nothing and leads somewhere says where.
  if (value_.empty() && !cell_.address.empty()) cell_.text = std::exchange(cell_.address, {});
  rows_.add(std::move(cell_));
}

void XlsxSheet::take_link() {
  cell_.address = address_in(formula_);
  if (links_.empty()) return;
  const auto link = links_.find({rows_.row(), cell_.column});
  if (link != links_.end()) cell_.address = link->second;
}

void XlsxSheet::take_value() {
  if (type_ == "s") {
    const auto number = as_count<std::size_t>(value_);
    if (!number || *number >= parts_.texts.size()) refuse_cell("it names a text that the workbook has not");
    parts_.texts.get(*number, cell_.text);
    if (cell_.text.size() > cell_limit) refuse_cell("a cell of over a million bytes");
    cell_.text = unescaped(cell_.text);
  } else if (type_ == "str" || type_ == "inlineStr") {
    cell_.text = unescaped(value_);
  } else if (type_ == "b") {
    cell_.text = value_ == "1" || value_ == "true" ? "true" : "false";
    cell_.type = FlatType::truth;
  } else if (type_ == "e") {
    ++errors_;
    if (error_example_.empty()) error_example_ = value_;
  } else if (type_ == "d") {
    cell_.text = value_;
  } else {
    take_number();
  }
  // An address that is shown as it is needs no second column.
  if (cell_.address == cell_.text || cell_.address == "mailto:" + cell_.text) cell_.address.clear();
}

void XlsxSheet::take_number() {
  std::optional<std::string> shown;
  if (style_ == CellStyle::percent) shown = percent_text(value_);
  if (style_ == CellStyle::date) shown = date_text(value_, parts_.from_1904);
  if (style_ == CellStyle::time) shown = time_text(value_);
  if (style_ == CellStyle::date && !shown) ++odd_dates_;
  if (!shown) {
    shown = number_text(value_);
    if (shown) cell_.type = FlatType::number;
    cell_.is_rounded = shown && has_lost_digits(*shown, value_);
  }
  cell_.text = shown ? *std::move(shown) : value_;
}

std::vector<std::string> XlsxSheet::remarks() const {
  std::vector<std::string> found = rows_.remarks();
  if (errors_ > 0)
    found.push_back(fmt::format("{} cells that show an error ({}) are taken as empty", errors_, error_example_));
  if (formulas_ > 0)
    found.push_back(
        fmt::format("{} formulas have no value and are taken as empty; open and save the file in a "
                    "spreadsheet program to give them one",
                    formulas_));
  if (odd_dates_ > 0)
    found.push_back(fmt::format("{} cells in a date's format hold no date and stay numbers", odd_dates_));
  if (hidden_rows_ > 0) found.push_back(fmt::format("{} rows are hidden, by a filter, say, and read", hidden_rows_));
  return found;
}

}  // namespace chokepoint::detail
