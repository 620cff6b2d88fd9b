#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// The ISO day that a spreadsheet counts by that number, 45292 for `2024-01-01`. nullopt for the 29 February 1900,
/// which spreadsheets count and no calendar has. @pre 0 <= days < 2958466, the year 10000
/// @param from_1904  the first day of the count is 1904-01-01, not 1900-01-01
std::optional<std::string> day_of_count(std::int64_t days, bool from_1904);

/// The day between 1950 and 2100 that a cell of a column of dates counts which lost its format; nullopt for any text
/// that is no whole number of five digits. O(1)
std::optional<std::string> day_of_bare_count(std::string_view text);

}  // namespace chokepoint::detail
