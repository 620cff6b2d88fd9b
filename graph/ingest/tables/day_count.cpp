#include "ingest/tables/day_count.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace chokepoint::detail {

std::optional<std::string> day_of_count(std::int64_t days, bool from_1904) {
  constexpr std::int64_t days_1900_to_1970 = 25569, days_1904_to_1970 = 24107, leap_day_that_never_was = 60;
  if (!from_1904 && days == leap_day_that_never_was) return std::nullopt;
  if (!from_1904 && days < leap_day_that_never_was) ++days;
  const std::chrono::sys_days day{std::chrono::days(days - (from_1904 ? days_1904_to_1970 : days_1900_to_1970))};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<std::string> day_of_bare_count(std::string_view text) {
  constexpr std::int64_t first = 18264, behind_last = 73051;  // 1950-01-01, 2100-01-01
  std::int64_t days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool is_count = error == std::errc() && end == text.data() + text.size() && text.size() == 5;
  return is_count && days >= first && days < behind_last ? day_of_count(days, false) : std::nullopt;
}

}  // namespace chokepoint::detail
