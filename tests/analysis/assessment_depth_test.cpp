#include "chokepoint/analysis/assessment.hpp"
#include "tests/support/random_graph.hpp"

#include <gtest/gtest.h>

namespace chokepoint {
namespace {

constexpr Vertex million = 1'000'000;

class DeepChain : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(PathAndCycle, DeepChain, testing::Bool(),
                         [](const auto& param) { return std::string(param.param ? "Cycle" : "Path"); });

/// Node i needs node i + 1; a stack of 8 MiB holds no frame per node.
TEST_P(DeepChain, IsAssessedWithoutRecursion) {
  const bool is_cycle = GetParam();
  const View view = test::long_path(million, is_cycle);
  const Requirements requirements = build_requirements(view, {});
  Situation situation{&requirements, {}, {}};
  EXPECT_EQ(assess_possible(situation).failed[0], 0);
  situation.options.cycles = Cycles::unsupported;
  EXPECT_EQ(assess_possible(situation).failed[0], is_cycle ? 1 : 0);
  situation.options.cycles = Cycles::hold;
  situation.disruption.limits.push_back({million - 1, 0.5});
  const Assessment assessment = assess(situation);
  EXPECT_EQ(assessment.low[0], 0.5);
  EXPECT_EQ(assessment.high[million / 2], 0.5);
  const Binding binding = binding_of(situation, assessment, 0);
  EXPECT_EQ(binding.ends, std::vector<SystemNode>{million - 1});
  situation.disruption.limits[0].remaining = 0;
  EXPECT_EQ(assess(situation).failed[0], 1);
}

}  // namespace
}  // namespace chokepoint
