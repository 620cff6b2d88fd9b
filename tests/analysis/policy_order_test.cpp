// The three states of an answer about policies are ordered: what is enforced only takes away, what adapts gives back
// at most that, and a policy that is left out takes nothing away.

#include "chokepoint/analysis/whatif.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;

constexpr double tolerance = 1e-9;

/// Draws of small numbers, equal everywhere.
struct Dice {
  std::mt19937& random;
  unsigned below(unsigned n) { return static_cast<unsigned>(random() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  const std::string& pick(const std::vector<std::string>& some) {
    return some[below(static_cast<unsigned>(some.size()))];
  }
};

/// Countries, firms, things with variants, substitutes and deliveries; two policies on some of them, and responses.
GraphFixture random_answers(Dice dice) {
  GraphFixture g;
  const std::vector<std::string> countries{"c0", "c1"}, firms{"f0", "f1", "f2", "f3"}, policies{"p0", "p1"};
  const std::vector<std::string> things{"t0", "t1", "t2", "t3", "t4"};
  std::vector<std::string> actors = firms, needy = firms;
  actors.insert(actors.end(), countries.begin(), countries.end());
  needy.insert(needy.end(), things.begin(), things.end());
  g.nodes("country", countries).nodes("firm", firms).nodes("policy", policies);
  for (const std::string& thing : things) g.node(thing, "product").variants = static_cast<Variants>(dice.below(3));
  for (const std::string& firm : firms) g.edge(firm, "located-in", dice.pick(countries));
  const auto times = [&](unsigned most, const auto& body) {
    for (unsigned i = dice.below(most + 1); i > 0; --i) body();
  };
  const auto share = [&](SnapshotEdge& edge) {
    if (dice.chance(60)) edge.share = 0.125 * (1 + dice.below(5));
    if (dice.chance(10)) edge.significance = Significance::minor;
  };
  times(9, [&] { share(g.edge(dice.pick(actors), "produces", dice.pick(things))); });
  times(3, [&] { g.edge(dice.pick(firms), "develops", dice.pick(things)); });
  times(7, [&] { g.edge(dice.pick(needy), "requires", dice.pick(things)); });
  times(4, [&] { g.edge(dice.pick(things), "variant-of", dice.pick(things)); });
  times(4, [&] {
    SnapshotEdge& edge = g.edge(dice.pick(firms), "supplies", dice.pick(countries));
    edge.item = g.key(dice.pick(things));
    share(edge);
  });
  const auto amount = [&](SnapshotEdge& edge) {
    if (dice.chance(40)) edge.performance = 0.25 * (1 + dice.below(5));
    if (dice.chance(20)) edge.share = 0.125 * (1 + dice.below(4));
  };
  times(3, [&] { amount(g.edge(dice.pick(things), "substitutes", dice.pick(things))); });
  for (const std::string& policy : policies) {
    g.edge(dice.pick(countries), "issues", policy);
    times(2, [&] {
      SnapshotEdge& edge = g.edge(policy, "restricts", dice.pick(needy));
      if (dice.chance(70)) edge.market = g.key(dice.pick(countries));
      if (dice.chance(20)) edge.mode = 1;
    });
    times(2, [&] { amount(g.edge(dice.pick(things), "adapts-to", policy)); });
  }
  return g;
}

/// What is left of everything with less than all, and what fails, by reading.
struct Left {
  std::map<Subject, Interval> capacity;
  std::set<Subject> failed;
  [[nodiscard]] Interval of(const Subject& subject) const {
    const auto place = capacity.find(subject);
    return place == capacity.end() ? Interval{} : place->second;
  }
};
Left left_in(const WhatIfBound& bound) {
  Left left;
  for (const NodeCapacity& node : bound.capacity) left.capacity[node.subject] = {node.low, node.high};
  return left;
}

/// Subjects of which `less` has more than `more`.
std::string disorder(const View& view, const WhatIfState& less, const WhatIfState& more) {
  std::string out;
  for (std::size_t reading = 0; reading < 2; ++reading) {
    const Left a = left_in(less.bounds[reading]);
    const Left b = left_in(more.bounds[reading]);
    for (const auto& [subject, most] : b.capacity) {
      const Interval least = a.of(subject);
      // A flow that only one of the worlds has is not compared: its customers are.
      if (subject.customer != no_vertex && !a.capacity.contains(subject)) continue;
      if (least.low > most.low + tolerance || least.high > most.high + tolerance)
        out += to_string(view.snapshot(), subject) + " ";
    }
  }
  return out;
}

TEST(PolicyOrder, AdaptationLiesBetweenTheBoundsAndTheBaseline) {
  std::size_t told = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    std::mt19937 random = test::seeded(seed);
    Dice dice{random};
    const View view = random_answers(dice).view();
    const auto find = [&](const std::string& id) { return view.snapshot().find(id).value(); };
    Scenario scenario;
    scenario.enforced = {find("p0")};
    if (seed % 2 == 1) scenario.in_force = {find("p1")};
    if (seed % 3 == 1) scenario.removed = {find("f0")};
    if (seed % 3 == 2) scenario.removed = {find("c0")};
    if (seed % 5 == 0) scenario.cycles = Cycles::unsupported;
    if (seed % 7 == 0) scenario.threshold = 0.25;
    const WhatIf answer = what_if(view, scenario);
    ASSERT_EQ(disorder(view, answer.state, *answer.adapted), "") << "bounds above adapted, seed " << seed;
    ASSERT_EQ(disorder(view, *answer.adapted, *answer.baseline), "") << "adapted above baseline, seed " << seed;
    ASSERT_EQ(disorder(view, answer.state, *answer.baseline), "") << "bounds above baseline, seed " << seed;
    told += disorder(view, *answer.adapted, answer.state).empty() ? 0U : 1U;
  }
  EXPECT_GT(told, 100U) << "of these worlds, too few adapt at all";
}

TEST(PolicyOrder, LeavingAPolicyOutTakesNothingAway) {
  std::size_t told = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    std::mt19937 random = test::seeded(seed);
    Dice dice{random};
    const View view = random_answers(dice).view();
    const auto find = [&](const std::string& id) { return view.snapshot().find(id).value(); };
    Scenario scenario;
    scenario.in_force = {find("p0"), find("p1")};
    scenario.without = {find("p1")};
    if (seed % 3 == 1) scenario.removed = {find("f0")};
    if (seed % 3 == 2) scenario.removed = {find("c0")};
    const WhatIf answer = what_if(view, scenario);
    ASSERT_EQ(disorder(view, *answer.baseline, answer.state), "") << "baseline above bounds, seed " << seed;
    ASSERT_EQ(disorder(view, answer.state, *answer.adapted), "") << "bounds above adapted, seed " << seed;
    told += disorder(view, answer.state, *answer.baseline).empty() ? 0U : 1U;
  }
  EXPECT_GT(told, 100U);
}

/// us bans chip in cn; of its variants big is made abroad, small answers the ban. plant in cn needs a chip.
GraphFixture banned_choice() {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"local", "maker", "plant"}).nodes("policy", {"rule"});
  g.nodes("chip", {"big", "chip", "small"});
  g.edge("us", "issues", "rule");
  g.edge("maker", "located-in", "us");
  g.edge("local", "located-in", "cn");
  g.edge("plant", "located-in", "cn");
  g.edge("plant", "requires", "chip");
  g.edge("big", "variant-of", "chip");
  g.edge("small", "variant-of", "chip");
  g.edge("maker", "produces", "big").share = 1;
  g.edge("maker", "produces", "small").share = 1;
  g.edge("rule", "restricts", "chip").market = g.key("cn");
  return g;
}

Interval left_of_plant(const View& view, const WhatIfState& state) {
  const Vertex plant = view.snapshot().find("plant").value();
  return left_in(state.bounds[0]).of({plant});
}

WhatIf enforce_rule(const View& view) {
  Scenario scenario;
  scenario.enforced = {view.snapshot().find("rule").value()};
  return what_if(view, scenario);
}

TEST(PolicyOrder, ResponseThatIsAVariantCountsOnceUpToItsPerformance) {
  GraphFixture g = banned_choice();
  g.edge("small", "adapts-to", "rule").performance = 0.5;
  const View view = g.view();
  const WhatIf answer = enforce_rule(view);
  EXPECT_EQ(left_of_plant(view, answer.state), (Interval{0, 0}));
  EXPECT_EQ(left_of_plant(view, *answer.adapted), (Interval{0, 0.5}));
}

TEST(PolicyOrder, ResponseThatIsAVariantCountsItsVolumeAtLeast) {
  GraphFixture g = banned_choice();
  SnapshotEdge& edge = g.edge("small", "adapts-to", "rule");
  edge.performance = 0.5;
  edge.share = 0.25;
  const View view = g.view();
  EXPECT_EQ(left_of_plant(view, *enforce_rule(view).adapted), (Interval{0.25, 0.5}));
}

TEST(PolicyOrder, ResponseIsNotAddedToTheChoiceThatHasIt) {
  GraphFixture g = banned_choice();
  g.edge("local", "produces", "big").share = 0.5;  // half of the big ones are made at home
  g.edge("small", "adapts-to", "rule").performance = 0.5;
  const View view = g.view();
  const WhatIf answer = enforce_rule(view);
  const Interval bounds = left_of_plant(view, answer.state);
  EXPECT_NEAR(bounds.low, 1.0 / 3, 1e-9);  // the shares of 1.5 are scaled
  const Interval adapted = left_of_plant(view, *answer.adapted);
  EXPECT_NEAR(adapted.low, 1.0 / 3, 1e-9);
  EXPECT_NEAR(adapted.high, 0.5, 1e-9) << "the best of the two, not their sum";
}

TEST(PolicyOrder, AdaptationOfAResponseMadeAtHomeLowersNothing) {
  GraphFixture g = banned_choice();
  g.edge("local", "produces", "small").share = 1;
  g.edge("small", "adapts-to", "rule").performance = 0.25;
  const View view = g.view();
  const WhatIf answer = enforce_rule(view);
  EXPECT_EQ(left_of_plant(view, answer.state), (Interval{0.5, 0.5}));
  EXPECT_EQ(left_of_plant(view, *answer.adapted), (Interval{0.5, 0.5}));
}

TEST(PolicyOrder, RefillStopsAtWhatTheFlowHasWithoutThePolicy) {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"local", "maker", "plant"}).nodes("policy", {"rule"});
  g.nodes("chip", {"chip", "own"});
  g.edge("us", "issues", "rule");
  g.edge("maker", "located-in", "us");
  g.edge("plant", "located-in", "cn");
  g.edge("local", "located-in", "cn");
  g.edge("plant", "requires", "chip");
  g.edge("local", "produces", "own");
  for (const std::string supplier : {"maker", "local"}) {
    SnapshotEdge& edge = g.edge(supplier, "supplies", "cn");
    edge.item = g.key("chip");
    edge.share = supplier == "maker" ? 0.4 : 0.6;
  }
  g.edge("rule", "restricts", "chip").market = g.key("cn");
  g.edge("own", "substitutes", "chip").performance = 0.9;
  const View view = g.view();
  Scenario scenario;
  scenario.enforced = {view.snapshot().find("rule").value()};
  scenario.losses = {{view.snapshot().find("local").value(), 0.5}};
  const WhatIf answer = what_if(view, scenario);
  const auto near = [&](const WhatIfState& state, double low, double high) {
    EXPECT_NEAR(left_of_plant(view, state).low, low, 1e-9);
    EXPECT_NEAR(left_of_plant(view, state).high, high, 1e-9);
  };
  near(*answer.baseline, 0.7, 0.7);
  near(answer.state, 0.3, 0.3);
  near(*answer.adapted, 0.3, 0.7);  // 0.3 + 0.9 · 0.5 would be more than without the policy
}

}  // namespace
}  // namespace chokepoint
