// A path of a million nodes, and the cycle it makes when it is closed, pass the plain algorithms, reach and ownership on
// an 8 MiB stack.

#include "chokepoint/algorithms/centrality.hpp"
#include "chokepoint/algorithms/components.hpp"
#include "chokepoint/algorithms/dominators.hpp"
#include "chokepoint/algorithms/reachability.hpp"
#include "chokepoint/algorithms/vertex_cut.hpp"
#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "tests/support/random_graph.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <optional>

namespace chokepoint {
namespace {

constexpr Vertex million = 1'000'000;

/// Node i needs node i + 1; a cycle when the last needs the first.
class DeepGraph : public testing::TestWithParam<bool> {
 protected:
  static void SetUpTestSuite() {
    rlimit stack{};
    ASSERT_EQ(getrlimit(RLIMIT_STACK, &stack), 0);
    ASSERT_LE(stack.rlim_cur, rlim_t{8} << 20U) << "run with ulimit -s 8192";
    for (const bool is_cycle : {false, true}) views_[is_cycle ? 1 : 0].emplace(test::long_path(million, is_cycle));
  }
  static void TearDownTestSuite() {
    for (auto& view : views_) view.reset();
  }
  [[nodiscard]] bool is_cycle() const { return GetParam(); }
  [[nodiscard]] const View& view() const { return *views_[is_cycle() ? 1 : 0]; }

 private:
  static inline std::array<std::optional<View>, 2> views_;
};
INSTANTIATE_TEST_SUITE_P(PathAndCycle, DeepGraph, testing::Bool(),
                         [](const auto& param) { return std::string(param.param ? "Cycle" : "Path"); });

TEST_P(DeepGraph, PassesEveryPlainAlgorithm) {
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
}

TEST_P(DeepGraph, PassesReachAndOwnership) {
  EXPECT_EQ(find_dependencies(view(), 0).nodes.size(), million - 1);
  EXPECT_EQ(find_dependents(view(), million - 1).nodes.size(), million - 1);
  EXPECT_TRUE(find_concentration(view()).empty());
  const std::array<Vertex, 1> owner{0};
  EXPECT_TRUE(find_ownership(view(), owner).owned.empty());
}

}  // namespace
}  // namespace chokepoint
