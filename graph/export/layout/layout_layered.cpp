#include "export/layout/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chokepoint::detail {

namespace {

constexpr double between_columns = 180, between_rows = 72;  ///< room for a label
constexpr std::size_t sweeps = 24;
constexpr std::uint32_t unplaced = 0xFFFFFFFF;

/// Arcs by their start, in CSR form; loops are left out.
struct Targets {
  std::vector<std::size_t> offset;
  std::vector<std::uint32_t> target;
  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t v) const {
    return std::span(target).subspan(offset[v], offset[v + 1] - offset[v]);
  }
};

Targets by_start(std::size_t n, std::span<const Link> arcs, bool both_ways) {
  Targets out;
  out.offset.assign(n + 1, 0);
  for (const Link& arc : arcs) {
    if (arc.a == arc.b) continue;
    ++out.offset[arc.a + 1];
    if (both_ways) ++out.offset[arc.b + 1];
  }
  std::partial_sum(out.offset.begin(), out.offset.end(), out.offset.begin());
  out.target.resize(out.offset.back());
  std::vector<std::size_t> next(out.offset.begin(), out.offset.end() - 1);
  for (const Link& arc : arcs) {
    if (arc.a == arc.b) continue;
    out.target[next[arc.a]++] = arc.b;
    if (both_ways) out.target[next[arc.b]++] = arc.a;
  }
  return out;
}

/// Longest ways from the nodes on which nothing depends, over the arcs that close no cycle; `unplaced` without arcs.
/// The finishing order of a depth-first walk is a topological order of the arcs that remain.
std::vector<std::uint32_t> tiers_of(std::size_t n, std::span<const Link> arcs) {
  const Targets targets = by_start(n, arcs, false);
  std::vector<std::uint32_t> incoming(n, 0);
  for (const std::uint32_t target : targets.target) ++incoming[target];
  std::vector<std::uint32_t> starts(n);
  std::iota(starts.begin(), starts.end(), 0U);
  // Starting where nothing comes in leaves whole graphs without cycles untouched.
  std::stable_partition(starts.begin(), starts.end(), [&](std::uint32_t v) { return incoming[v] == 0; });
  std::vector<char> open(n, 0), done(n, 0), closes(targets.target.size(), 0);
  std::vector<std::size_t> next(targets.offset.begin(), targets.offset.end() - 1);
  std::vector<std::uint32_t> finished, stack;
  for (const std::uint32_t start : starts) {
    if (done[start] != 0) continue;
    stack.push_back(start);
    open[start] = 1;
    while (!stack.empty()) {
      const std::uint32_t v = stack.back();
      if (next[v] == targets.offset[v + 1]) {
        open[v] = 0;
        done[v] = 1;
        finished.push_back(v);
        stack.pop_back();
        continue;
      }
      const std::size_t arc = next[v]++;
      const std::uint32_t to = targets.target[arc];
      if (open[to] != 0)
        closes[arc] = 1;
      else if (done[to] == 0)
        open[to] = 1, stack.push_back(to);
    }
  }
  std::vector<std::uint32_t> tier(n, 0);
  for (std::size_t i = finished.size(); i-- > 0;) {
    const std::uint32_t v = finished[i];
    for (std::size_t arc = targets.offset[v]; arc < targets.offset[v + 1]; ++arc)
      if (closes[arc] == 0) tier[targets.target[arc]] = std::max(tier[targets.target[arc]], tier[v] + 1);
  }
  for (std::uint32_t v = 0; v < n; ++v)
    if (incoming[v] == 0 && targets.of(v).empty()) tier[v] = unplaced;
  return tier;
}

/// Orders each tier by the mean relative rank of its nodes' neighbours, tier by tier, forward and backward.
void order_tiers(std::vector<std::vector<std::uint32_t>>& tiers, const Targets& near, std::size_t n) {
  std::vector<double> rank(n, 0.5), wanted(n, 0);
  const auto number = [&](const std::vector<std::uint32_t>& tier) {
    for (std::size_t i = 0; i < tier.size(); ++i)
      rank[tier[i]] = (static_cast<double>(i) + 0.5) / static_cast<double>(tier.size());
  };
  for (const auto& tier : tiers) number(tier);
  for (std::size_t sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      auto& tier = tiers[sweep % 2 == 0 ? i : tiers.size() - 1 - i];
      for (const std::uint32_t v : tier) {
        double sum = 0;
        for (const std::uint32_t other : near.of(v)) sum += rank[other];
        wanted[v] = near.of(v).empty() ? rank[v] : sum / static_cast<double>(near.of(v).size());
      }
      std::stable_sort(tier.begin(), tier.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return wanted[a] < wanted[b]; });
      number(tier);
    }
}

}  // namespace

std::vector<Point> lay_out_layered(std::size_t node_count, std::span<const Link> arcs, std::span<const Link> order) {
  if (node_count == 0) return {};
  std::vector<std::uint32_t> tier = tiers_of(node_count, arcs);
  std::uint32_t last = 0;
  for (const std::uint32_t each : tier)
    if (each != unplaced) last = std::max(last, each + 1);
  std::vector<std::vector<std::uint32_t>> tiers(last + 1);
  for (std::uint32_t v = 0; v < node_count; ++v) tiers[std::min(tier[v], last)].push_back(v);
  std::erase_if(tiers, [](const auto& each) { return each.empty(); });
  order_tiers(tiers, by_start(node_count, order, true), node_count);

  const auto tallest = static_cast<std::size_t>(std::max(12.0, 2 * std::sqrt(static_cast<double>(node_count))));
  std::vector<Point> points(node_count);
  double x = 0;
  for (const auto& each : tiers) {
    const std::size_t columns = (each.size() + tallest - 1) / tallest;
    const std::size_t rows = (each.size() + columns - 1) / columns;
    for (std::size_t i = 0; i < each.size(); ++i) {
      // Neighbours in rank stand beside each other, so that a broken tier keeps its order from top to bottom.
      const std::size_t row = i / columns, column = i % columns;
      const double shift = static_cast<double>(row) - static_cast<double>(rows - 1) / 2;
      points[each[i]] = {x + static_cast<double>(column) * between_columns, shift * between_rows};
    }
    x += static_cast<double>(columns) * between_columns;
  }
  const double middle = (x - between_columns) / 2;
  // Graphviz and Gephi count y upwards: the first of a tier stands on top.
  for (Point& point : points) point = {std::round((point.x - middle) * 10) / 10, std::round(-point.y * 10) / 10};
  for (Point& point : points) point = {point.x + 0.0, point.y + 0.0};
  return points;
}

}  // namespace chokepoint::detail
