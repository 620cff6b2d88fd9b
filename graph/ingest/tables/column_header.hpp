#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/value_reading.hpp"

#include <string>

namespace chokepoint::detail {

/// A header taken apart: `amount (USD m)` is the word `amount`, the unit USD and the factor 1e6.
struct ColumnHeader {
  std::string given;  ///< without a type behind a colon
  std::string word;
  FlatType type = FlatType::text;
  bool is_left_out = false;  ///< `:IGNORE`
  ValueReading reading;
  bool has_unit = false;
};

/// Takes the name of a column apart: its type behind a colon, a unit and a scale in brackets or behind `in`, percent.
/// O(length)
ColumnHeader header_of(const std::string& name);

}  // namespace chokepoint::detail
