#pragma once

#include "chokepoint/query/restrictions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What is restricted in one market, by one measure or more; the strictest first.
struct RestrictedRow {
  std::vector<const Restriction*> by;
  [[nodiscard]] const Restriction& first() const { return *by.front(); }
};

/// What a policy does here.
struct MeasureRow {
  std::string policy;
  std::string since;  ///< the first of its edges
  std::optional<Date> first_day;
  std::vector<const Restriction*> restricts;
};

/// By what is restricted and where, things first; the strictest and oldest first.
std::vector<RestrictedRow> rows_of(const std::vector<Restriction>& list);
/// In order of time, undated last.
std::vector<MeasureRow> measures_of(const std::vector<Restriction>& list);
/// `2025-11-09 – 2026-11-27`: the days of its suspension, both in it. @pre it has one
std::string pause_text(const Restriction& r);

}  // namespace chokepoint::detail
