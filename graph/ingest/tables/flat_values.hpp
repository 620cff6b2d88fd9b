#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/checking/input_remarks.hpp"
#include "ingest/tables/flat_columns.hpp"
#include "ingest/tables/flat_table.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

namespace chokepoint::detail {

/// The number that a text is, all of it; nullopt for what is none, or is not finite.
inline std::optional<double> finite_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// Whether a text may be the id of a node in a file of another program: anything of a length that a person could read.
inline bool may_be_foreign_id(std::string_view id) {
  return !id.empty() && id.size() <= 1000 && id.find('\0') == std::string_view::npos &&
         id.find(list_mark) == std::string_view::npos;
}

/// The value of the column with that target.
inline std::string_view value_in(const std::vector<FlatColumn>& columns, std::span<const std::string_view> values,
                                 Target target) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].target == target && !values[i].empty()) return values[i];
  return {};
}

/// The value of an attribute in a cell: a list where the cell has several, else by the type of the column.
/// @param remarks  hears of what is no number in a column of numbers
Json attribute_value(const FlatColumn& column, std::string_view text, InputRemarks& remarks);

}  // namespace chokepoint::detail
