// A system that is read for one loss says of every node what the whole system says.
#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/naive_requirements.hpp"
#include "tests/support/same_footing.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

/// Groups of places that lack a member, by owner and first edge.
std::vector<std::pair<SystemNode, Arc>> lacking(const Requirements& requirements, const Assessment& assessment,
                                                Variants variants) {
  std::vector<std::pair<SystemNode, Arc>> found;
  for (const GroupIndex g : requirements.unmet_groups()) {
    const auto members = requirements.members(g);
    const auto works = std::count_if(members.begin(), members.end(),
                                     [&](const RequirementMember& m) { return assessment.failed[m.node] == 0; });
    if (works < requirements.needed(g, variants)) found.emplace_back(requirements.group(g).owner, members.front().arc);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void compare_all(const Requirements& whole, const Requirements& part, const View& view, const Disruption& disruption,
                 const AssessmentOptions& judging) {
  Situation situation{&whole, disruption, judging};
  const Assessment expected = assess(situation);
  situation.requirements = &part;
  const Assessment found = assess(situation);
  ASSERT_EQ(found.failed, expected.failed);
  ASSERT_EQ(found.low, expected.low);
  ASSERT_EQ(found.high, expected.high);
  ASSERT_EQ(lacking(part, found, judging.variants), lacking(whole, expected, judging.variants));

  std::vector<SystemNode> start(disruption.removed.begin(), disruption.removed.end());
  for (const NodeLimit& limit : disruption.limits) start.push_back(limit.node);
  std::vector<std::uint8_t> less;
  for (const double low : expected.low) less.push_back(low < 1 ? 1 : 0);
  const auto scope = touched_from(whole, start, less);
  ASSERT_EQ(touched_from(part, start, less), scope);
  test::assert_same_footing(whole, part, view, scope);
}

TEST(AffectedNodes, AreEnoughToJudgeALoss) {
  std::mt19937 random = test::seeded(20261130);
  std::size_t smaller = 0;
  for (int round = 0; round < 4000; ++round) {
    const View view = test::random_requirements(random);
    const Vertex n = view.snapshot().vertex_count();
    RequirementOptions options = test::random_reading(random, view);
    const Requirements whole = build_requirements(view, options);
    for (int loss = 0; loss < 4; ++loss) {
      Disruption disruption;
      options.affected_by.emplace();
      for (unsigned i = static_cast<unsigned>(random() % 3); i > 0; --i) {
        const auto v = static_cast<Vertex>(random() % n);
        options.affected_by->push_back(v);
        if (random() % 4 == 0)
          disruption.limits.push_back({v, 0.5});
        else
          disruption.removed.push_back(v);
      }
      AssessmentOptions judging;
      judging.variants = random() % 2 == 0 ? Variants::any : Variants::all;
      if (random() % 3 == 0) judging.threshold = 0.6;
      const Requirements part = build_requirements(view, options);
      ASSERT_LE(part.group_count(), whole.group_count());
      smaller += part.group_count() < whole.group_count() ? 1U : 0U;
      compare_all(whole, part, view, disruption, judging);
      ASSERT_FALSE(HasFatalFailure()) << "round " << round << ", loss " << loss;
    }
  }
  EXPECT_GT(smaller, 4000U) << "else nothing was tried";
}

/// What hangs on another thing is not read.
TEST(AffectedNodes, LeaveOutWhatALossCannotTouch) {
  test::GraphFixture g;
  g.edge("x", "requires", "p");
  g.edge("y", "requires", "q");
  const View view = g.view();
  RequirementOptions options;
  options.affected_by = {{test::vertex(view.snapshot(), "p")}};
  const Requirements part = build_requirements(view, options);
  ASSERT_EQ(part.group_count(), 1U);
  EXPECT_EQ(part.group(0).owner, test::vertex(view.snapshot(), "x"));
}

/// Two of three are asked for, and one of the two that count is too small to have a vote: that fails without any loss.
TEST(AffectedNodes, HoldWhatIsShortOfMembers) {
  test::GraphFixture g;
  for (const char* const supplier : {"a", "b"}) {
    SnapshotEdge& edge = g.edge(supplier, "produces", "x");
    edge.k = 2;
    if (*supplier == 'b') edge.significance = Significance::minor;
  }
  g.edge("y", "requires", "x");
  g.edge("z", "requires", "p");
  const View view = g.view();
  RequirementOptions options;
  options.affected_by.emplace();
  const Requirements part = build_requirements(view, options);
  const Assessment found = assess({&part, {}, {}});
  EXPECT_EQ(part.group_count(), 2U);
  EXPECT_EQ(found.failed[test::vertex(view.snapshot(), "y")], 1);
}

}  // namespace
}  // namespace chokepoint
