// What is asked of the part of a graph that decides has the answer that the whole graph gives.
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/random_losses.hpp"
#include "tests/support/seeds.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

/// Firms, countries and things with supplies, needs, alternatives, shares and seats; no generics, steps or deliveries.
View random_plain_graph(std::mt19937& random) {
  test::GraphFixture g;
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  const auto some = [&](const char* kind, unsigned count) {
    return std::string(kind) + static_cast<char>('a' + static_cast<char>(random() % count));
  };
  for (unsigned i = 0; i < 4; ++i) g.node(std::string("country-") + static_cast<char>('a' + i), "country");
  for (unsigned i = 0; i < 8; ++i) g.node(std::string("firm-") + static_cast<char>('a' + i), "firm");
  const auto any_kind = [&] {
    return chance(70) ? some("thing-", 20) : chance(50) ? some("firm-", 8) : some("country-", 4);
  };
  for (unsigned i = 0; i < 30; ++i) {
    SnapshotEdge& edge = g.edge(any_kind(), "requires", some("thing-", 20));
    if (chance(40)) edge.group = chance(50) ? "one" : "two";
    if (chance(30)) edge.k = 1 + static_cast<std::uint32_t>(random() % 3);
    if (chance(10)) edge.until = "2020";
  }
  for (unsigned i = 0; i < 20; ++i) {
    SnapshotEdge& edge = g.edge(chance(70) ? some("firm-", 8) : some("country-", 4), "produces", some("thing-", 20));
    if (chance(60)) edge.share = static_cast<double>(1 + random() % 9) / 10;
    if (chance(15)) edge.significance = Significance::minor;
    if (chance(20)) edge.confidence = 0.5;
  }
  for (unsigned i = 0; i < 8; ++i)
    g.edge(some("firm-", 8), "located-in", some("country-", 4)).mode = chance(30) ? 1 : 0;
  for (unsigned i = 0; i < 6; ++i) g.edge(some("firm-", 8), "develops", some("thing-", 20));
  // Of some snapshots the gates tell which edges count, of others the columns; some edges have ended or are doubtful.
  ViewOptions options;
  options.as_of = Date::from_ymd(chance(50) ? 2019 : 2025, 6, 1);
  if (chance(30)) options.min_confidence = 0.6;
  const std::int32_t settled_from = chance(50) ? options.as_of.days : day_open_from;
  return {g.build(settled_from), options};
}

/// An answer with ids instead of numbers.
std::string told(const Snapshot& snapshot, const WhatIf& answer) {
  std::string text;
  const auto say = [&](const auto& word) { text.append(word).append(" "); };
  for (const WhatIfBound& bound : answer.state.bounds) {
    say("| impossible");
    for (const Vertex v : bound.impossible) say(std::string(snapshot.id(v)));
    say("unmet");
    for (const UnmetNeed& need : bound.unmet) {
      say(std::string(snapshot.id(need.place)));
      say(std::string(snapshot.id(need.item)));
      say(std::to_string(snapshot.columns().edge_key[need.arc]));
    }
    for (const NodeCapacity& node : bound.capacity) {
      say(to_string(snapshot, node.subject));
      say(std::to_string(node.low) + ".." + std::to_string(node.high) +
          (node.is_less() ? " less by" : " as before by"));
      for (const Subject& end : bound.ends(node.binding)) say(to_string(snapshot, end));
      say("at best by");
      for (const Subject& end : bound.ends(node.binding_high)) say(to_string(snapshot, end));
    }
  }
  const RequirementCoverage& coverage = answer.coverage;
  for (const std::uint64_t count : {coverage.nodes, coverage.supplier_groups, coverage.groups_of_unknown_share,
                                    coverage.rows_of_unknown_share, coverage.groups_with_rest})
    say(std::to_string(count));
  for (const Vertex v : coverage.without_supplier) say(std::string(snapshot.id(v)));
  for (const auto* some : {&coverage.rescaled, &coverage.short_groups, &coverage.unsettled})
    for (const Subject& subject : *some) say(to_string(snapshot, subject));
  say("evidence");
  for (const Arc e : answer.evidence) say(std::to_string(snapshot.columns().edge_key[e]));
  return text;
}

TEST(PartOfLoss, AnswersAsTheWhole) {
  std::mt19937 random = test::seeded(1130);
  std::size_t smaller = 0, losing = 0;
  for (int round = 0; round < 3000; ++round) {
    const View whole = random_plain_graph(random);
    const Snapshot& snapshot = whole.snapshot();
    Scenario scenario = test::random_losses(random, snapshot);
    if (random() % 4 == 0) scenario.threshold = 0.5;
    scenario.keep_minor = random() % 4 == 0;
    const auto found = part_of_loss(whole, scenario, counts_of(snapshot));
    ASSERT_NE(found, nullptr);
    ASSERT_NO_THROW(found->validate());
    const View part(found, whole.options());
    const Scenario same = test::losses_in(*found, snapshot, scenario);
    const WhatIf expected = what_if(whole, scenario);
    ASSERT_EQ(told(*found, what_if(part, same)), told(snapshot, expected)) << "round " << round;
    smaller += found->edge_count() < snapshot.edge_count() ? 1U : 0U;
    losing += expected.state.bounds.front().capacity.size() > 2 ? 1U : 0U;
  }
  EXPECT_GT(smaller, 1500U) << "else nothing was tried";
  EXPECT_GT(losing, 500U) << "else nothing was tried";
}

/// What fails, what is left and which sets are minimal, with ids instead of numbers.
std::string told_of(const View& view, Vertex target, const std::vector<Vertex>& removed,
                    const RequirementOptions& options) {
  const Snapshot& snapshot = view.snapshot();
  const Requirements requirements = build_requirements(view, options);
  Situation situation{&requirements, {removed, {}, {}}, {}};
  const Assessment assessment = assess(situation);
  std::string text =
      fmt::format("{} {} {}", assessment.failed[target], assessment.low[target], assessment.high[target]);
  situation.disruption.removed.clear();
  const CutSets sets = minimal_cut_sets(situation, target, cut_candidates(view, {}), {});
  for (const CutSet& set : sets.sets) {
    text += " |";
    for (const Vertex v : set.members) text.append(" ").append(snapshot.id(v));
  }
  return text;
}

TEST(PartOfTargets, AnswersAsTheWhole) {
  std::mt19937 random = test::seeded(1131);
  std::size_t smaller = 0, cut = 0;
  for (int round = 0; round < 1500; ++round) {
    const View whole = random_plain_graph(random);
    const Snapshot& snapshot = whole.snapshot();
    const auto some = [&] { return static_cast<Vertex>(random() % snapshot.vertex_count()); };
    const Vertex target = some();
    RequirementOptions options;
    options.layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    options.keep_minor = random() % 4 == 0;
    const std::string expected = told_of(whole, target, {}, options);
    const auto found = part_of_targets({&whole, 1}, {target}, counts_of(snapshot));
    ASSERT_NE(found, nullptr);
    const View part(found, whole.options());
    ASSERT_EQ(told_of(part, *found->find(snapshot.id(target)), {}, options), expected) << "round " << round;
    const Vertex gone = some();
    const auto there = found->find(snapshot.id(gone));
    if (there) {
      ASSERT_EQ(told_of(part, *found->find(snapshot.id(target)), {*there}, options),
                told_of(whole, target, {gone}, options))
          << "round " << round;
    }
    smaller += found->edge_count() < snapshot.edge_count() ? 1U : 0U;
    cut += expected.find('|') != std::string::npos ? 1U : 0U;
  }
  EXPECT_GT(smaller, 700U) << "else nothing was tried";
  EXPECT_GT(cut, 300U) << "else nothing was tried";
}

TEST(PartOfLoss, IsNotKnownWhereARuleHandsLossesOnSideways) {
  test::GraphFixture g;
  g.edge("v", "variant-of", "x");
  g.edge("y", "requires", "x");
  const View view = g.view();
  Scenario scenario;
  scenario.removed = {test::vertex(view.snapshot(), "v")};
  EXPECT_EQ(part_of_loss(view, scenario, counts_of(view.snapshot())), nullptr);
}

}  // namespace
}  // namespace chokepoint
