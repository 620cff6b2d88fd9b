#include "export/tables/cell_text.hpp"

#include "chokepoint/model/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint::detail {

namespace {

/// 0.1234567 → 0.123457, 1234.5 → 1234.5, 2500000000 → 2500000000, 0.00000012 → 1.2e-07.
std::string people_number(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < 1e-4 || size >= 1e15)) return fmt::format("{:.4g}", value);
  const int whole_digits = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
  const int decimals = std::max(0, 6 - whole_digits);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (decimals > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

}  // namespace

bool is_unknown(const Cell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return !std::isfinite(*real);
  return std::holds_alternative<std::monostate>(cell);
}

bool is_number(const Cell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

std::string exact_text(const Cell& cell) {
  if (is_unknown(cell)) return {};
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&cell)) return format_number(*real);
  return std::get<bool>(cell) ? "true" : "false";
}

std::string people_text(const Cell& cell) {
  if (is_unknown(cell)) return {};
  if (const auto* real = std::get_if<double>(&cell)) return people_number(*real);
  if (const auto* truth = std::get_if<bool>(&cell)) return *truth ? "yes" : "no";
  return exact_text(cell);
}

bool is_number_column(const Table& table, std::size_t index) {
  bool any = false;
  for (const auto& row : table.rows) {
    if (is_unknown(row[index])) continue;
    if (!is_number(row[index])) return false;
    any = true;
  }
  return any;
}

}  // namespace chokepoint::detail
