#include "export/formats/cell_column.hpp"

#include "export/tables/cell_text.hpp"

namespace chokepoint::detail {

FieldType common_type(const std::vector<Cell>& cells) {
  bool texts = false, truths = false, reals = false, integers = false;
  for (const Cell& cell : cells) {
    if (is_unknown(cell)) continue;
    texts |= std::holds_alternative<std::string>(cell);
    truths |= std::holds_alternative<bool>(cell);
    reals |= std::holds_alternative<double>(cell);
    integers |= std::holds_alternative<std::int64_t>(cell);
  }
  if (texts || (truths && (reals || integers))) return FieldType::text;
  if (truths) return FieldType::boolean;
  if (reals) return FieldType::real;
  return integers ? FieldType::integer : FieldType::text;
}

FieldValue cell_value(const Cell& cell, FieldType type, std::string& scratch) {
  if (is_unknown(cell)) return {};
  if (type == FieldType::text || type == FieldType::json) {
    if (const auto* text = std::get_if<std::string>(&cell)) return std::string_view(*text);
    scratch = exact_text(cell);
    return std::string_view(scratch);
  }
  if (const auto* truth = std::get_if<bool>(&cell)) return *truth;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  const auto integer = std::get<std::int64_t>(cell);
  if (type == FieldType::real) return static_cast<double>(integer);
  return integer;
}

}  // namespace chokepoint::detail
