#include "algorithms/dominators.hpp"

#include "chokepoint/snapshot/boost.hpp"
#include "algorithms/reachability.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <boost/graph/dominator_tree.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

/// Vertices reached from the roots when `without` is taken away.
std::vector<bool> reached_without(const test::PlainGraph& graph, const std::vector<Vertex>& roots, Vertex without) {
  std::vector<bool> reached(graph.vertex_count, false);
  for (const Vertex root : roots) reached[root] = root != without;
  for (Vertex round = 0; round < graph.vertex_count; ++round) {
    for (const auto& [from, to] : graph.arcs) {
      if (reached[from] && to != without) reached[to] = true;
    }
  }
  return reached;
}

TEST(Dominators, AgreeWithDeletingEveryVertexInTurn) {
  std::mt19937 random = test::seeded(23);
  for (int round = 0; round < 500; ++round) {
    const auto plain = test::random_graph(random, 11);
    const View view = test::as_view(plain);
    std::vector<Vertex> roots = {static_cast<Vertex>(random() % plain.vertex_count)};
    while (random() % 3 == 0) roots.push_back(static_cast<Vertex>(random() % plain.vertex_count));
    const DominatorTree tree = find_dominators(ArcGraph(view), roots);
    const auto reached = reached_without(plain, roots, no_vertex);
    std::vector<Vertex> order = tree.order;
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> counts(plain.vertex_count, 0);
    for (Vertex v = 0; v < plain.vertex_count; ++v) {
      EXPECT_EQ(std::binary_search(order.begin(), order.end(), v), reached[v]);
      std::vector<Vertex> expected;
      for (Vertex w = 0; w < plain.vertex_count; ++w) {
        if (w != v && reached[v] && !reached_without(plain, roots, w)[v]) {
          expected.push_back(w);
          ++counts[w];
        }
      }
      std::vector<Vertex> found = tree.dominators_of(v);
      std::sort(found.begin(), found.end());
      EXPECT_EQ(found, expected) << "vertex " << v;
    }
    EXPECT_EQ(tree.dominated_counts(), counts);
  }
}

TEST(Dominators, AgreeWithBoostOnLargerGraphs) {
  std::mt19937 random = test::seeded(29);
  for (int round = 0; round < 40; ++round) {
    test::PlainGraph plain;
    plain.vertex_count = 300;
    for (int i = 0; i < 700; ++i) {
      plain.arcs.emplace_back(static_cast<Vertex>(random() % 300), static_cast<Vertex>(random() % 300));
    }
    const View view = test::as_view(plain);
    const ArcGraph graph(view);
    const DirectedGraph model(graph);
    const Vertex root = 0;
    constexpr auto unnumbered = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> numbers(plain.vertex_count, unnumbered);
    std::vector<Vertex> parents(plain.vertex_count, no_vertex), by_number(plain.vertex_count, no_vertex);
    std::vector<Vertex> dominators(plain.vertex_count, no_vertex);
    const auto index = get(boost::vertex_index, model);
    boost::lengauer_tarjan_dominator_tree(model, root, index, boost::make_iterator_property_map(numbers.begin(), index),
                                          boost::make_iterator_property_map(parents.begin(), index), by_number,
                                          boost::make_iterator_property_map(dominators.begin(), index));
    EXPECT_EQ(find_dominators(graph, std::array{root}).parent, dominators);
  }
}

TEST(Dominators, AreEveryVertexBeforeOnAPathOfAMillionWithAWayBack) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    const DominatorTree tree = find_dominators(ArcGraph(view), std::array<Vertex, 1>{0});
    EXPECT_EQ(tree.parent[n - 1], n - 2);
    EXPECT_EQ(tree.dominators_of(n - 1).size(), n - 1);
    EXPECT_EQ(tree.dominated_counts()[0], n - 1);
  }
}

}  // namespace
}  // namespace chokepoint
