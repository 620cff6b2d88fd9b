// A path of a million nodes, and the cycle it makes when it is closed, pass the plain algorithms, reach, paths and
// ownership on an 8 MiB stack.

#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/vertex_cut.hpp"
#include "analysis/lenses/paths.hpp"
#include "tests/deep/deep_graph.hpp"

#include <gtest/gtest.h>

#include <array>

namespace chokepoint {
namespace {

using test::million;

class DeepPlainGraph : public test::DeepGraph {};
INSTANTIATE_TEST_SUITE_P(PathAndCycle, DeepPlainGraph, testing::Bool(), test::path_or_cycle);

TEST_P(DeepPlainGraph, PassesEveryPlainAlgorithm) {
  const ArcChoice choice{.dependencies = true, .soft = true, .asked = false, .edge_types = {}};
  const ArcGraph graph(view(), choice);
  const ArcGraph either(view(), choice, Walk::either);
  const std::array<Vertex, 1> start{0};
  EXPECT_EQ(reach(graph, start).size(), million - 1);
  EXPECT_EQ(find_strong_components(graph).count(), is_cycle() ? 1U : million);
  EXPECT_EQ(find_dominators(graph, start).dominated_counts()[0], million - 1);
  const CutPoints cut_points = find_cut_points(either);
  EXPECT_EQ(cut_points.bridges.size(), is_cycle() ? 0U : million - 1);
  EXPECT_EQ(cut_points.articulation_points.size(), is_cycle() ? 0U : million - 2);
  EXPECT_EQ(find_core_numbers(either)[million / 2], is_cycle() ? 2U : 1U);
  EXPECT_EQ(find_page_rank(graph).size(), million);
  EXPECT_EQ(find_vertex_cut(graph, 0, million / 2)->size(), 1U);
  EXPECT_EQ(sample_betweenness(graph, 2).values.size(), million);
}

TEST_P(DeepPlainGraph, PassesReachAndOwnership) {
  EXPECT_EQ(find_dependencies(view(), 0).nodes.size(), million - 1);
  EXPECT_EQ(find_dependents(view(), million - 1).nodes.size(), million - 1);
  EXPECT_TRUE(find_concentration(view()).empty());
  const std::array<Vertex, 1> owner{0};
  EXPECT_TRUE(find_ownership(view(), owner).owned.empty());
}

TEST_P(DeepPlainGraph, HasItsShortestPath) {
  const std::vector<GraphPath> paths = find_paths(view(), 0, million - 1, {.count = 1});
  ASSERT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths.front().vertices.size(), million);
  EXPECT_EQ(find_paths(view(), million - 1, 0, {.count = 1}).size(), is_cycle() ? 1U : 0U);
}

}  // namespace
}  // namespace chokepoint
