// Attributes as columns: one a key, with the type that all its values have.
#include "chokepoint/model/json_reader.hpp"
#include "export/formats/cell_column.hpp"
#include "export/formats/fields.hpp"
#include "export/tables/cell_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

namespace chokepoint::detail {

namespace {

/// Cells of some rows, ascending by row.
class SparseColumn {
 public:
  void add(std::size_t row, const Json& value) {
    rows_.push_back(row);
    std::optional<Cell> scalar = scalar_of(value);
    is_json_.push_back(scalar ? 0 : 1);
    cells_.push_back(scalar ? *std::move(scalar) : Cell{canonical(value)});
  }

  /// Settles the type of the column and writes its cells so. To be called once, behind the last `add`.
  FieldType settle() {
    FieldType type = common_type(cells_);
    bool is_json = std::find(is_json_.begin(), is_json_.end(), 1) != is_json_.end();
    for (const Cell& cell : cells_) {
      const auto* whole = std::get_if<std::int64_t>(&cell);
      is_json |= type == FieldType::text && !std::holds_alternative<std::string>(cell);
      is_json |= type == FieldType::real && whole != nullptr && std::abs(*whole) > largest_exact;
    }
    if (!is_json) return type;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (is_json_[i] == 0) cells_[i] = as_json(cells_[i]);
    return FieldType::json;
  }

  [[nodiscard]] const Cell* find(std::size_t row) const {
    const auto at = std::lower_bound(rows_.begin(), rows_.end(), row);
    if (at == rows_.end() || *at != row) return nullptr;
    return &cells_[static_cast<std::size_t>(at - rows_.begin())];
  }

 private:
  static constexpr std::int64_t largest_exact = std::int64_t{1} << 53U;

  /// A value that a cell of its type holds whole.
  static std::optional<Cell> scalar_of(const Json& value) {
    if (value.is_bool()) return Cell{value.as_bool()};
    if (value.is_string()) {
      const std::string& text = value.as_string();
      // No cell is empty, and no XML has control characters but these; a carriage return comes back as a line's end.
      const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t';
      });
      return is_plain ? std::optional<Cell>(text) : std::nullopt;
    }
    if (!value.is_number()) return std::nullopt;
    if (const auto integer = value.to_integer()) return Cell{*integer};
    // A whole number beyond 64 bits would lose digits as a double.
    if (value.as_number().token.find_first_of(".eE") == std::string::npos) return std::nullopt;
    const auto real = value.to_double();
    return real ? std::optional<Cell>(*real) : std::nullopt;
  }

  /// As a text of a column of JSON: a text that does not read as JSON is its own.
  static std::string as_json(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    if (text == nullptr) return exact_text(cell);
    try {
      parse_json(*text);
    } catch (const JsonError&) {
      return *text;
    }
    return canonical(Json(*text));
  }

  std::vector<std::size_t> rows_;
  std::vector<Cell> cells_;
  std::vector<char> is_json_;
};

std::string_view suffix_of(FieldType type) {
  switch (type) {
    case FieldType::boolean: return ":boolean";
    case FieldType::integer: return ":long";
    case FieldType::real: return ":double";
    case FieldType::json: return ":json";
    case FieldType::text: break;
  }
  return ":string";
}

/// Whether a reader might take the end of a name for a type: `n:int`, `n:string[]`, but not `note:zh`.
bool ends_as_type(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon != std::string_view::npos && name.size() - colon > 3 && name.find('-', colon) == std::string_view::npos;
}

}  // namespace

std::string typed_name(const Field& field) {
  if (field.is_typed || field.type == FieldType::text || !field.name.starts_with("attributes.")) return field.name;
  return field.name + std::string(suffix_of(field.type));
}

std::vector<Field> attribute_fields(std::size_t row_count,
                                    const std::function<const std::string&(std::size_t)>& attributes_of) {
  std::map<std::string, SparseColumn> columns;
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::string& text = attributes_of(row);
    if (text.empty()) continue;
    const Json attributes = parse_json(text);
    if (!attributes.is_object()) throw JsonError("attributes must be an object", 0);
    for (const auto& [key, value] : attributes.as_object()) columns[key].add(row, value);
  }
  std::vector<Field> fields;
  for (auto& [key, found] : columns) {
    const FieldType type = found.settle();
    const auto column = std::make_shared<const SparseColumn>(std::move(found));
    Field& field = fields.emplace_back();
    field.type = type;
    field.is_typed = type == FieldType::json || ends_as_type(key);
    field.name = "attributes." + key;
    if (field.is_typed) field.name += suffix_of(type);
    field.value = [column, type](std::size_t row, std::string& scratch) -> FieldValue {
      const Cell* const cell = column->find(row);
      return cell == nullptr ? FieldValue{} : cell_value(*cell, type, scratch);
    };
  }
  return fields;
}

std::string renamed_warning(const std::vector<std::pair<std::string, std::string>>& names) {
  if (names.empty()) return {};
  constexpr std::size_t most = 3;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    list += fmt::format("{}{} ({})", i == 0 ? "" : ", ", names[i].first, names[i].second);
  if (names.size() > most) list += fmt::format(" +{}", names.size() - most);
  return fmt::format("names that cannot stand in this format, so that what comes back is called otherwise: {}", list);
}

}  // namespace chokepoint::detail
