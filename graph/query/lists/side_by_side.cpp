#include "query/lists/side_by_side.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace chokepoint::detail {

namespace {

using SeriesKey = std::tuple<std::string, std::string, std::string, std::string, std::string>;
using Series = std::vector<std::vector<Observation>>;  ///< per node

/// The figure of each node in one period; nullopt for nodes without one. Rivals: the one that counts.
std::vector<std::optional<Observation>> of_period(Claims& claims, const Series& series, const std::string& period) {
  std::vector<std::optional<Observation>> values(series.size());
  for (std::size_t i = 0; i < series.size(); ++i) {
    std::vector<Observation> matching;
    std::ranges::copy_if(series[i], std::back_inserter(matching),
                         [&](const Observation& o) { return figure_period(o) == period; });
    if (!matching.empty()) values[i] = matching[claims.counting(matching).front()];
  }
  return values;
}

std::vector<std::optional<Observation>> counting_ones(Claims& claims, const Series& series) {
  std::vector<std::optional<Observation>> values(series.size());
  for (std::size_t i = 0; i < series.size(); ++i)
    if (!series[i].empty()) values[i] = series[i][claims.counting(series[i]).front()];
  return values;
}

/// Among the periods that most nodes share, the one whose figures the day's rule prefers.
void fill(Claims& claims, const Series& series, ComparedFigure& row) {
  row.values = counting_ones(claims, series);
  std::vector<Observation> candidates;
  std::size_t best = 1;
  std::map<std::string, std::size_t> shared;
  for (const auto& figures : series)
    for (const Observation& figure : figures) shared.try_emplace(figure_period(figure), 0);
  for (auto& [period, count] : shared) {
    count = filled(of_period(claims, series, period));
    best = std::max(best, count);
  }
  if (best < 2) return;
  for (const auto& figures : series)
    for (const Observation& figure : figures)
      if (shared.at(figure_period(figure)) == best) candidates.push_back(figure);
  // The candidates are one series as far as dates go.
  for (Observation& candidate : candidates) candidate.subject.clear();
  row.values = of_period(claims, series, figure_period(candidates[claims.counting(candidates).front()]));
  row.same_period = true;
}

}  // namespace

std::vector<ComparedFigure> line_up(Claims& claims, std::span<const std::vector<Observation>> figures) {
  std::map<SeriesKey, Series> all;
  for (std::size_t i = 0; i < figures.size(); ++i)
    for (const Observation& o : figures[i]) {
      Series& series = all[{o.indicator, o.item, o.market, o.relative_to, o.unit}];
      series.resize(figures.size());
      series[i].push_back(o);
    }
  std::vector<ComparedFigure> rows;
  for (const auto& [key, series] : all) {
    ComparedFigure row;
    std::tie(row.indicator, row.item, row.market, row.relative_to, row.unit) = key;
    fill(claims, series, row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<ComparedRelation> line_up(Claims& claims, std::span<const std::string> nodes,
                                      std::span<const std::vector<Edge>> edges) {
  using Key = std::tuple<std::string, bool, std::string, std::string, std::string, std::string, std::string>;
  std::map<Key, std::vector<std::optional<Edge>>> all;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (const Edge& edge : edges[i]) {
      const bool outgoing = edge.from == nodes[i];
      const std::string& other = outgoing ? edge.to : edge.from;
      if ((!outgoing && edge.to != nodes[i]) || std::ranges::find(nodes, other) != nodes.end()) continue;
      auto& slots = all[{edge.type, !outgoing, other, edge.item, edge.market, edge.origin, claims.role_of(edge)}];
      slots.resize(nodes.size());
      // The latest measure up to the day stands; among rivals the one that counts.
      if (!slots[i] || claims.stands_before(edge, *slots[i])) slots[i] = edge;
    }
  }
  std::vector<ComparedRelation> rows;
  for (auto& [key, slots] : all) {
    ComparedRelation row;
    row.edges = std::move(slots);
    bool incoming = false;
    std::tie(row.type, incoming, row.other, row.item, row.market, row.origin, std::ignore) = key;
    row.outgoing = !incoming;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace chokepoint::detail
