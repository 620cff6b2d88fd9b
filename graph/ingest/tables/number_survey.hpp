#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/value_reading.hpp"

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// What the cells of a table show of how its numbers are written, all in one way: 1.234 is a thousand and some where
/// another cell says 1.234.567.
class NumberSurvey {
 public:
  /// @param form  of the cell, a number
  void take(std::string_view cell, const NumberForm& form);
  /// How all of them are to be read.
  /// @param decimal  as the user said it; '\0': nothing. @throws DoubtfulValue where a number may be read in two ways
  /// where some have decimal commas and some points, each is read as its marks show
  [[nodiscard]] ValueReading settle(const FlatTable& table, const std::string& file, char decimal) const;

 private:
  std::string with_comma_, with_point_;      ///< numbers that show a decimal comma, and a point
  std::string either_comma_, either_point_;  ///< examples of numbers that can be read in two ways
};

}  // namespace chokepoint::detail
