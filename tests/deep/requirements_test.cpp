// Requirement logic on a path of a million nodes, and on the cycle it makes when it is closed, with an 8 MiB stack:
// nothing recurses, and nothing grows with the square of the path.

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "analysis/capacity/certificate.hpp"
#include "tests/deep/deep_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace chokepoint {
namespace {

using test::million;

class DeepRequirements : public test::DeepGraph {};
INSTANTIATE_TEST_SUITE_P(PathAndCycle, DeepRequirements, testing::Bool(), test::path_or_cycle);

TEST_P(DeepRequirements, AreAssessedWithoutRecursion) {
  const Requirements requirements = build_requirements(view(), {});
  Situation situation{&requirements, {}, {}};
  EXPECT_EQ(assess_possible(situation).failed[0], 0);
  situation.options.cycles = Cycles::unsupported;
  EXPECT_EQ(assess_possible(situation).failed[0], is_cycle() ? 1 : 0);
  situation.options.cycles = Cycles::hold;
  situation.disruption.limits.push_back({million - 1, 0.5});
  const Assessment assessment = assess(situation);
  EXPECT_EQ(assessment.low[0], 0.5);
  EXPECT_EQ(assessment.high[million / 2], 0.5);
  const Binding binding = binding_of(situation, assessment, 0);
  EXPECT_EQ(binding.ends, std::vector<SystemNode>{million - 1});
  const BindingEnds ends(situation, assessment, false);
  EXPECT_EQ(std::vector<SystemNode>(ends.of(7).begin(), ends.of(7).end()), std::vector<SystemNode>{million - 1});
  situation.disruption.limits[0].remaining = 0;
  EXPECT_EQ(assess(situation).failed[0], 1);
}

TEST_P(DeepRequirements, AreAssessedAgainstAThreshold) {
  const Requirements requirements = build_requirements(view(), {});
  for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
    Situation situation{&requirements, {}, {Variants::any, cycles, 0.5}};
    EXPECT_EQ(assess(situation).failed[0], is_cycle() && cycles == Cycles::unsupported ? 1 : 0);
    situation.disruption.removed = {million / 2};
    EXPECT_EQ(assess(situation).failed[0], 1);
  }
}

TEST_P(DeepRequirements, HaveCertificatesAndCoverage) {
  const Requirements requirements = build_requirements(view(), {});
  Situation situation{&requirements, {}, {}};
  situation.disruption.removed = {million / 2};
  const Assessment assessment = assess(situation);
  const Certificate certificate = certificate_of(situation, assessment, 0);
  ASSERT_EQ(certificate.steps.size(), million / 2 + 1);
  EXPECT_EQ(certificate.steps.front().node, million / 2);
  EXPECT_EQ(certificate.steps.back().node, 0U);
  EXPECT_EQ(explain(situation, assessment, 0).chain.size(), million / 2 + 1);
  const std::array<SystemNode, 1> target{0};
  const std::vector<std::uint8_t> scope = upstream_of(requirements, target);
  EXPECT_EQ(std::count(scope.begin(), scope.end(), 1), million);
  EXPECT_EQ(coverage_of(requirements, view(), scope).nodes, million);
  EXPECT_EQ(evidence_of(requirements, scope).size(), million - (is_cycle() ? 0 : 1));
  const auto hit = downstream_of(requirements, target);
  EXPECT_EQ(std::count(hit.begin(), hit.end(), 1), is_cycle() ? million : 1);
}

TEST_P(DeepRequirements, HaveAMillionChokepointsUpToTheLimit) {
  const Requirements requirements = build_requirements(view(), {});
  const std::vector<Vertex> candidates = cut_candidates(view(), {});
  const Situation situation{&requirements, {}, {}};
  const CutSets limited = minimal_cut_sets(situation, 0, candidates, {2, 1000, {}});
  EXPECT_EQ(limited.sets.size(), 1000U);
  EXPECT_FALSE(limited.complete);
  EXPECT_EQ(limited.order_done, 0U);
  const std::vector<Vertex> few{5, million / 2, million - 1};
  const CutSets found = minimal_cut_sets(situation, 10, few, {3, 1000, {}});
  EXPECT_EQ(found.sets.size(), is_cycle() ? 3U : 2U);
  EXPECT_TRUE(found.complete);
  EXPECT_FALSE(meets_unsettled_variants(requirements, 0));
}

TEST_P(DeepRequirements, HaveChokepointsBelowAThresholdAndWithoutSupport) {
  const Requirements requirements = build_requirements(view(), {});
  const std::vector<Vertex> candidates = cut_candidates(view(), {});
  const Situation share{&requirements, {}, {Variants::any, Cycles::hold, 0.5}};
  EXPECT_EQ(minimal_cut_sets(share, 0, candidates, {1, 1000, {}}).sets.size(), 1000U);
  const Situation grounded{&requirements, {}, {Variants::any, Cycles::unsupported, {}}};
  const CutSets found = minimal_cut_sets(grounded, 0, candidates, {1, 1000, {}});
  EXPECT_EQ(found.target_is_impossible, is_cycle());
  EXPECT_EQ(found.sets.size(), is_cycle() ? 0U : 1000U);
}

TEST_P(DeepRequirements, AnswerAScenario) {
  Scenario scenario;
  scenario.removed = {million / 2};
  scenario.target = Subject{0};
  const WhatIf answer = what_if(view(), scenario);
  const Vertex fail = is_cycle() ? million : million / 2 + 1;
  for (const WhatIfBound& bound : answer.state.bounds) {
    EXPECT_EQ(bound.impossible.size(), fail);
    EXPECT_EQ(bound.capacity.size(), fail);
    EXPECT_EQ(bound.ends(bound.capacity.front().binding), std::vector<Subject>{Subject{million / 2}});
    EXPECT_EQ(bound.target->chain.size(), million / 2 + 1);
  }
}

}  // namespace
}  // namespace chokepoint
