#include "export/layout/layout.hpp"

#include "export/layout/quadtree.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace chokepoint::detail {

namespace {

constexpr double cell = 30;  ///< a node's own square in the finished picture
constexpr std::size_t most_rounds = 300;
constexpr double opening = 1.0;  ///< Barnes–Hut angle
constexpr double gravity = 0.3;
constexpr double rate = 0.4;  ///< part of the force taken as a step; above 0.5 leaves oscillate

struct Limits {
  std::size_t most_relaxed;  ///< nodes; larger graphs stay on the disc
  double work_budget;        ///< visits of quadtree squares and links
};

Limits limits_of(Effort effort) { return effort == Effort::quick ? Limits{50'000, 2e7} : Limits{200'000, 4e8}; }

/// Sebastiano Vigna's splitmix64, public domain: one seed gives the same numbers everywhere.
std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

/// In [-1, 1).
double next_signed(std::uint64_t& state) { return static_cast<double>(next_random(state) >> 11U) * 0x1.0p-52 - 1.0; }

/// Both directions of every link in CSR form; loops are left out.
struct Neighbours {
  std::vector<std::size_t> offset;
  std::vector<std::uint32_t> target;

  [[nodiscard]] std::span<const std::uint32_t> of(std::size_t v) const {
    return std::span(target).subspan(offset[v], offset[v + 1] - offset[v]);
  }
};

Neighbours neighbours(std::size_t node_count, std::span<const Link> links) {
  Neighbours result;
  result.offset.assign(node_count + 1, 0);
  for (const Link& link : links)
    if (link.a != link.b) ++result.offset[link.a + 1], ++result.offset[link.b + 1];
  std::partial_sum(result.offset.begin(), result.offset.end(), result.offset.begin());
  result.target.resize(result.offset.back());
  std::vector<std::size_t> next(result.offset.begin(), result.offset.end() - 1);
  for (const Link& link : links) {
    if (link.a == link.b) continue;
    result.target[next[link.a]++] = link.b;
    result.target[next[link.b]++] = link.a;
  }
  return result;
}

/// Breadth first from the best-linked node of each component, components by that node: hubs come early, and
/// neighbours stay near each other in the order.
std::vector<std::uint32_t> deal_order(const Neighbours& graph) {
  const std::size_t n = graph.offset.size() - 1;
  std::vector<std::uint32_t> by_degree(n);
  std::iota(by_degree.begin(), by_degree.end(), 0U);
  std::stable_sort(by_degree.begin(), by_degree.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return graph.of(a).size() > graph.of(b).size(); });
  std::vector<std::uint32_t> order;
  order.reserve(n);
  std::vector<char> seen(n, 0);
  for (const std::uint32_t start : by_degree) {
    if (seen[start] != 0) continue;
    seen[start] = 1;
    order.push_back(start);
    for (std::size_t head = order.size() - 1; head < order.size(); ++head)
      for (const std::uint32_t other : graph.of(order[head]))
        if (seen[other] == 0) {
          seen[other] = 1;
          order.push_back(other);
        }
  }
  return order;
}

/// Points of a sunflower: equal area for each, no two alike. The golden angle is turned by multiplication.
std::vector<Point> sunflower(const std::vector<std::uint32_t>& order, double spacing, std::uint64_t seed) {
  constexpr double turn_cos = -0.7373688780783197, turn_sin = 0.6754902942615238;
  std::uint64_t state = seed;
  Point direction = {1.5 + next_signed(state), next_signed(state)};
  std::vector<Point> points(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double length = std::sqrt(direction.x * direction.x + direction.y * direction.y);
    direction = {direction.x / length, direction.y / length};
    const double radius = spacing * std::sqrt(static_cast<double>(i) + 0.5);
    points[order[i]] = {radius * direction.x, radius * direction.y};
    direction = {direction.x * turn_cos - direction.y * turn_sin, direction.x * turn_sin + direction.y * turn_cos};
  }
  return points;
}

std::size_t rounds_for(std::size_t n, std::size_t ends, double work_budget) {
  if (n < 2) return 0;
  const double per_round =
      static_cast<double>(n) * 8 * std::log2(static_cast<double>(n) + 1) + static_cast<double>(ends);
  return std::min(most_rounds, static_cast<std::size_t>(work_budget / per_round) + 1);
}

void relax(std::vector<Point>& points, const Neighbours& graph, double work_budget) {
  const std::size_t n = points.size();
  const std::size_t rounds = rounds_for(n, graph.target.size(), work_budget);
  std::vector<double> mass(n);
  for (std::size_t v = 0; v < n; ++v) mass[v] = static_cast<double>(graph.of(v).size()) + 1;
  const double reach = std::sqrt(static_cast<double>(graph.target.size() + n));
  Quadtree tree;
  std::vector<Point> step(n);
  for (std::size_t round = 0; round < rounds; ++round) {
    const double longest = 0.2 * reach * (1 - static_cast<double>(round) / static_cast<double>(rounds));
    tree.build(points, mass);
    for (std::size_t v = 0; v < n; ++v) {
      const Point p = points[v];
      Point force = tree.repulsion(p, opening);
      Point pull;
      for (const std::uint32_t other : graph.of(v)) pull.x += points[other].x - p.x, pull.y += points[other].y - p.y;
      force.x += pull.x / mass[v] - gravity * p.x;
      force.y += pull.y / mass[v] - gravity * p.y;
      const double length = rate * std::sqrt(force.x * force.x + force.y * force.y);
      const double scale = length > longest ? rate * longest / length : rate;
      step[v] = {scale * force.x, scale * force.y};
    }
    for (std::size_t v = 0; v < n; ++v) points[v] = {points[v].x + step[v].x, points[v].y + step[v].y};
  }
}

/// Centres the picture and scales it so that its box has room for `roominess` cells a node.
void normalise(std::vector<Point>& points) {
  constexpr double roominess = 8;
  Point low = points.front(), high = points.front();
  for (const Point& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  const Point middle = {(low.x + high.x) / 2, (low.y + high.y) / 2};
  const double side = std::max({high.x - low.x, high.y - low.y, 1e-9});
  const double scale = cell * std::sqrt(roominess * static_cast<double>(points.size())) / side;
  for (Point& point : points) point = {(point.x - middle.x) * scale, (point.y - middle.y) * scale};
}

/// The n-th cell of a square spiral around the origin; 0 is the origin itself.
std::pair<std::int64_t, std::int64_t> spiral(std::int64_t n) {
  if (n == 0) return {0, 0};
  auto ring = static_cast<std::int64_t>((std::sqrt(static_cast<double>(n)) + 1) / 2);
  while ((2 * ring + 1) * (2 * ring + 1) <= n) ++ring;
  while ((2 * ring - 1) * (2 * ring - 1) > n) --ring;
  const std::int64_t on_ring = n - (2 * ring - 1) * (2 * ring - 1);
  const std::int64_t along = on_ring % (2 * ring), side = on_ring / (2 * ring);
  if (side == 0) return {ring, along - ring + 1};
  if (side == 1) return {ring - 1 - along, ring};
  if (side == 2) return {-ring, ring - 1 - along};
  return {along - ring + 1, -ring};
}

/// One node a cell, the first comer at home and later ones in the nearest free cell; each keeps to the inner part of
/// its cell, so that no two come nearer to each other than two fifths of a cell.
void separate(std::vector<Point>& points) {
  const auto key = [](std::int64_t x, std::int64_t y) {
    return (static_cast<std::uint64_t>(x) << 32U) ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFFU);
  };
  // cell -> where the search of the next node that falls into it resumes; present means taken
  std::unordered_map<std::uint64_t, std::int64_t> taken;
  taken.reserve(points.size());
  for (Point& point : points) {
    const Point home = {std::floor(point.x / cell), std::floor(point.y / cell)};
    const auto x = static_cast<std::int64_t>(home.x), y = static_cast<std::int64_t>(home.y);
    std::pair<std::int64_t, std::int64_t> offset = {0, 0};
    if (!taken.emplace(key(x, y), 1).second) {
      std::int64_t next = taken[key(x, y)];
      do {
        offset = spiral(next++);
      } while (!taken.emplace(key(x + offset.first, y + offset.second), 1).second);
      taken[key(x, y)] = next;
    }
    const Point within = {point.x / cell - home.x, point.y / cell - home.y};
    point = {(home.x + static_cast<double>(offset.first) + 0.2 + 0.6 * within.x) * cell,
             (home.y + static_cast<double>(offset.second) + 0.2 + 0.6 * within.y) * cell};
  }
}

double to_tenths(double value) {
  const double rounded = std::round(value * 10) / 10;
  return rounded == 0 ? 0 : rounded;
}

}  // namespace

std::vector<Point> lay_out(std::size_t node_count, std::span<const Link> links, std::uint64_t seed, Effort effort) {
  if (node_count == 0) return {};
  const Limits limits = limits_of(effort);
  const Neighbours graph = neighbours(node_count, links);
  const bool relaxed = node_count <= limits.most_relaxed;
  const double reach = std::sqrt(static_cast<double>(graph.target.size() + node_count));
  const double spacing = relaxed ? reach / std::sqrt(static_cast<double>(node_count)) : cell;
  std::vector<Point> points = sunflower(deal_order(graph), spacing, seed);
  if (relaxed) {
    relax(points, graph, limits.work_budget);
    normalise(points);
    separate(points);
  }
  for (Point& point : points) point = {to_tenths(point.x), to_tenths(point.y)};
  return points;
}

}  // namespace chokepoint::detail
