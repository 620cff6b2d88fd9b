#include "present/briefs/restrictions_rows.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

bool is_stricter(const Restriction& a, const Restriction& b) {
  const auto key = [](const Restriction& r) {
    return std::tuple(r.mode_order, !r.first_day.has_value(), r.first_day.value_or(Date{}),
                      std::string_view(r.edge.id));
  };
  return key(a) < key(b);
}

}  // namespace

std::vector<RestrictedRow> rows_of(const std::vector<Restriction>& list) {
  std::map<std::pair<std::string_view, std::string_view>, RestrictedRow> by_thing;
  for (const Restriction& each : list) by_thing[{each.edge.to, each.edge.market}].by.push_back(&each);
  std::vector<RestrictedRow> rows;
  for (auto& [key, row] : by_thing) {
    std::ranges::sort(row.by, [](const Restriction* a, const Restriction* b) { return is_stricter(*a, *b); });
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, [](const RestrictedRow& a, const RestrictedRow& b) {
    const auto key = [](const Restriction& r) {
      return std::tuple(r.is_on_actor, r.mode_order, !r.first_day.has_value(), r.first_day.value_or(Date{}),
                        std::string_view(r.edge.to), std::string_view(r.edge.market));
    };
    return key(a.first()) < key(b.first());
  });
  return rows;
}

std::vector<MeasureRow> measures_of(const std::vector<Restriction>& list) {
  std::map<std::string_view, MeasureRow> by_policy;
  for (const Restriction& each : list) {
    MeasureRow& row = by_policy[each.edge.from];
    row.policy = each.edge.from;
    if (each.first_day && (!row.first_day || *each.first_day < *row.first_day)) {
      row.first_day = each.first_day;
      row.since = each.since;
    }
    row.restricts.push_back(&each);
  }
  std::vector<MeasureRow> rows;
  for (auto& [policy, row] : by_policy) {
    std::ranges::stable_sort(row.restricts, {}, &Restriction::mode_order);
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const MeasureRow& row) {
    return std::tuple(!row.first_day.has_value(), row.first_day.value_or(Date{}), std::string_view(row.policy));
  });
  return rows;
}

std::string pause_text(const Restriction& r) {
  const std::string from = r.pause->from ? to_string(*r.pause->from) : std::string();
  const std::string to = r.pause->to ? to_string(Date{r.pause->to->days - 1}) : std::string();
  return from + (from.empty() ? "– " : " –") + (from.empty() || to.empty() ? "" : " ") + to;
}

}  // namespace chokepoint::detail
