#include "ingest/tables/number_survey.hpp"

#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

void NumberSurvey::take(std::string_view cell, const NumberForm& form) {
  if ((form.comma_is_decimal || form.point_is_thousands) && with_comma_.empty()) with_comma_ = cell;
  if ((form.comma_is_thousands || form.point_is_decimal) && with_point_.empty()) with_point_ = cell;
  if (form.is_ambiguous && either_comma_.empty()) either_comma_ = cell;
  if (form.point_is_ambiguous && either_point_.empty()) either_point_ = cell;
}

ValueReading NumberSurvey::settle(const FlatTable& table, const std::string& file, char decimal) const {
  const bool says_commas = !with_comma_.empty() || decimal == ',';
  const bool says_points = !with_point_.empty() || decimal == '.';
  ValueReading reading;
  if (!with_comma_.empty() && !with_point_.empty()) {
    const std::string& doubt = either_comma_.empty() ? either_point_ : either_comma_;
    if (!doubt.empty() && decimal == '\0')
      throw DoubtfulValue(
          fmt::format(
              "{}: some numbers have a decimal comma (\"{}\") and some a point (\"{}\"), so that \"{}\" is read "
              "in two ways; --decimal comma or --decimal point says which mark its decimals have",
              file, with_comma_, with_point_, doubt),
          {"--decimal", "comma"});
    reading.is_mixed = true;
    reading.decimal = decimal;
    return reading;
  }
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
  reading.decimal = says_commas ? ',' : '.';
  reading.thousands = says_commas ? '.' : ',';
  return reading;
}

}  // namespace chokepoint::detail
