#include "algorithms/reachability.hpp"

#include "chokepoint/snapshot/boost.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

using test::random_graph;

constexpr std::uint32_t never = 1'000'000;

/// Fewest arcs from a start, by relaxing every arc n times.
std::vector<std::uint32_t> naive_tiers(const test::PlainGraph& graph, const std::vector<Vertex>& starts) {
  std::vector<std::uint32_t> tier(graph.vertex_count, never);
  for (const Vertex start : starts) tier[start] = 0;
  for (Vertex round = 0; round < graph.vertex_count; ++round) {
    for (const auto& [from, to] : graph.arcs) tier[to] = std::min(tier[to], tier[from] + 1);
  }
  return tier;
}

TEST(Reach, AgreesWithRelaxingEveryArcAndWithBoost) {
  std::mt19937 random = test::seeded(1);
  for (int round = 0; round < 400; ++round) {
    const auto plain = random_graph(random, 12);
    const View view = test::as_view(plain);
    const ArcGraph graph(view);
    const std::vector<Vertex> starts = {static_cast<Vertex>(random() % plain.vertex_count)};
    const auto tier = naive_tiers(plain, starts);
    const std::uint32_t depth = static_cast<std::uint32_t>(random() % 5);
    std::vector<ReachedVertex> all, near;
    for (std::uint32_t t = 1; t <= plain.vertex_count; ++t) {
      for (Vertex v = 0; v < plain.vertex_count; ++v) {
        if (tier[v] != t) continue;
        all.push_back({v, t});
        if (t <= depth) near.push_back({v, t});
      }
    }
    EXPECT_EQ(reach(graph, starts), all);
    EXPECT_EQ(reach(graph, starts, depth), near);

    std::vector<std::uint32_t> distance(plain.vertex_count, never);
    distance[starts[0]] = 0;
    boost::breadth_first_search(
        DirectedGraph(graph), starts[0],
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(distance.data(), boost::on_tree_edge()))));
    EXPECT_EQ(distance, tier);

    std::vector<Vertex> wanted;
    for (Vertex v = 0; v < plain.vertex_count; v += 2) wanted.push_back(v);
    const auto found = reaches(graph, starts, wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(found[i], tier[wanted[i]] != never);
  }
}

TEST(Reach, TakesSeveralStartsAndExcludesThem) {
  const View view = test::as_view({5, {{0, 1}, {1, 2}, {3, 2}, {2, 4}}});
  const ArcGraph graph(view);
  EXPECT_EQ(reach(graph, std::array<Vertex, 3>{0, 3, 3}), (std::vector<ReachedVertex>{{1, 1}, {2, 1}, {4, 2}}));
  EXPECT_TRUE(reach(graph, std::array<Vertex, 0>{}).empty());
}

TEST(Reach, WalksAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    const auto reached = reach(ArcGraph(view), std::array<Vertex, 1>{0});
    ASSERT_EQ(reached.size(), n - 1);
    EXPECT_EQ(reached.back(), (ReachedVertex{n - 1, n - 1}));
  }
}

}  // namespace
}  // namespace chokepoint
