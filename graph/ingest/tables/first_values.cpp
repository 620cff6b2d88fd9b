#include "ingest/tables/first_values.hpp"

#include "chokepoint/model/record.hpp"
#include "ingest/files/blanks.hpp"
#include "ingest/tables/bounded_number.hpp"
#include "ingest/tables/column_survey.hpp"
#include "ingest/tables/column_words.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/value_reading.hpp"

#include <string_view>

namespace chokepoint::detail {

bool FirstValues::shows_days(std::size_t at) const {
  constexpr int looked_at = 20;
  if (words_.size() < 4) return false;
  int days = 0;
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i) {
    if (!row.fault.empty()) continue;
    const std::string_view value = without_outer_blanks(row.values[at]);
    if (value.empty() || is_absent(value) || is_open_end(value)) continue;
    if (!date_form(value, true)) return false;
    ++days;
  }
  return days > 0;
}

std::vector<FirstValues::FlowLook> FirstValues::look_at_flows() const {
  constexpr int looked_at = 200;
  std::vector<FlowLook> looks(words_.size());
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    for (std::size_t at = 0; at < looks.size() && row.fault.empty(); ++at) {
      const std::string_view value = without_outer_blanks(row.values[at]);
      if (value.empty()) continue;
      ++looks[at].filled;
      if (value.size() > 1 && ColumnWords::standard().is_import(value, false))
        ++looks[at].told;
      else if (options_.types.contains(value) || ColumnWords::standard().is_import(value, true))
        ++looks[at].by_code;
    }
  return looks;
}

bool FirstValues::shows_directions(std::size_t at) const {
  constexpr int looked_at = 20;
  if (words_[at] != "type" || table_.kind()) return false;
  int directions = 0;
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i) {
    if (!row.fault.empty() || row.values[at].empty()) continue;
    if (!is_direction_type(row.values[at])) return false;
    ++directions;
  }
  return directions > 0;
}

bool FirstValues::shows_types(std::size_t at) const {
  constexpr int looked_at = 50;
  const ColumnWords& known = ColumnWords::standard();
  int types = 0;
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i) {
    if (!row.fault.empty() || row.values[at].empty()) continue;
    const std::string_view value = row.values[at];
    if (our_type_for(FlatKind::edges, value, options_, ontology_).empty() && !known.type_of_role(value) &&
        !known.inverse_of(value) && !known.type_offered(FlatKind::edges, value))
      return false;
    ++types;
  }
  return types > 0;
}

bool FirstValues::shows_our_words() const {
  constexpr int looked_at = 20;
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i)
    for (std::size_t at = 0; at < words_.size() && row.fault.empty(); ++at) {
      const std::string_view value = row.values[at];
      if (value.empty() || headers_[at].has_unit) continue;
      if (words_[at] == "status" && !parse_status(value)) return false;
      if (words_[at] == "confidence" && !number_form(value).is_number) return false;
    }
  return true;
}

bool FirstValues::shows_numbers(std::size_t at) const {
  constexpr int looked_at = 20;
  int numbers = 0;
  const auto rows = table_.rows({});
  FlatRow row;
  for (int i = 0; i < looked_at && rows->next(row); ++i) {
    if (!row.fault.empty() || row.values[at].empty() || is_absent(row.values[at])) continue;
    if (!number_form(row.values[at]).is_number && !bounded_number(row.values[at])) return false;
    ++numbers;
  }
  return numbers > 0;
}

bool FirstValues::shows_flows(std::size_t at) const {
  const auto rows = table_.rows({});
  FlatRow row;
  while (rows->next(row))
    if (row.fault.empty() && !row.values[at].empty())
      return ColumnWords::standard().is_import(row.values[at], false).has_value();
  return false;
}

}  // namespace chokepoint::detail
