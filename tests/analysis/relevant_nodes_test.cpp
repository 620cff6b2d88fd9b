// A system that is read for one target says of it what the whole system says: what fails, what is left, what it stands
// on.
#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/naive_requirements.hpp"
#include "tests/support/same_footing.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace chokepoint {
namespace {

/// Fails where the two systems differ about the target.
void compare(const Requirements& whole, const Requirements& part, const View& view, Vertex target,
             const std::vector<Vertex>& removed, Variants variants) {
  Situation situation{&whole, {removed, {}, {}}, {}};
  situation.options.variants = variants;
  const Assessment expected = assess(situation);
  situation.requirements = &part;
  const Assessment found = assess(situation);
  ASSERT_EQ(found.failed[target], expected.failed[target]);
  ASSERT_EQ(found.low[target], expected.low[target]);
  ASSERT_EQ(found.high[target], expected.high[target]);

  const auto scope = upstream_of(whole, {&target, 1});
  ASSERT_EQ(upstream_of(part, {&target, 1}), scope);
  test::assert_same_footing(whole, part, view, scope);
}

TEST(RelevantNodes, AreEnoughToJudgeATarget) {
  std::mt19937 random = test::seeded(20261129);
  std::size_t smaller = 0;
  for (int round = 0; round < 1500; ++round) {
    const View view = test::random_requirements(random);
    const Vertex n = view.snapshot().vertex_count();
    RequirementOptions options = test::random_reading(random, view);
    const Requirements whole = build_requirements(view, options);
    for (Vertex target = 0; target < n; ++target) {
      options.targets = {target};
      const Requirements part = build_requirements(view, options);
      ASSERT_LE(part.group_count(), whole.group_count());
      smaller += part.group_count() < whole.group_count() ? 1U : 0U;
      std::vector<Vertex> removed;
      for (unsigned i = static_cast<unsigned>(random() % 3); i > 0; --i)
        removed.push_back(static_cast<Vertex>(random() % n));
      compare(whole, part, view, target, removed, random() % 2 == 0 ? Variants::any : Variants::all);
      ASSERT_FALSE(HasFatalFailure()) << "round " << round << ", target " << view.snapshot().id(target);
    }
  }
  EXPECT_GT(smaller, 1000U) << "else nothing was tried";
}

/// A chain beside another: neither is read for the other.
TEST(RelevantNodes, LeaveOutWhatATargetDoesNotRestOn) {
  test::GraphFixture g;
  g.edge("x", "requires", "p");
  g.edge("y", "requires", "q");
  const View view = g.view();
  RequirementOptions options;
  options.targets = {test::vertex(view.snapshot(), "x")};
  const Requirements part = build_requirements(view, options);
  ASSERT_EQ(part.group_count(), 1U);
  EXPECT_EQ(part.group(0).owner, options.targets.front());
}

}  // namespace
}  // namespace chokepoint
