#pragma once

#include "chokepoint/model/date.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// The bounds of a span of time as GEXF writes them: as texts, empty for none.
struct GexfBounds {
  std::string start, end;            ///< a day that is included
  std::string start_open, end_open;  ///< a day that is excluded
  [[nodiscard]] bool any() const { return !start.empty() || !end.empty() || !start_open.empty() || !end_open.empty(); }
  void clear() {
    for (std::string* bound : {&start, &end, &start_open, &end_open}) bound->clear();
  }
};

/// The same as our `since` and `until`.
struct GexfPeriod {
  std::string since, until;
  bool has_clock = false;  ///< a time of day was left out
  bool is_number = false;  ///< a bound is a number that is no year: then there is no since and no until
  [[nodiscard]] bool any() const { return !since.empty() || !until.empty(); }
  friend bool operator==(const GexfPeriod&, const GexfPeriod&) = default;
};

/// Dates, dates with times, and numbers that are years (1000 to 2999) become days and years; infinite bounds are none;
/// another text stands as it is, for whoever checks dates. An end includes its day, ours excludes it.
GexfPeriod gexf_period(const GexfBounds& bounds);

/// The day or year of a moment: empty where it is none (`Infinity`) or no date.
std::string gexf_moment(std::string_view text, bool& has_clock);

/// Whether a text says no time: it is empty or infinite.
bool is_no_time(std::string_view text);

/// The year, month or day that the period covers exactly: `2024` for 2024-01-01 to 2024-12-31.
std::optional<std::string> calendar_period(const GexfPeriod& period);

}  // namespace chokepoint::detail
