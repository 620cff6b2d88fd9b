#include "ingest/graphs/gexf_time.hpp"

#include "ingest/files/xml_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chokepoint::detail {

namespace {

constexpr std::size_t day_bytes = 10;  // of 2024-03-01

/// One bound: what of it our dates can say.
struct GexfBound {
  std::string date;
  bool has_clock = false, is_midnight = false, is_number = false;
};

bool is_clock(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789:.,Zz+-") == std::string_view::npos;
}

/// `T00:00:00.000+02:00` begins a day, whatever the offset says.
bool is_midnight(std::string_view clock) {
  const std::string_view time = clock.substr(0, clock.find_first_of("Zz+-"));
  return time.find_first_of("123456789") == std::string_view::npos;
}

GexfBound bound_of(std::string_view given) {
  const std::string_view text = without_layout(given);
  GexfBound bound;
  if (text.empty()) return bound;
  bound.date = text;
  if (parse_partial_date(text)) return bound;
  if (is_no_time(text)) return {};
  if (text.size() > day_bytes && parse_partial_date(text.substr(0, day_bytes))) {
    const bool has_mark = text[day_bytes] == 'T' || text[day_bytes] == 't' || text[day_bytes] == ' ';
    const std::string_view clock = text.substr(day_bytes + (has_mark ? 1 : 0));
    const bool is_zone = !has_mark && std::string_view("Zz+-").find(clock.front()) != std::string_view::npos;
    if (is_clock(clock) && (has_mark || is_zone)) {
      bound.date = text.substr(0, day_bytes);
      bound.has_clock = has_mark && !is_midnight(clock);
      bound.is_midnight = is_midnight(clock);
      return bound;
    }
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return bound;
  if (number >= 1000 && number < 3000 && std::floor(number) == number)
    bound.date = std::to_string(static_cast<int>(number));
  else
    bound.is_number = true;
  return bound;
}

/// The first day behind what a date names.
std::string day_behind(const std::string& text) {
  const auto date = parse_partial_date(text);
  return date ? to_string(date->next) : text;
}

std::string first_day(const std::string& text) {
  const auto date = parse_partial_date(text);
  return date ? to_string(date->first) : text;
}

/// Ours excludes a full day, and includes a year or month, as GEXF does.
std::string until_of(const std::string& text) {
  const auto date = parse_partial_date(text);
  return date && date->precision == PartialDate::Precision::day ? to_string(date->next) : text;
}

}  // namespace

bool is_no_time(std::string_view given) {
  if (given.empty()) return true;
  std::string text(without_layout(given));
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (text.starts_with('-') || text.starts_with('+')) text.erase(0, 1);
  return text.empty() || text == "infinity" || text == "inf" || text == "nan";
}

GexfPeriod gexf_period(const GexfBounds& bounds) {
  GexfPeriod period;
  const GexfBound start = bound_of(bounds.start), end = bound_of(bounds.end);
  const GexfBound start_open = bound_of(bounds.start_open), end_open = bound_of(bounds.end_open);
  for (const GexfBound* bound : {&start, &end, &start_open, &end_open}) {
    period.has_clock = period.has_clock || bound->has_clock;
    period.is_number = period.is_number || bound->is_number;
  }
  if (period.is_number) return period;
  period.since = start.date;
  // A span that begins within a day holds on its rest.
  if (period.since.empty() && !start_open.date.empty())
    period.since = start_open.has_clock || start_open.is_midnight ? start_open.date : day_behind(start_open.date);
  if (!end.date.empty()) period.until = until_of(end.date);
  if (period.until.empty() && !end_open.date.empty())
    period.until = end_open.has_clock ? day_behind(end_open.date) : first_day(end_open.date);
  return period;
}

std::string gexf_moment(std::string_view text, bool& has_clock) {
  const GexfBound bound = bound_of(text);
  has_clock = has_clock || bound.has_clock;
  return bound.is_number || !parse_partial_date(bound.date) ? std::string() : bound.date;
}

std::optional<std::string> calendar_period(const GexfPeriod& period) {
  const auto validity = parse_validity(period.since, period.until);
  if (!validity || !validity->from || !validity->to) return std::nullopt;
  const std::string day = to_string(*validity->from);
  for (const std::size_t bytes : {std::size_t{4}, std::size_t{7}, day_bytes}) {
    const auto named = parse_partial_date(std::string_view(day).substr(0, bytes));
    if (named && named->first == *validity->from && named->next == *validity->to) return day.substr(0, bytes);
  }
  return std::nullopt;
}

}  // namespace chokepoint::detail
