#include "export/formats/figure_series.hpp"

#include "chokepoint/model/date.hpp"

#include <algorithm>
#include <optional>

namespace chokepoint::detail {

namespace {

/// The period a figure is dated with; an open end is an empty text.
std::optional<Spell> period_of(const Observation& figure) {
  if (figure.as_of.empty()) return spell_of(figure.since, figure.until);
  const auto date = parse_partial_date(figure.as_of);
  if (!date) return std::nullopt;
  return Spell{to_string(date->first), to_string(Date{date->next.days - 1})};
}

std::string column_of(const Observation& figure) {
  std::string name = "figure." + figure.indicator;
  if (!figure.item.empty()) name += "." + figure.item;
  if (!figure.market.empty()) name += "@" + figure.market;
  if (!figure.relative_to.empty()) name += "/" + figure.relative_to;
  if (!figure.unit.empty()) name += " [" + figure.unit + "]";
  return name;
}

/// Keeps what does not begin before the end of what is kept already. @return how many were dropped
std::size_t drop_overlaps(std::vector<TimedValue>& values) {
  std::ranges::stable_sort(values,
                           [](const TimedValue& a, const TimedValue& b) { return a.spell.start < b.spell.start; });
  const std::size_t before = values.size();
  std::vector<TimedValue> kept;
  for (TimedValue& value : values) {
    const bool free = kept.empty() || (!kept.back().spell.end.empty() && kept.back().spell.end < value.spell.start);
    if (free) kept.push_back(std::move(value));
  }
  values = std::move(kept);
  return before - values.size();
}

}  // namespace

FigureSeries figure_series(const GraphDocument& document) {
  FigureSeries series;
  for (const Observation& figure : document.observations) {
    const auto value = figure.value.to_double();
    const auto period = period_of(figure);
    if (value && period) series.by_name[column_of(figure)][figure.subject].push_back({*period, *value});
  }
  for (auto& [name, nodes] : series.by_name)
    for (auto& [node, values] : nodes) series.left_out += drop_overlaps(values);
  return series;
}

}  // namespace chokepoint::detail
