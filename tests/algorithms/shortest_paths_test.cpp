#include "chokepoint/algorithms/shortest_paths.hpp"

#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace chokepoint {
namespace {

using VertexPaths = std::vector<std::vector<Vertex>>;

/// Every loopless path, by trying all (small graphs only: this one may recurse).
void all_paths(const std::vector<std::set<Vertex>>& next, std::vector<Vertex>& way, Vertex to, VertexPaths& paths) {
  if (way.back() == to) {
    paths.push_back(way);
    return;
  }
  for (const Vertex v : next[way.back()]) {
    if (std::find(way.begin(), way.end(), v) != way.end()) continue;
    way.push_back(v);
    all_paths(next, way, to, paths);
    way.pop_back();
  }
}

VertexPaths naive_paths(const test::PlainGraph& graph, Vertex from, Vertex to, bool either) {
  std::vector<std::set<Vertex>> next(graph.vertex_count);
  for (const auto& [a, b] : graph.arcs) {
    next[a].insert(b);
    if (either) next[b].insert(a);
  }
  VertexPaths paths;
  std::vector<Vertex> way = {from};
  all_paths(next, way, to, paths);
  std::sort(paths.begin(), paths.end(),
            [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
  return paths;
}

VertexPaths vertices_of(const std::vector<GraphPath>& paths) {
  VertexPaths vertices;
  for (const GraphPath& path : paths) vertices.push_back(path.vertices);
  return vertices;
}

TEST(ShortestPaths, AgreeWithTryingAllPathsInOrder) {
  std::mt19937 random = test::seeded(5);
  int with_many = 0;
  for (int round = 0; round < 600; ++round) {
    const auto plain = test::random_graph(random, 9);
    const View view = test::as_view(plain);
    const bool either = round % 2 == 0;
    const ArcGraph graph(view, {}, either ? Walk::either : Walk::forward);
    const Vertex from = static_cast<Vertex>(random() % plain.vertex_count);
    const Vertex to = static_cast<Vertex>(random() % plain.vertex_count);
    if (from == to) continue;
    VertexPaths expected = naive_paths(plain, from, to, either);
    with_many += expected.size() > 10 ? 1 : 0;
    EXPECT_EQ(vertices_of(shortest_paths(graph, from, to, 100'000)), expected);

    const std::uint32_t most = 1 + static_cast<std::uint32_t>(random() % 5);
    const std::size_t count = 1 + random() % 6;
    const auto too_long = [&](const auto& path) { return path.size() > most + 1; };
    expected.erase(std::remove_if(expected.begin(), expected.end(), too_long), expected.end());
    if (expected.size() > count) expected.resize(count);
    EXPECT_EQ(vertices_of(shortest_paths(graph, from, to, count, most)), expected);
  }
  EXPECT_GT(with_many, 10);
}

TEST(ShortestPaths, ListAllParallelArcsOfAHop) {
  test::GraphFixture g;
  g.edge("a", "requires", "b");    // 1
  g.edge("a", "uses", "b");        // 2
  g.edge("b", "requires", "c");    // 3
  g.edge("c", "variant-of", "b");  // 4: b depends on c, too
  const View view = g.view();
  const ArcGraph graph(view);
  const auto paths = shortest_paths(graph, test::vertex(view.snapshot(), "a"), test::vertex(view.snapshot(), "c"), 5);
  ASSERT_EQ(paths.size(), 1U);
  std::vector<std::vector<std::int64_t>> keys;
  for (const auto& hop : paths[0].hops) {
    keys.emplace_back();
    for (const Arc e : hop) keys.back().push_back(view.snapshot().columns().edge_key[e]);
  }
  EXPECT_EQ(keys, (std::vector<std::vector<std::int64_t>>{{1, 2}, {3, 4}}));
}

TEST(ShortestPaths, AreNoneFromAVertexToItselfOrToOneOutOfReach) {
  const View view = test::as_view({4, {{0, 1}, {1, 0}, {2, 3}}});
  const ArcGraph graph(view);
  EXPECT_TRUE(shortest_paths(graph, 0, 0, 3).empty());
  EXPECT_TRUE(shortest_paths(graph, 0, 3, 3).empty());
  EXPECT_TRUE(shortest_paths(graph, 0, 1, 0).empty());
  EXPECT_TRUE(shortest_paths(graph, 0, 1, 1, 0).empty());
}

TEST(ShortestPaths, WalkAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    const auto one_way = shortest_paths(ArcGraph(view), 0, n - 1, 3);
    ASSERT_EQ(one_way.size(), 1U);
    EXPECT_EQ(one_way[0].vertices.size(), n);
    const auto either_way = shortest_paths(ArcGraph(view, {}, Walk::either), 0, n - 1, 3);
    ASSERT_EQ(either_way.size(), is_closed ? 2U : 1U);
    EXPECT_EQ(either_way.front().vertices.size(), is_closed ? 2U : n);
  }
}

TEST(ShortestPaths, SearchDeadEndsBesideALongPathWithoutSlowingDown) {
  // 0 → 1 → … → n - 1, and from every vertex a way out and back: no second path, but each vertex looks like one.
  constexpr Vertex n = 200'000;
  test::PlainGraph plain{2 * n, {}};
  for (Vertex v = 0; v + 1 < n; ++v) {
    plain.arcs.emplace_back(v, v + 1);
    plain.arcs.emplace_back(v, n + v);
    plain.arcs.emplace_back(n + v, v);
  }
  const View view = test::as_view(plain);
  EXPECT_EQ(shortest_paths(ArcGraph(view), 0, n - 1, 2).size(), 1U);
}

}  // namespace
}  // namespace chokepoint
