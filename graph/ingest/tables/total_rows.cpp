#include "ingest/tables/total_rows.hpp"

#include "chokepoint/model/text.hpp"
#include "ingest/tables/column_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace chokepoint::detail {

namespace {

constexpr std::size_t longest_word = 24, most_measures = 4;

/// A number as most tables have it; marks of thousands and percent are passed over.
std::optional<double> quick_number(std::string_view text) {
  const auto whole = [](std::string_view digits) -> std::optional<double> {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  };
  if (text.empty() || text.size() > 32) return std::nullopt;
  if (const auto value = whole(text)) return value;
  std::string bare;
  for (const char c : text)
    if (c != ',' && c != ' ' && c != '%') bare.push_back(c);
  return bare.empty() ? std::nullopt : whole(bare);
}

bool is_near(double a, double b) { return std::abs(a - b) <= 0.005 * std::max(std::abs(a), std::abs(b)); }

/// Whether the first byte of a text may begin a word for a total, in either case.
bool may_begin_total(unsigned char first) {
  static const auto table = [] {
    std::array<bool, 256> begins{};
    for (const std::string& word : ColumnWords::standard().total_words()) {
      const auto c = static_cast<unsigned char>(word.front());
      begins[c] = true;
      if (c >= 'a' && c <= 'z') begins[c - 'a' + 'A'] = true;
    }
    return begins;
  }();
  return table[first];
}

bool may_be_total(std::string_view text) {
  return !text.empty() && text.size() <= longest_word && may_begin_total(static_cast<unsigned char>(text.front()));
}

}  // namespace

bool is_total_word(std::string_view text) {
  return may_be_total(text) && ColumnWords::standard().is_total(header_word(text));
}

bool is_called_total(std::string_view text) {
  if (is_total_word(text)) return true;
  const std::string word = header_word(text);
  for (const std::string_view end : {" total", " totals", " subtotal", " gesamt", " summe", " result", " ergebnis"})
    if (word.ends_with(end)) return true;
  for (const std::string_view begin : {"total ", "subtotal ", "sum of ", "summe "})
    if (word.starts_with(begin)) return true;
  return word.ends_with("小计") || word.ends_with("合计") || word.ends_with("計");
}

bool is_whole_word(std::string_view text) {
  return may_be_total(text) && ColumnWords::standard().is_whole(header_word(text));
}

bool is_note_row(const FlatRow& row) {
  if (!row.fault.empty() || row.values.size() < 2) return false;
  std::string_view only;
  for (const std::string_view value : row.values) {
    if (value.empty()) continue;
    if (!only.empty()) return false;
    only = value;
  }
  return !only.empty() && ColumnWords::standard().begins_note(only);
}

TotalRows::TotalRows(const TableLayout& layout) : of_edges_(layout.kind == FlatKind::edges) {
  for (std::size_t i = 0; i < layout.columns.size(); ++i) switch (layout.columns[i].target) {
      case Target::from:
      case Target::to:
      case Target::id:
      case Target::label: names_.push_back(i); break;
      case Target::amount:
      case Target::share:
      case Target::attribute: others_.push_back(i); break;
      default: break;
    }
}

void TotalRows::find_measures(const FlatRow& row) {
  for (const std::size_t column : others_)
    if (measures_.size() < most_measures && quick_number(row.values[column])) measures_.push_back({column, 0, 0});
}

void TotalRows::add(const FlatRow& row) {
  for (Measure& measure : measures_) {
    const double value = quick_number(row.values[measure.column]).value_or(0);
    measure.sum += value;
    measure.since_total += value;
  }
}

bool TotalRows::adds_up(const FlatRow& row) const {
  std::size_t filled = 0, agree = 0;
  for (const Measure& measure : measures_) {
    const auto value = quick_number(row.values[measure.column]);
    if (!value || *value == 0) continue;
    ++filled;
    if (is_near(*value, measure.sum) || is_near(*value, measure.since_total)) ++agree;
  }
  return agree > 0 && 2 * agree >= filled;
}

bool TotalRows::is_total(const FlatRow& row) {
  if (!row.fault.empty() || row.values.empty()) return false;
  if (++rows_ == 1) find_measures(row);
  bool has_total = false, has_whole = false;
  for (const std::size_t column : names_) {
    has_total = has_total || is_total_word(row.values[column]);
    has_whole = has_whole || is_whole_word(row.values[column]);
    if ((has_total || has_whole) && name_.empty()) name_ = row.values[column];
    if (whole_.empty() && is_whole_word(row.values[column])) whole_ = row.values[column];
  }
  if ((has_total || has_whole) && rows_ > 2 && adds_up(row)) {
    if (left_out_++ == 0) first_ = row.number;
    for (Measure& measure : measures_) measure.since_total = 0;
    return true;
  }
  if (has_total && doubtful_++ == 0) first_doubtful_ = row.number;
  if (has_whole && !has_total && of_edges_) ++wholes_;
  add(row);
  return false;
}

std::string TotalRows::remark() const {
  std::string line;
  if (left_out_ > 0)
    line = fmt::format("{} row{} left out that add{} up those above: {}, the first of them row {}", left_out_,
                       left_out_ == 1 ? "" : "s", left_out_ == 1 ? "s" : "", name_, first_);
  else if (doubtful_ > 0)
    line = fmt::format("row {} is called as a total is, but adds up nothing, and was taken as it stands: {}",
                       first_doubtful_, name_);
  if (wholes_ > 0)
    line += fmt::format("{}{} stands for a whole beside its parts in {} row{}, taken as written",
                        line.empty() ? "" : "; ", whole_, wholes_, wholes_ == 1 ? "" : "s");
  return line;
}

}  // namespace chokepoint::detail
