#include "export/layout/layout.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace chokepoint::detail {
namespace {

void expect_distinct(const std::vector<Point>& points) {
  std::set<std::pair<double, double>> seen;
  for (const Point& point : points) EXPECT_TRUE(seen.insert({point.x, point.y}).second);
}

TEST(LayeredLayout, PutsWhatDependsLeftOfWhatItDependsOn) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random = test::seeded(seed);
    const auto nodes = static_cast<std::uint32_t>(2 + random() % 60);
    std::vector<Link> arcs;
    for (std::size_t i = 0; i < random() % 150; ++i) {
      const auto a = static_cast<std::uint32_t>(random() % nodes), b = static_cast<std::uint32_t>(random() % nodes);
      if (a != b) arcs.push_back({std::min(a, b), std::max(a, b)});  // no cycles
    }
    std::shuffle(arcs.begin(), arcs.end(), random);
    const auto points = lay_out_layered(nodes, arcs, arcs);
    ASSERT_EQ(points.size(), nodes);
    expect_distinct(points);
    for (const Link& arc : arcs) EXPECT_LT(points[arc.a].x, points[arc.b].x);
  }
}

TEST(LayeredLayout, EndsOnCyclesAndLoops) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random = test::seeded(seed);
    const auto nodes = static_cast<std::uint32_t>(1 + random() % 30);
    std::vector<Link> arcs;
    for (std::size_t i = 0; i < 80; ++i)
      arcs.push_back({static_cast<std::uint32_t>(random() % nodes), static_cast<std::uint32_t>(random() % nodes)});
    const auto points = lay_out_layered(nodes, arcs, arcs);
    expect_distinct(points);
    EXPECT_EQ(points, lay_out_layered(nodes, arcs, arcs));
  }
}

TEST(LayeredLayout, WalksALongChainWithoutRecursion) {
  constexpr std::uint32_t nodes = 200'000;
  std::vector<Link> arcs;
  for (std::uint32_t v = 0; v + 1 < nodes; ++v) arcs.push_back({v, v + 1});
  const auto points = lay_out_layered(nodes, arcs, arcs);
  EXPECT_LT(points.front().x, points.back().x);
}

TEST(LayeredLayout, PutsNodesWithoutArcsLast) {
  const std::vector<Link> arcs = {{0, 1}};
  const auto points = lay_out_layered(3, arcs, arcs);
  EXPECT_GT(points[2].x, points[1].x);
  EXPECT_TRUE(lay_out_layered(0, {}, {}).empty());
}

TEST(LayeredLayout, StraightensWhatNeedNotCross) {
  // Two chains, written crosswise: in order, no arc crosses another.
  const std::vector<Link> arcs = {{0, 3}, {1, 2}};
  const auto points = lay_out_layered(4, arcs, arcs);
  EXPECT_EQ(points[0].y > points[1].y, points[3].y > points[2].y);
}

TEST(ForceLayout, SettlesLargerGraphsWhenAskedTo) {
  std::mt19937 random = test::seeded(7);
  std::vector<Link> links;
  for (std::size_t i = 0; i < 2000; ++i)
    links.push_back({static_cast<std::uint32_t>(random() % 1000), static_cast<std::uint32_t>(random() % 1000)});
  expect_distinct(lay_out(1000, links, 1, Effort::settled));
}

}  // namespace
}  // namespace chokepoint::detail
