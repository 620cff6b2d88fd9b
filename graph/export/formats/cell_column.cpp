#include "export/formats/cell_column.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "export/tables/cell_text.hpp"

namespace chokepoint::detail {

namespace {

Cell cell_of(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_bool()) return value.as_bool();
  if (value.is_string()) return value.as_string();
  if (value.is_number()) {
    if (const auto integer = value.to_integer()) return *integer;
    const auto real = value.to_double();
    // A whole number beyond 64 bits would lose digits as a double.
    const bool whole = value.as_number().token.find_first_of(".eE") == std::string::npos;
    if (real && !whole) return *real;
  }
  return canonical(value);
}

}  // namespace

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
  if (type == FieldType::text) {
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

std::map<std::string, SparseColumn> split_attributes(
    std::size_t row_count, const std::function<const std::string&(std::size_t)>& attributes_of) {
  std::map<std::string, SparseColumn> columns;
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::string& text = attributes_of(row);
    if (text.empty()) continue;
    const Json attributes = parse_json(text);
    if (!attributes.is_object()) throw JsonError("attributes must be an object", 0);
    for (const auto& [key, value] : attributes.as_object()) columns[key].add(row, cell_of(value));
  }
  return columns;
}

}  // namespace chokepoint::detail
