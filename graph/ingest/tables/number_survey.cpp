#include "ingest/tables/number_survey.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

void NumberSurvey::take(std::string_view cell, const NumberForm& form) {
  has_comma_decimals_ = has_comma_decimals_ || form.comma_is_decimal || form.point_is_thousands;
  has_comma_thousands_ = has_comma_thousands_ || form.comma_is_thousands;
  has_points_ = has_points_ || form.point_is_decimal;
  if (form.is_ambiguous && either_comma_.empty()) either_comma_ = cell;
  if (form.point_is_ambiguous && either_point_.empty()) either_point_ = cell;
}

ValueReading NumberSurvey::settle(const FlatTable& table, const std::string& file, char decimal) const {
  const bool says_commas = has_comma_decimals_ || decimal == ',';
  const bool says_points = has_comma_thousands_ || has_points_ || decimal == '.';
  if (has_comma_decimals_ && (has_points_ || has_comma_thousands_))
    throw UsageError(
        fmt::format("{}: some numbers have decimal commas and some have points; write all in one way", file));
  if (!either_comma_.empty() && !says_commas && !says_points)
    throw DoubtfulValue(fmt::format("{}: \"{}\" is read in two ways; --decimal point takes the comma for a mark of "
                                    "thousands, --decimal comma for the decimal mark",
                                    file, either_comma_),
                        {"--decimal", "comma"});
  if (!either_point_.empty() && table.may_have_decimal_commas() && !says_commas && !says_points)
    throw DoubtfulValue(fmt::format("{}: \"{}\" is read in two ways, since semicolons stand between the columns; "
                                    "--decimal comma takes the point for a mark of thousands, --decimal point for the "
                                    "decimal mark",
                                    file, either_point_),
                        {"--decimal", "comma"});
  ValueReading reading;
  reading.decimal = says_commas ? ',' : '.';
  reading.thousands = says_commas ? '.' : ',';
  return reading;
}

}  // namespace chokepoint::detail
