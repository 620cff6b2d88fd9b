#include "chokepoint/model/date.hpp"

#include <fmt/format.h>

#include <cassert>
#include <chrono>

namespace chokepoint {

namespace {

namespace chrono = std::chrono;

Date from_calendar(chrono::year_month_day day) {
  return {static_cast<std::int32_t>(chrono::sys_days(day).time_since_epoch().count())};
}

/// Exactly `count` ASCII digits at `at`; -1 otherwise. Regex digit classes and locales would accept more.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

Date Date::from_ymd(int year, unsigned month, unsigned day) {
  const chrono::year_month_day date{chrono::year(year), chrono::month(month), chrono::day(day)};
  assert(date.ok());
  return from_calendar(date);
}

std::string to_string(Date date) {
  const chrono::year_month_day day{chrono::sys_days(chrono::days(date.days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  using Precision = PartialDate::Precision;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const int year = digits(text, 0, 4);
  if (year < 1) return std::nullopt;
  const chrono::year y(year);
  if (text.size() == 4)
    return PartialDate{from_calendar(y / chrono::January / 1),
                       from_calendar((y + chrono::years(1)) / chrono::January / 1), Precision::year};
  if (text[4] != '-') return std::nullopt;
  const int month = digits(text, 5, 2);
  if (month < 1 || month > 12) return std::nullopt;
  const auto ym = y / chrono::month(static_cast<unsigned>(month));
  if (text.size() == 7)
    return PartialDate{from_calendar(ym / 1), from_calendar((ym + chrono::months(1)) / 1), Precision::month};
  if (text[7] != '-') return std::nullopt;
  const int day = digits(text, 8, 2);
  if (day < 1) return std::nullopt;
  const auto ymd = ym / chrono::day(static_cast<unsigned>(day));
  if (!ymd.ok()) return std::nullopt;
  const Date first = from_calendar(ymd);
  return PartialDate{first, Date{first.days + 1}, Precision::day};
}

std::optional<Validity> parse_validity(std::string_view since, std::string_view until) {
  Validity validity;
  if (!since.empty()) {
    const auto date = parse_partial_date(since);
    if (!date) return std::nullopt;
    validity.from = date->first;
  }
  if (!until.empty()) {
    const auto date = parse_partial_date(until);
    if (!date) return std::nullopt;
    validity.to = date->precision == PartialDate::Precision::day ? date->first : date->next;
  }
  if (validity.from && validity.to && !(*validity.from < *validity.to)) return std::nullopt;
  return validity;
}

std::optional<Date> parse_as_of(std::string_view text) {
  const auto date = parse_partial_date(text);
  if (!date) return std::nullopt;
  return Date{date->next.days - 1};
}

Date SystemClock::today() const {
  const auto now = chrono::floor<chrono::days>(chrono::system_clock::now());
  return {static_cast<std::int32_t>(now.time_since_epoch().count())};
}

}  // namespace chokepoint
