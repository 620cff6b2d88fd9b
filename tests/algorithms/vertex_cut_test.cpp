#include "algorithms/vertex_cut.hpp"

#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

using Bits = std::uint32_t;

/// Whether `to` is reached when the vertices in `removed` are gone.
bool is_joined(const test::PlainGraph& graph, Vertex from, Vertex to, Bits removed) {
  Bits reached = Bits{1} << from;
  for (Vertex round = 0; round < graph.vertex_count; ++round) {
    for (const auto& [a, b] : graph.arcs) {
      if ((reached >> a & 1U) != 0 && (removed >> b & 1U) == 0) reached |= Bits{1} << b;
    }
  }
  return (reached >> to & 1U) != 0;
}

TEST(VertexCut, IsAsSmallAsAnySetThatSeparates) {
  std::mt19937 random = test::seeded(41);
  int larger = 0;
  for (int round = 0; round < 800; ++round) {
    auto plain = test::random_graph(random, 9);
    // More arcs than most random graphs have, so that cuts of two and three come up.
    for (Vertex i = 0; i < 2 * plain.vertex_count; ++i) {
      plain.arcs.emplace_back(static_cast<Vertex>(random() % plain.vertex_count),
                              static_cast<Vertex>(random() % plain.vertex_count));
    }
    const bool either = round % 2 == 0;
    if (either) {
      const auto arcs = plain.arcs;
      for (const auto& [a, b] : arcs) plain.arcs.emplace_back(b, a);
    }
    const View view = test::as_view(plain);
    const ArcGraph graph(view, {}, either ? Walk::either : Walk::forward);
    const Vertex from = 0;
    const Vertex to = plain.vertex_count - 1;
    const Bits ends = Bits{1} << from | Bits{1} << to;
    const Bits inner = ((Bits{1} << plain.vertex_count) - 1) & ~ends;
    const bool can_be_cut = !is_joined(plain, from, to, inner);
    const auto cut = find_vertex_cut(graph, from, to);
    ASSERT_EQ(cut.has_value(), can_be_cut);
    if (!cut) continue;
    int smallest = 100;
    for (Bits removed = 0; removed <= inner; ++removed) {
      if ((removed & ends) == 0 && !is_joined(plain, from, to, removed)) {
        smallest = std::min(smallest, std::popcount(removed));
      }
    }
    EXPECT_EQ(static_cast<int>(cut->size()), smallest);
    Bits members = 0;
    for (const Vertex v : *cut) members |= Bits{1} << v;
    EXPECT_FALSE(is_joined(plain, from, to, members));
    EXPECT_EQ(members & ends, 0U);
    larger += smallest > 1 ? 1 : 0;
  }
  EXPECT_GT(larger, 50);
}

TEST(VertexCut, CannotSeparateNeighboursOrAVertexFromItself) {
  const View view = test::as_view({4, {{0, 1}, {1, 2}}});
  const ArcGraph graph(view);
  EXPECT_FALSE(find_vertex_cut(graph, 0, 1));
  EXPECT_FALSE(find_vertex_cut(graph, 0, 0));
  EXPECT_EQ(find_vertex_cut(graph, 0, 2), (std::vector<Vertex>{1}));
  EXPECT_EQ(find_vertex_cut(graph, 0, 3), (std::vector<Vertex>{}));
  EXPECT_EQ(find_vertex_cut(graph, 2, 0), (std::vector<Vertex>{}));
}

TEST(VertexCut, IsTheOneNearestToTheStart) {
  // 0 → {1, 2} → {3, 4} → 5: {1, 2} and {3, 4} and mixtures separate.
  const View view = test::as_view({6, {{0, 1}, {0, 2}, {1, 3}, {2, 4}, {3, 5}, {4, 5}}});
  EXPECT_EQ(find_vertex_cut(ArcGraph(view), 0, 5), (std::vector<Vertex>{1, 2}));
}

TEST(VertexCut, PassesAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    EXPECT_EQ(find_vertex_cut(ArcGraph(view), 0, n - 1), (std::vector<Vertex>{1}));
    const auto either = find_vertex_cut(ArcGraph(view, {}, Walk::either), 0, n / 2);
    EXPECT_EQ(either, is_closed ? (std::vector<Vertex>{1, n - 1}) : (std::vector<Vertex>{1}));
  }
}

}  // namespace
}  // namespace chokepoint
