#include "algorithms/components.hpp"

#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace chokepoint {
namespace {

using Matrix = std::vector<std::vector<bool>>;

/// Who reaches whom (everyone themselves), by squaring until nothing changes.
Matrix reach_matrix(Vertex n, const test::ArcList& arcs) {
  Matrix reach(n, std::vector<bool>(n, false));
  for (Vertex v = 0; v < n; ++v) reach[v][v] = true;
  for (const auto& [from, to] : arcs) reach[from][to] = true;
  for (Vertex k = 0; k < n; ++k) {
    for (Vertex i = 0; i < n; ++i) {
      for (Vertex j = 0; j < n; ++j) {
        if (reach[i][k] && reach[k][j]) reach[i][j] = true;
      }
    }
  }
  return reach;
}

test::ArcList both_ways(const test::ArcList& arcs) {
  test::ArcList all = arcs;
  for (const auto& [from, to] : arcs) all.emplace_back(to, from);
  return all;
}

/// Undirected components among the vertices other than `without`.
std::size_t pieces(const test::PlainGraph& graph, const test::ArcList& arcs, Vertex without) {
  test::ArcList kept;
  for (const auto& arc : arcs) {
    if (arc.first != without && arc.second != without) kept.push_back(arc);
  }
  const Matrix reach = reach_matrix(graph.vertex_count, both_ways(kept));
  std::set<std::vector<bool>> rows;
  for (Vertex v = 0; v < graph.vertex_count; ++v) {
    if (v != without) rows.insert(reach[v]);
  }
  return rows.size();
}

TEST(StrongComponents, AgreeWithWhoReachesWhom) {
  std::mt19937 random = test::seeded(31);
  for (int round = 0; round < 400; ++round) {
    const auto plain = test::random_graph(random, 11);
    const View view = test::as_view(plain);
    const Components components = find_strong_components(ArcGraph(view));
    const Matrix reach = reach_matrix(plain.vertex_count, plain.arcs);
    std::uint32_t next = 0;
    for (Vertex v = 0; v < plain.vertex_count; ++v) {
      std::uint32_t size = 0;
      bool is_first = true;
      for (Vertex w = 0; w < plain.vertex_count; ++w) {
        const bool together = reach[v][w] && reach[w][v];
        EXPECT_EQ(components.of[v] == components.of[w], together);
        size += together ? 1 : 0;
        is_first = is_first && !(together && w < v);
      }
      EXPECT_EQ(components.size[components.of[v]], size);
      if (is_first) {
        EXPECT_EQ(components.of[v], next++) << "numbered by the smallest vertex";
      }
    }
    EXPECT_EQ(components.count(), next);
  }
}

TEST(StrongComponents, LeaveOutHiddenNodes) {
  test::GraphFixture g;
  g.node("a", "firm").since = "2030";
  g.node("b", "firm");
  const Components components = find_strong_components(ArcGraph(g.view()));
  EXPECT_EQ(components.of, (std::vector<std::uint32_t>{no_component, 0}));
}

TEST(CutPoints, AgreeWithDeletingEveryVertexAndEdgeInTurn) {
  std::mt19937 random = test::seeded(37);
  for (int round = 0; round < 400; ++round) {
    const auto plain = test::random_graph(random, 10);
    const View view = test::as_view(plain);
    const CutPoints found = find_cut_points(ArcGraph(view, {}, Walk::either));
    const std::size_t whole = pieces(plain, plain.arcs, no_vertex);
    std::vector<Vertex> points;
    for (Vertex v = 0; v < plain.vertex_count; ++v) {
      const bool is_alone = std::none_of(plain.arcs.begin(), plain.arcs.end(),
                                         [&](const auto& arc) { return (arc.first == v) != (arc.second == v); });
      if (!is_alone && pieces(plain, plain.arcs, v) > whole) points.push_back(v);
    }
    EXPECT_EQ(found.articulation_points, points);
    std::vector<std::int64_t> bridges;
    for (std::size_t i = 0; i < plain.arcs.size(); ++i) {
      test::ArcList rest = plain.arcs;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (pieces(plain, rest, no_vertex) > whole) bridges.push_back(static_cast<std::int64_t>(i) + 1);
    }
    std::vector<std::int64_t> keys;
    for (const Arc e : found.bridges) keys.push_back(view.snapshot().columns().edge_key[e]);
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(keys, bridges);
  }
}

TEST(Components, PassAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    EXPECT_EQ(find_strong_components(ArcGraph(view)).count(), is_closed ? 1U : n);
    const CutPoints found = find_cut_points(ArcGraph(view, {}, Walk::either));
    EXPECT_EQ(found.articulation_points.size(), is_closed ? 0U : n - 2);
    EXPECT_EQ(found.bridges.size(), is_closed ? 0U : n - 1);
    EXPECT_EQ(found.biconnected_components, is_closed ? 1U : n - 1);
  }
}

}  // namespace
}  // namespace chokepoint
