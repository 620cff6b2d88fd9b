#include "analysis/removal/removal_impact.hpp"

#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/andor_fixture.hpp"
#include "tests/support/naive_requirements.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {

void PrintTo(const RemovalImpact& impact, std::ostream* out) { *out << impact.nodes << '+' << impact.flows; }

namespace {

using test::GraphFixture;

std::vector<Vertex> all_of(const View& view) {
  std::vector<Vertex> all(view.snapshot().vertex_count());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

/// Of what fails with and what failed without: how much is new, the removed node aside.
RemovalImpact difference(const Requirements& requirements, const Assessment& before, const Assessment& after,
                         Vertex removed) {
  RemovalImpact impact;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (after.failed[n] == 0 || before.failed[n] != 0 || n == removed || requirements.is_unnamed(n)) continue;
    (requirements.is_flow(n) ? impact.flows : impact.nodes) += 1;
  }
  return impact;
}

/// One assessment for each candidate.
std::vector<RemovalImpact> one_by_one(const Situation& situation, const std::vector<Vertex>& candidates) {
  const Assessment before = assess_possible(situation);
  std::vector<RemovalImpact> impacts;
  for (const Vertex v : candidates) {
    Situation without = situation;
    without.disruption.removed.push_back(v);
    impacts.push_back(difference(*situation.requirements, before, assess_possible(without), v));
  }
  return impacts;
}

/// `what_if` for each candidate.
RemovalImpacts asked_one_by_one(const View& view, Scenario scenario, const std::vector<Vertex>& candidates) {
  RemovalImpacts impacts;
  for (const Vertex v : candidates) {
    scenario.removed = {v};
    const WhatIf answer = what_if(view, scenario);
    for (auto* reading : {&impacts.any, &impacts.all}) {
      const WhatIfBound& bound = answer.state.bounds[reading == &impacts.any ? 0 : 1];
      // The removed node is among them, whatever became of it before.
      reading->push_back(
          {static_cast<std::uint32_t>(bound.impossible.size() - 1), static_cast<std::uint32_t>(bound.flows.size())});
    }
  }
  return impacts;
}

TEST(RemovalImpact, WorkedExampleStopsWhatItsTableSays) {
  const View view = test::andor_fixture().view();
  const RemovalImpacts impacts = removal_impacts(view, {}, all_of(view), 1);
  std::string table;
  for (Vertex v = 0; v < view.snapshot().vertex_count(); ++v) {
    table += std::string(view.snapshot().id(v)) + ' ' + std::to_string(impacts.any[v].nodes) + '/' +
             std::to_string(impacts.all[v].nodes) + ' ';
  }
  EXPECT_EQ(table,
            "a 2/6 b 2/2 c 1/1 f1 1/5 f2 0/0 f3 0/0 f4 0/0 k 3/3 m1 3/3 m2 2/2 p1 2/2 p2 1/1 t1 0/4 t2 0/4 x 0/0 ");
}

TEST(RemovalImpact, AgreesWithTheDefinitionOnRandomGraphs) {
  std::mt19937 random = test::seeded(20261122);
  std::size_t stopped = 0, differing = 0, failed_flows = 0;
  for (int round = 0; round < 500; ++round) {
    const View view = test::random_requirements(random);
    const Snapshot& snapshot = view.snapshot();
    Scenario scenario;
    scenario.keep_minor = random() % 4 == 0;
    const std::vector<Vertex> candidates = all_of(view);
    const RemovalImpacts impacts = removal_impacts(view, scenario, candidates, 1);
    for (const Vertex v : candidates) {
      const std::string id(snapshot.id(v));
      const Layer layer = snapshot.layer(v) == Layer::place ? Layer::place : Layer::actor;
      for (const Variants variants : {Variants::any, Variants::all}) {
        const test::NaiveRequirements naive(view, layer, scenario.keep_minor, variants);
        const std::set<std::string> before = naive.impossible({}, Cycles::hold);
        RemovalImpact expected;
        for (const std::string& each : naive.impossible({id}, Cycles::hold)) {
          if (before.contains(each) || each == id || each.starts_with("(unnamed)")) continue;
          (each.find('@') == std::string::npos ? expected.nodes : expected.flows) += 1;
        }
        const auto& found = variants == Variants::any ? impacts.any : impacts.all;
        ASSERT_EQ(found[v], expected) << "round " << round << ' ' << id;
        stopped += expected.nodes;
        failed_flows += expected.flows;
      }
    }
    differing += impacts.any == impacts.all ? 0U : 1U;
    const RemovalImpacts asked = asked_one_by_one(view, scenario, candidates);
    ASSERT_EQ(impacts.any, asked.any) << "round " << round;
    ASSERT_EQ(impacts.all, asked.all) << "round " << round;
  }
  EXPECT_GT(stopped, 1000U);
  EXPECT_GT(failed_flows, 200U);
  EXPECT_GT(differing, 20U);
}

/// Things that require others, all, any or some of a group; with cycles, chains and alternatives.
GraphFixture random_recipes(std::mt19937& random, unsigned most) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  GraphFixture g;
  const unsigned n = 2 + below(most);
  const unsigned density = 1 + below(4), chance_of_groups = below(101);
  const bool is_acyclic = below(3) == 0;
  for (unsigned i = 0; i < n; ++i) g.node("t" + std::to_string(i), "product");
  for (unsigned i = 0; i < n * density; ++i) {
    unsigned from = below(n), to = below(n);
    if (from == to) continue;
    if (is_acyclic && from > to) std::swap(from, to);
    const std::string name = "t" + std::to_string(from);
    if (below(8) == 0) {
      g.edge(name, "uses", "t" + std::to_string(to));
      continue;
    }
    if (below(100) >= chance_of_groups) {
      g.edge(name, "requires", "t" + std::to_string(to));
      continue;
    }
    // One of two or three, or two of three or four.
    const unsigned k = 1 + below(2);
    for (unsigned member = below(2) + k + 1; member > 0; --member, to = below(n)) {
      if (to == from || (is_acyclic && to < from)) to = n - 1;
      SnapshotEdge& edge = g.edge(name, "requires", "t" + std::to_string(to));
      edge.group = "g" + std::to_string(k);
      edge.k = k;
    }
  }
  return g;
}

/// Rows that are gone, and nodes.
Disruption random_disruption(std::mt19937& random, const Requirements& requirements) {
  Disruption disruption;
  if (random() % 2 == 0) disruption.removed.push_back(static_cast<Vertex>(random() % requirements.vertex_count()));
  if (requirements.member_count() == 0) return disruption;
  for (unsigned i = static_cast<unsigned>(random() % 3); i > 0; --i) {
    const auto member = static_cast<MemberIndex>(random() % requirements.member_count());
    disruption.cuts.push_back({member, 0, random() % 2 == 0 ? 0.0 : 1.0});
  }
  return disruption;
}

TEST(RemovalImpact, AgreesWithAssessmentsOneByOneForAnyNumberOfThreads) {
  std::mt19937 random = test::seeded(7);
  std::size_t stopped = 0;
  for (int round = 0; round < 400; ++round) {
    const View view = random_recipes(random, round % 4 == 0 ? 120 : 25).view();
    const Requirements requirements = build_requirements(view, {});
    const Situation situation{&requirements, random_disruption(random, requirements), {}};
    std::vector<Vertex> candidates = all_of(view);
    std::shuffle(candidates.begin(), candidates.end(), random);
    if (random() % 2 == 0) candidates.resize(1 + random() % candidates.size());
    const std::vector<RemovalImpact> expected = one_by_one(situation, candidates);
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
      ASSERT_EQ(removal_impacts(situation, candidates, threads), expected)
          << "round " << round << " threads " << threads;
    }
    for (const RemovalImpact& impact : expected) stopped += impact.nodes;
  }
  EXPECT_GT(stopped, 10'000U);
}

TEST(RemovalImpact, CountsRefillsAsOftenAsTheyAreNeeded) {
  std::mt19937 random = test::seeded(99);
  std::size_t refilled = 0, failed_flows = 0;
  for (int round = 0; round < 400; ++round) {
    const View view = test::random_requirements(random);
    const Requirements plain = build_requirements(view, {});
    RequirementOptions options;
    for (SystemNode n = plain.vertex_count(); n < plain.node_count(); ++n) {
      if (plain.is_unnamed(n)) continue;
      const auto by = static_cast<Vertex>(random() % plain.vertex_count());
      if (view.snapshot().layer(by) == Layer::none) options.refills.push_back({plain.flow(n), by, 0, 1, 0});
    }
    refilled += options.refills.size();
    const Requirements requirements = build_requirements(view, options);
    for (const Variants variants : {Variants::any, Variants::all}) {
      const Situation situation{&requirements, random_disruption(random, requirements), {variants, {}, {}}};
      const std::vector<RemovalImpact> expected = one_by_one(situation, all_of(view));
      ASSERT_EQ(removal_impacts(situation, all_of(view), 2), expected) << "round " << round;
      for (const RemovalImpact& impact : expected) failed_flows += impact.flows;
    }
  }
  EXPECT_GT(refilled, 200U);
  EXPECT_GT(failed_flows, 100U);
}

TEST(RemovalImpact, KnowsThePoliciesInForceAsWhatIfDoes) {
  std::mt19937 random = test::seeded(3);
  std::size_t changed = 0;
  for (int round = 0; round < 200; ++round) {
    const auto pick = [&](const char* prefix, unsigned n) { return prefix + std::to_string(random() % n); };
    GraphFixture g;
    g.nodes("country", {"cn", "us"}).nodes("policy", {"rule"}).nodes("product", {"t0", "t1", "t2", "t3"});
    g.edge("us", "issues", "rule");
    for (unsigned i = 0; i < 5; ++i) {
      g.nodes("firm", {"f" + std::to_string(i)});
      g.edge("f" + std::to_string(i), "located-in", i % 2 == 0 ? "us" : "cn");
    }
    for (int i = 0; i < 6; ++i) g.edge(pick("f", 5), "produces", pick("t", 4));
    for (int i = 0; i < 5; ++i) g.edge(random() % 2 == 0 ? pick("f", 5) : pick("t", 4), "requires", pick("t", 4));
    SnapshotEdge& delivery = g.edge(pick("f", 5), "supplies", "cn");
    delivery.item = g.key(pick("t", 4));
    SnapshotEdge& restriction = g.edge("rule", "restricts", random() % 2 == 0 ? pick("t", 4) : pick("f", 5));
    restriction.market = g.key("cn");
    const View view = g.view();
    Scenario scenario;
    scenario.in_force = {test::vertex(view.snapshot(), "rule")};
    const RemovalImpacts impacts = removal_impacts(view, scenario, all_of(view), 2);
    const RemovalImpacts asked = asked_one_by_one(view, scenario, all_of(view));
    ASSERT_EQ(impacts.any, asked.any) << "round " << round;
    ASSERT_EQ(impacts.all, asked.all) << "round " << round;
    changed += impacts.any == removal_impacts(view, {}, all_of(view), 1).any ? 0U : 1U;
  }
  EXPECT_GT(changed, 20U);
}

TEST(RemovalImpact, WalksAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    const std::vector<Vertex> candidates = all_of(view);
    for (const unsigned threads : {1U, 2U}) {
      const RemovalImpacts impacts = removal_impacts(view, {}, candidates, threads);
      // What comes before a node on the path rests on it.
      for (Vertex v = 0; v < n; ++v) ASSERT_EQ(impacts.any[v].nodes, is_closed ? n - 1 : v);
    }
  }
}

TEST(RemovalImpact, GoesOnFromTheLargestPartOnATreeOfAHundredThousand) {
  // Node i requires node (i - 1) / 2 and nothing else, so that a node stops what is below it in a binary heap; and a
  // path of as many requires the last leaf.
  constexpr unsigned n = 100'000;
  test::PlainGraph tree{2 * n, {}};
  for (Vertex v = 1; v < 2 * n; ++v) tree.arcs.emplace_back(v, v <= n ? (v - 1) / 2 : v - 1);
  const View view = test::as_view(tree);
  std::vector<std::uint32_t> below(2 * n, 0);
  for (Vertex v = 2 * n - 1; v > 0; --v) below[v <= n ? (v - 1) / 2 : v - 1] += below[v] + 1;
  const RemovalImpacts impacts = removal_impacts(view, {}, all_of(view), 3);
  for (Vertex v = 0; v < 2 * n; ++v) ASSERT_EQ(impacts.any[v].nodes, below[v]) << v;
}

TEST(RemovalImpact, OfNothingAndOfWhatHasFailedIsNothing) {
  GraphFixture g;
  SnapshotEdge& edge = g.edge("plant", "requires", "gas");
  edge.group = "fuel";
  edge.k = 2;
  g.edge("town", "requires", "plant");
  const View view = g.view();
  EXPECT_TRUE(removal_impacts(view, {}, {}, 2).any.empty());
  for (const RemovalImpact& impact : removal_impacts(view, {}, all_of(view), 2).any) EXPECT_EQ(impact, RemovalImpact{});
}

}  // namespace
}  // namespace chokepoint
