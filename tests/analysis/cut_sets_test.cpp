#include "chokepoint/analysis/cut_sets.hpp"

#include "analysis/cut_sets/layered_cut_sets.hpp"
#include "tests/support/andor_fixture.hpp"
#include "tests/support/naive_requirements.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/situations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace chokepoint {
namespace {

using test::Case;
using test::GraphFixture;
using test::NaiveRequirements;

/// `a+b c` for {a, b} and {c}.
std::string text(const Snapshot& snapshot, const CutSets& found) {
  std::string all;
  for (const CutSet& set : found.sets) {
    if (!all.empty()) all += ' ';
    for (std::size_t i = 0; i < set.members.size(); ++i) {
      if (i > 0) all += '+';
      all += snapshot.id(set.members[i]);
    }
  }
  return all;
}

CutSets cuts(const Case& c, const std::string& target, const CandidateFilter& filter, std::size_t order) {
  CutSetOptions options;
  options.order = order;
  return minimal_cut_sets(c.situation(), c.node(target), cut_candidates(c.view(), filter), options);
}

TEST(CutSets, WorkedExampleHasTheSetsOfItsTable) {
  const GraphFixture g = test::andor_fixture();
  const CandidateFilter places{Layer::place, {}};
  const CandidateFilter actors{Layer::actor, {}};
  Case place(g, {Layer::place, false, {}, {}, {}});
  Case actor(g, {Layer::actor, false, {}, {}, {}});
  const auto listed = [&](const Case& c, const CandidateFilter& filter, std::size_t order) {
    return text(c.view().snapshot(), cuts(c, "x", filter, order));
  };
  EXPECT_EQ(listed(place, places, 1), "");
  EXPECT_EQ(listed(place, places, 2), "a+b b+c");
  EXPECT_EQ(listed(actor, actors, 2), "f3+f4");
  EXPECT_EQ(listed(place.read_variants(Variants::all), places, 1), "a");
  EXPECT_EQ(listed(actor.read_variants(Variants::all), actors, 1), "f1");
  EXPECT_EQ(listed(actor.read_variants(Variants::any), {}, 1), "k m1 m2 p1 p2");
  EXPECT_EQ(listed(actor.read_variants(Variants::all), {}, 1), "a f1 k m1 m2 p1 p2 t1 t2");
}

TEST(CutSets, ScannerFromOneFirmAndResistFromTwo) {
  // chip = scanner AND resist, scanner from asml, resist from jsr or tok
  GraphFixture g = test::scanner_and_resist();
  const Case c(g);
  const CutSets found = cuts(c, "chip", {Layer::actor, {}}, 2);
  EXPECT_EQ(text(c.view().snapshot(), found), "asml jsr+tok");
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.order_done, 2U);
}

TEST(CutSets, SetThatIsOnlyTheTargetsSeatSaysSo) {
  GraphFixture g;
  g.nodes("country", {"tw", "nl"}).nodes("firm", {"tsmc", "asml"});
  g.edge("tsmc", "located-in", "tw");
  g.edge("tsmc", "requires", "scanner");
  g.edge("asml", "produces", "scanner");
  g.edge("asml", "located-in", "nl");
  const Case c(g, {Layer::place, false, {}, {}, {}});
  const CutSets found = cuts(c, "tsmc", {Layer::place, {}}, 2);
  ASSERT_EQ(text(c.view().snapshot(), found), "nl tw");
  EXPECT_EQ(found.sets[0].reason, CutReason::requirement);
  EXPECT_EQ(found.sets[1].reason, CutReason::seat);
}

TEST(CutSets, TargetThatIsImpossibleAnywayHasNone) {
  GraphFixture g;
  SnapshotEdge& edge = g.edge("plant", "requires", "gas");
  edge.group = "fuel";
  edge.k = 2;
  const Case c(g);
  const CutSets found = cuts(c, "plant", {}, 2);
  EXPECT_TRUE(found.target_is_impossible);
  EXPECT_TRUE(found.sets.empty());
}

TEST(CutSets, SoleSupplierWithARestIsAChokepointOnlyBelowAThreshold) {
  GraphFixture g;
  g.nodes("firm", {"asml"});
  g.edge("asml", "produces", "scanner").share = 0.9;
  Case c(g);
  EXPECT_EQ(text(c.view().snapshot(), cuts(c, "scanner", {}, 2)), "");
  EXPECT_EQ(text(c.view().snapshot(), cuts(c.threshold(0.2), "scanner", {}, 2)), "asml");
}

TEST(CutSets, RemainderOfTheOtherLayerIsNoCandidate) {
  GraphFixture g;
  g.nodes("country", {"us"}).node("others", "group").layer = Layer::place;
  g.edge("us", "produces", "chip").share = 0.9;
  g.edge("others", "produces", "chip").share = 0.1;
  const Case c(g, {Layer::place, false, {}, {}, {}});
  EXPECT_EQ(c.groups("chip"), "supplier 1/2: others 0.1 us 0.9");
  EXPECT_EQ(text(c.view().snapshot(), cuts(c, "chip", {Layer::place, {}}, 2)), "");
}

TEST(CutSets, RemainderIsNoCandidateAndStopsWhenItIsRemoved) {
  GraphFixture g;
  g.nodes("firm", {"jx", "praxair"}).node("others", "group").remainder = true;
  for (const char* maker : {"jx", "others"}) g.edge(maker, "produces", "target");
  g.edge("chip", "requires", "target");
  const Case c(g);
  EXPECT_EQ(test::ids(c.view().snapshot(), cut_candidates(c.view(), {Layer::actor, {}})), "jx praxair");
  EXPECT_EQ(test::ids(c.view().snapshot(), cut_candidates(c.view(), {.remainders = true})), "others");
  EXPECT_EQ(text(c.view().snapshot(), cuts(c, "chip", {Layer::actor, {}}, 2)), "");
  std::vector<Vertex> all = cut_candidates(c.view(), {Layer::actor, {}});
  all.push_back(c.node("others"));
  CutSets found = minimal_cut_sets(c.situation(), c.node("chip"), all, {});
  EXPECT_EQ(text(c.view().snapshot(), found), "jx+others");
  EXPECT_EQ(take_remainder_sets(c.view().snapshot(), found.sets).size(), 1U);
  EXPECT_TRUE(found.sets.empty());
}

TEST(CutSets, LimitAndCallerStopTheSearchAndItSaysHowFarItCame) {
  GraphFixture g;
  for (const char left : {'a', 'b', 'c'}) {
    const std::string part(1, left);
    g.edge("chip", "requires", part);
    for (const char* right : {"1", "2"}) {
      g.nodes("firm", {part + right});
      g.edge(part + right, "produces", part);
    }
  }
  const Case c(g);
  CutSetOptions options;
  options.order = 3;
  options.limit = 2;
  const auto candidates = cut_candidates(c.view(), {Layer::actor, {}});
  CutSets found = minimal_cut_sets(c.situation(), c.node("chip"), candidates, options);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.order_done, 1U);
  EXPECT_EQ(found.sets.size(), 2U);
  options.limit = 100;
  std::size_t calls = 0;
  options.keep_going = [&](const CutSetProgress& progress) { return ++calls < 2 || progress.order < 2; };
  found = minimal_cut_sets(c.situation(), c.node("chip"), candidates, options);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.order_done, 1U);
}

std::vector<std::string> ids_of(const Snapshot& snapshot, const std::vector<Vertex>& vertices) {
  std::vector<std::string> ids;
  for (const Vertex v : vertices) ids.emplace_back(snapshot.id(v));
  return ids;
}

std::set<std::vector<std::string>> sets_of(const Snapshot& snapshot, const CutSets& found) {
  std::set<std::vector<std::string>> sets;
  for (const CutSet& set : found.sets) sets.insert(ids_of(snapshot, set.members));
  EXPECT_EQ(sets.size(), found.sets.size()) << "a set was found twice";
  return sets;
}

TEST(CutSets, AgreeWithExhaustiveSearchOnRandomGraphs) {
  std::mt19937 random = test::seeded(4711);
  for (int round = 0; round < 400; ++round) {
    const View view = test::random_requirements(random);
    const Snapshot& snapshot = view.snapshot();
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    const CandidateFilter filter{random() % 2 == 0 ? std::optional<Layer>() : layer, {}};
    const std::vector<Vertex> candidates = cut_candidates(view, filter);
    const auto target = static_cast<Vertex>(random() % snapshot.vertex_count());
    CutSetOptions options;
    options.order = filter.layer ? 4 : 3;
    for (const Variants variants : {Variants::any, Variants::all}) {
      const NaiveRequirements naive(view, layer, false, variants);
      for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
        const Situation situation{&requirements, {}, {variants, cycles, {}}};
        const CutSets found = minimal_cut_sets(situation, target, candidates, options);
        const auto expected =
            naive.cut_sets(std::string(snapshot.id(target)), ids_of(snapshot, candidates), options.order, {}, cycles);
        ASSERT_EQ(sets_of(snapshot, found), expected)
            << "round " << round << " " << snapshot.id(target) << " variants " << static_cast<int>(variants)
            << " cycles " << static_cast<int>(cycles);
        ASSERT_TRUE(found.complete);
      }
    }
  }
}

TEST(CutSets, AreJudgedEachInItsOwnLayer) {
  // x needs b or is supplied; of the place tw there is a row, of the firm fa that sits there another
  GraphFixture g;
  g.nodes("country", {"tw", "nl"}).nodes("firm", {"fa"});
  g.edge("fa", "located-in", "tw");
  g.edge("tw", "produces", "a");
  g.edge("fa", "produces", "a");
  for (const std::string way : {"a", "b"}) g.edge("x", "requires", way).group = "way";
  const Case place(g, {Layer::place, false, {}, {}, {}});
  const Case actor(g, {Layer::actor, false, {}, {}, {}});
  const LayeredCutSets found =
      layered_cut_sets({&place.situation(), &actor.situation()}, actor.node("x"), cut_candidates(actor.view(), {}), {});
  EXPECT_EQ(text(actor.view().snapshot(), found.found), "a+b b+fa b+tw");
  EXPECT_TRUE(found.found.complete);
  const LayeredCutSets all_by_actor =
      layered_cut_sets({&actor.situation(), &actor.situation()}, actor.node("a"), cut_candidates(actor.view(), {}), {});
  EXPECT_EQ(text(actor.view().snapshot(), all_by_actor.found), "fa tw");
}

TEST(CutSets, HoldNoPlaceThatAddsNothing) {
  // x needs a or b, b two suppliers; one place and two firms are recorded, so that by place a alone holds x up
  GraphFixture g;
  g.nodes("country", {"fr", "kr"}).nodes("firm", {"fb", "fc"});
  for (const std::string supplier : {"kr", "fb", "fc"}) {
    SnapshotEdge& row = g.edge(supplier, "produces", "b");
    row.group = "lines";
    row.k = 2;
  }
  for (const std::string way : {"a", "b"}) g.edge("x", "requires", way).group = "way";
  const Case place(g, {Layer::place, false, {}, {}, {}});
  const Case actor(g, {Layer::actor, false, {}, {}, {}});
  const std::vector<Vertex> candidates = cut_candidates(actor.view(), {});
  EXPECT_EQ(text(actor.view().snapshot(), minimal_cut_sets(place.situation(), place.node("x"), candidates, {})), "a");
  const LayeredCutSets found =
      layered_cut_sets({&place.situation(), &actor.situation()}, actor.node("x"), candidates, {});
  EXPECT_EQ(text(actor.view().snapshot(), found.found), "a+b a+fb a+fc");
}

/// t0 needs one or two of several things, which countries, firms and other things hold up: cut sets of every mixture.
View random_mixtures(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  GraphFixture g;
  g.nodes("country", {"c0", "c1", "c2"}).nodes("firm", {"f0", "f1", "f2", "f3"});
  for (unsigned i = 0; i < 4; ++i) g.edge("f" + std::to_string(i), "located-in", "c" + std::to_string(below(3)));
  const unsigned ways = 2 + below(2), k = 1 + below(2);
  for (unsigned i = 1; i <= ways; ++i) {
    SnapshotEdge& edge = g.edge("t0", "requires", "t" + std::to_string(i));
    edge.group = "way";
    edge.k = k;
  }
  for (unsigned i = 1; i <= 6; ++i) {
    const std::string thing = "t" + std::to_string(i);
    for (unsigned rows = below(3); rows > 0; --rows) g.edge("f" + std::to_string(below(4)), "produces", thing);
    for (unsigned rows = below(3); rows > 0; --rows) g.edge("c" + std::to_string(below(3)), "produces", thing);
    if (i < 6 && below(2) == 0) g.edge(thing, "requires", "t" + std::to_string(i + 1 + below(6 - i)));
    if (i < 6 && below(4) == 0) g.edge("t" + std::to_string(i + 1 + below(6 - i)), "variant-of", thing);
    if (i < 6 && below(3) == 0) g.edge("f" + std::to_string(below(4)), "requires", "t" + std::to_string(i + 1));
  }
  return g.view();
}

TEST(CutSets, OfLayersAgreeWithExhaustiveSearchOnRandomGraphs) {
  std::mt19937 random = test::seeded(20261129);
  std::size_t mixed = 0, found_sets = 0;
  for (int round = 0; round < 500; ++round) {
    const View view = round % 2 == 0 ? test::random_requirements(random) : random_mixtures(random);
    const Snapshot& snapshot = view.snapshot();
    const Requirements by_place = build_requirements(view, {Layer::place, false, {}, {}, {}});
    const Requirements by_actor = build_requirements(view, {Layer::actor, false, {}, {}, {}});
    std::vector<Vertex> candidates = cut_candidates(view, {});
    if (round % 3 == 0) std::erase_if(candidates, [&](Vertex) { return random() % 3 == 0; });
    const Vertex target =
        round % 2 == 0 ? static_cast<Vertex>(random() % snapshot.vertex_count()) : test::vertex(snapshot, "t0");
    CutSetOptions options;
    options.order = 1 + random() % 3;
    options.threads = 1 + static_cast<unsigned>(round) % 2;
    const Layer fixed = round % 5 == 0 ? Layer::place : round % 5 == 1 ? Layer::actor : Layer::none;
    for (const Variants variants : {Variants::any, Variants::all}) {
      const Cycles cycles = random() % 2 == 0 ? Cycles::hold : Cycles::unsupported;
      const Situation place{fixed == Layer::actor ? &by_actor : &by_place, {}, {variants, cycles, {}}};
      const Situation actor{fixed == Layer::place ? &by_place : &by_actor, {}, {variants, cycles, {}}};
      const LayeredCutSets found = layered_cut_sets({&place, &actor}, target, candidates, options);
      const NaiveRequirements naive_place(view, place.requirements->options().layer, false, variants);
      const NaiveRequirements naive_actor(view, actor.requirements->options().layer, false, variants);
      ASSERT_EQ(sets_of(snapshot, found.found),
                test::layered_cut_sets(naive_place, naive_actor, std::string(snapshot.id(target)),
                                       ids_of(snapshot, candidates), options.order, cycles))
          << "round " << round << ' ' << snapshot.id(target) << " variants " << static_cast<int>(variants);
      ASSERT_TRUE(found.found.complete);
      for (const CutSet& set : found.found.sets) {
        const auto has = [&](Layer layer) {
          return std::any_of(set.members.begin(), set.members.end(),
                             [&](Vertex v) { return snapshot.layer(v) == layer; });
        };
        EXPECT_EQ(set.layer, has(Layer::place) ? Layer::place : Layer::actor);
        mixed += has(Layer::place) && has(Layer::none) ? 1U : 0U;
      }
      found_sets += found.found.sets.size();
    }
  }
  EXPECT_GT(found_sets, 1000U);
  EXPECT_GT(mixed, 100U);
}

TEST(CutSets, WithRemaindersTakenOutAreThoseOfNamedNodesAlone) {
  std::mt19937 random = test::seeded(20261130);
  std::size_t taken = 0, left = 0;
  for (int round = 0; round < 400; ++round) {
    const View view = test::random_requirements(random, {.percent_remainders = 40});
    const Snapshot& snapshot = view.snapshot();
    const Requirements by_place = build_requirements(view, {Layer::place, false, {}, {}, {}});
    const Requirements by_actor = build_requirements(view, {Layer::actor, false, {}, {}, {}});
    const std::vector<Vertex> named = cut_candidates(view, {}), others = cut_candidates(view, {.remainders = true});
    std::vector<Vertex> all = named;
    all.insert(all.end(), others.begin(), others.end());
    const std::string target(snapshot.id(static_cast<Vertex>(random() % snapshot.vertex_count())));
    const Situation place{&by_place, {}, {}}, actor{&by_actor, {}, {}};
    CutSetOptions options;
    options.order = 3;
    LayeredCutSets found = layered_cut_sets({&place, &actor}, test::vertex(snapshot, target), all, options);
    const std::vector<CutSet> apart = take_remainder_sets(snapshot, found.found.sets);
    const NaiveRequirements naive_place(view, Layer::place, false, Variants::any);
    const NaiveRequirements naive_actor(view, Layer::actor, false, Variants::any);
    const auto slowly = [&](const std::vector<Vertex>& candidates) {
      return test::layered_cut_sets(naive_place, naive_actor, target, ids_of(snapshot, candidates), 3, Cycles::hold);
    };
    ASSERT_EQ(sets_of(snapshot, found.found), slowly(named)) << "round " << round << ' ' << target;
    auto rest = slowly(all);
    for (const CutSet& set : found.found.sets) rest.erase(ids_of(snapshot, set.members));
    ASSERT_EQ(sets_of(snapshot, {apart}), rest) << "round " << round << ' ' << target;
    taken += apart.size();
    left += found.found.sets.size();
  }
  EXPECT_GT(taken, 3U);
  EXPECT_GT(left, 300U);
}

TEST(CutSets, AgreeWithExhaustiveSearchBelowThresholds) {
  std::mt19937 random = test::seeded(99);
  for (int round = 0; round < 60; ++round) {
    const View view = test::random_requirements(random);
    const Snapshot& snapshot = view.snapshot();
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    const std::vector<Vertex> candidates = cut_candidates(view, {layer, {}});
    const auto target = static_cast<Vertex>(random() % snapshot.vertex_count());
    const double threshold = 0.1 * static_cast<double>(random() % 10) + 0.05;
    const Situation situation{&requirements, {}, {Variants::any, Cycles::hold, threshold}};
    const CutSets found = minimal_cut_sets(situation, target, candidates, {2, 1000, {}});
    const NaiveRequirements naive(view, layer, false, Variants::any);
    ASSERT_EQ(sets_of(snapshot, found), naive.cut_sets(std::string(snapshot.id(target)), ids_of(snapshot, candidates),
                                                       2, threshold, Cycles::hold))
        << "round " << round << ' ' << snapshot.id(target) << ' ' << threshold;
  }
}

/// n0 needs a0 or b0, both need n1, and so on: no group needs all it has, yet each n is a chokepoint of n0.
TEST(CutSets, LongChainsOfAlternativesHaveTheirWaists) {
  constexpr int length = 300;  // more than are tried at once
  GraphFixture g;
  const auto name = [](char letter, int i) { return letter + std::to_string(10'000 + i); };
  for (int i = 0; i < length; ++i) {
    for (const char side : {'a', 'b'}) {
      g.edge(name('n', i), "requires", name(side, i)).group = "way";
      g.edge(name(side, i), "requires", name('n', i + 1));
    }
  }
  const Case c(g);
  std::string expected;
  for (int i = 1; i <= length; ++i) expected += (i > 1 ? " " : "") + name('n', i);
  EXPECT_EQ(text(c.view().snapshot(), cuts(c, name('n', 0), {}, 1)), expected);
  EXPECT_EQ(cuts(c, name('n', 0), {}, 2).sets.size(), std::size_t{2} * length);
  Situation grounded = c.situation();
  grounded.options.cycles = Cycles::unsupported;
  const auto candidates = cut_candidates(c.view(), {});
  EXPECT_EQ(minimal_cut_sets(grounded, c.node(name('n', 0)), candidates, {1, 10'000, {}}).sets.size(),
            std::size_t{length});
}

/// A graph of named groups and plain needs, mostly one way; one node in `back` may rest on one before it.
View large_random_requirements(std::mt19937& random, int size, unsigned back = 20) {
  GraphFixture g;
  const auto name = [](int i) { return "n" + std::to_string(10'000 + i); };
  const auto below = [&](int i) { return i + 1 + static_cast<int>(random() % 6); };
  for (int i = 0; i + 7 < size; ++i) {
    const auto needs = random() % 3;
    for (unsigned need = 0; need < needs; ++need) g.edge(name(i), "requires", name(below(i)));
    std::set<int> members;
    for (unsigned member = 0; member < 2 + random() % 2; ++member) members.insert(below(i));
    for (const int member : members) g.edge(name(i), "requires", name(member)).group = "any";
    if (random() % back == 0 && i > 3) g.edge(name(i), "requires", name(i - 3)).group = "any";
  }
  return g.view();
}

TEST(CutSets, SinglesAgreeWithRemovingEachByItselfOnLargerGraphs) {
  std::mt19937 random = test::seeded(31);
  std::size_t most = 0;
  for (int round = 0; round < 6; ++round) {
    const View view = large_random_requirements(random, 400);
    const Requirements requirements = build_requirements(view, {});
    const std::vector<Vertex> candidates = cut_candidates(view, {});
    for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
      for (const std::optional<double> threshold : {std::optional<double>(), std::optional<double>(0.5)}) {
        if (threshold && round > 0) continue;
        Situation situation{&requirements, {}, {Variants::any, cycles, threshold}};
        const CutSets found = minimal_cut_sets(situation, 0, candidates, {1, 100'000, {}});
        std::vector<Vertex> single, expected;
        for (const CutSet& set : found.sets) single.push_back(set.members.front());
        const bool is_impossible = assess_possible(situation).failed[0] != 0;
        for (const Vertex v : candidates) {
          situation.disruption.removed = {v};
          if (!is_impossible && v != 0 && assess_possible(situation).failed[0] != 0) expected.push_back(v);
        }
        ASSERT_EQ(single, expected) << "round " << round;
        most = std::max(most, single.size());
      }
    }
  }
  EXPECT_GT(most, 20U) << "the graphs have chokepoints to find";
}

TEST(CutSets, SmallSetsAgreeWithRemovingEachOfThemOnGraphsWithManyCycles) {
  std::mt19937 random = test::seeded(77);
  std::size_t pairs = 0, triples = 0;
  for (unsigned round = 0; round < 40; ++round) {
    const View view = large_random_requirements(random, 26, 1 + round % 3);
    const Requirements requirements = build_requirements(view, {});
    const std::vector<Vertex> candidates = cut_candidates(view, {});
    for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
      Situation situation{&requirements, {}, {Variants::any, cycles, {}}};
      const auto fails = [&](std::vector<Vertex> removed) {
        situation.disruption.removed = std::move(removed);
        const bool failed = assess_possible(situation).failed[0] != 0;
        situation.disruption.removed.clear();
        return failed;
      };
      std::vector<std::vector<Vertex>> expected;
      const auto is_minimal = [&](const std::vector<Vertex>& set) {
        return std::ranges::none_of(expected, [&](const auto& known) {
          return std::includes(set.begin(), set.end(), known.begin(), known.end());
        });
      };
      const auto n = static_cast<Vertex>(view.snapshot().vertex_count());
      for (std::size_t size = 1; size <= 3 && !fails({}); ++size) {
        std::vector<std::vector<Vertex>> found;
        for (Vertex a = 1; a < n; ++a) {
          for (Vertex b = size > 1 ? a + 1 : n - 1; b < n; ++b) {
            for (Vertex c = size > 2 ? b + 1 : n - 1; c < n; ++c) {
              std::vector<Vertex> set{a, b, c};
              set.resize(size);
              if (is_minimal(set) && fails(set)) found.push_back(set);
            }
          }
        }
        expected.insert(expected.end(), found.begin(), found.end());
        (size == 2 ? pairs : size == 3 ? triples : pairs) += size == 1 ? 0 : found.size();
      }
      const CutSets found = minimal_cut_sets(situation, 0, candidates, {3, 100'000, {}});
      std::vector<std::vector<Vertex>> sets;
      for (const CutSet& set : found.sets) sets.push_back(set.members);
      ASSERT_EQ(sets, expected) << "round " << round << " cycles " << static_cast<int>(cycles);
    }
  }
  EXPECT_GT(pairs, 200U);
  EXPECT_GT(triples, 200U);
}

/// What a search says, but for how often it asked: equal for any number of threads.
void expect_equal(const CutSets& one, const CutSets& other, const std::string& where) {
  ASSERT_EQ(one.sets, other.sets) << where;
  ASSERT_EQ(one.complete, other.complete) << where;
  ASSERT_EQ(one.order_done, other.order_done) << where;
  ASSERT_EQ(one.target_is_impossible, other.target_is_impossible) << where;
}

TEST(CutSets, AreTheSameForAnyNumberOfThreads) {
  std::mt19937 random = test::seeded(2026);
  std::size_t sets = 0, cut_short = 0;
  for (int round = 0; round < 800; ++round) {
    const View view = test::random_requirements(random);
    const Snapshot& snapshot = view.snapshot();
    const Layer layer = random() % 2 == 0 ? Layer::place : Layer::actor;
    const Requirements requirements = build_requirements(view, {layer, false, {}, {}, {}});
    const std::vector<Vertex> candidates =
        cut_candidates(view, {random() % 2 == 0 ? std::optional<Layer>() : layer, {}});
    const auto target = static_cast<Vertex>(random() % snapshot.vertex_count());
    const Cycles cycles = random() % 2 == 0 ? Cycles::hold : Cycles::unsupported;
    const std::optional<double> threshold = round % 3 == 0 ? std::optional(0.35) : std::nullopt;
    const Situation situation{
        &requirements, {}, {random() % 2 == 0 ? Variants::any : Variants::all, cycles, threshold}};
    CutSetOptions options;
    options.order = 3;
    const CutSets all = minimal_cut_sets(situation, target, candidates, options);
    sets += all.sets.size();
    for (const std::size_t limit :
         {std::size_t{100'000}, std::size_t{0}, std::size_t{1}, std::size_t{3}, all.sets.size()}) {
      options.limit = limit;
      options.threads = 1;
      const CutSets alone = minimal_cut_sets(situation, target, candidates, options);
      ASSERT_EQ(alone.complete, all.sets.size() <= limit);
      ASSERT_EQ(alone.sets.size(), std::min(limit, all.sets.size()));
      for (const CutSet& set : alone.sets) ASSERT_TRUE(std::ranges::find(all.sets, set) != all.sets.end());
      cut_short += alone.complete ? 0 : 1;
      for (const unsigned threads : {0U, 2U, 3U, 8U}) {
        options.threads = threads;
        expect_equal(minimal_cut_sets(situation, target, candidates, options), alone,
                     "round " + std::to_string(round) + ", threads " + std::to_string(threads) + ", limit " +
                         std::to_string(limit));
      }
    }
  }
  EXPECT_GT(sets, 300U) << "the graphs have sets to find";
  EXPECT_GT(cut_short, 100U) << "limits cut some searches short";
}

/// A target that needs one of two, `width` times over: its sets are those pairs, and with an upper floor more of them.
View pairs_to_hit(int width, int floors) {
  GraphFixture g;
  const auto name = [](int floor, int i) { return "n" + std::to_string(100 * (floor + 1) + i); };
  for (int i = 0; i < width; ++i) {
    g.edge("top", "requires", name(0, 2 * i)).group = "way" + std::to_string(i);
    g.edge("top", "requires", name(0, 2 * i + 1)).group = "way" + std::to_string(i);
  }
  for (int floor = 0; floor + 1 < floors; ++floor) {
    for (int i = 0; i < 2 * width; ++i) {
      for (const int step : {0, 3})
        g.edge(name(floor, i), "requires", name(floor + 1, (i + step) % (2 * width))).group = "way";
    }
  }
  return g.view();
}

TEST(CutSets, LargeSetsAreTheSameForAnyNumberOfThreads) {
  const View view = pairs_to_hit(12, 4);
  const Requirements requirements = build_requirements(view, {});
  const std::vector<Vertex> candidates = cut_candidates(view, {});
  const Vertex target = *view.snapshot().find("top");
  for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
    const Situation situation{&requirements, {}, {Variants::any, cycles, {}}};
    CutSetOptions options;
    options.order = 4;
    const CutSets all = minimal_cut_sets(situation, target, candidates, options);
    EXPECT_TRUE(all.complete);
    EXPECT_GT(all.sets.size(), 100U);
    for (const std::size_t limit : {std::size_t{100'000}, all.sets.size() - 1, all.sets.size() / 2, std::size_t{20}}) {
      options.limit = limit;
      options.threads = 1;
      const CutSets alone = minimal_cut_sets(situation, target, candidates, options);
      for (const unsigned threads : {2U, 3U, 8U}) {
        options.threads = threads;
        expect_equal(minimal_cut_sets(situation, target, candidates, options), alone,
                     std::to_string(threads) + " " + std::to_string(limit));
      }
    }
  }
}

TEST(CutSets, ThreadsAreStoppedByTheCallerWhoIsAskedInItsOwnThread) {
  const View view = pairs_to_hit(12, 4);
  const Requirements requirements = build_requirements(view, {});
  const std::vector<Vertex> candidates = cut_candidates(view, {});
  const Situation situation{&requirements, {}, {}};
  const Vertex target = *view.snapshot().find("top");
  const auto here = std::this_thread::get_id();
  CutSetOptions options;
  options.order = 4;
  const CutSets all = minimal_cut_sets(situation, target, candidates, options);
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    options.threads = threads;
    for (std::size_t last = 1; last <= 4; ++last) {
      options.keep_going = [&](const CutSetProgress& progress) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        EXPECT_GE(progress.done, 0);
        EXPECT_LE(progress.done, 1);
        return progress.order < last;
      };
      const CutSets found = minimal_cut_sets(situation, target, candidates, options);
      EXPECT_FALSE(found.complete);
      EXPECT_EQ(found.order_done, last - 1);
      std::size_t smaller = 0;
      for (const CutSet& set : found.sets) {
        EXPECT_TRUE(std::ranges::find(all.sets, set) != all.sets.end());
        smaller += set.members.size() < last ? 1U : 0U;
      }
      EXPECT_EQ(smaller, std::ranges::count_if(all.sets, [&](const CutSet& set) { return set.members.size() < last; }));
    }
    options.keep_going = [](const CutSetProgress& progress) -> bool {
      if (progress.order == 3) throw std::runtime_error("the caller's own");
      return true;
    };
    EXPECT_THROW(minimal_cut_sets(situation, target, candidates, options), std::runtime_error);
  }
}

/// Chains of alternatives below one target: what one thread finds out about a chain spares the others.
TEST(CutSets, SinglesAreTheSameForAnyNumberOfThreads) {
  std::mt19937 random = test::seeded(8);
  unsigned compared = 0;
  while (compared < 2) {
    const View view = large_random_requirements(random, 1500);
    const Requirements requirements = build_requirements(view, {});
    const std::vector<Vertex> candidates = cut_candidates(view, {});
    for (const Cycles cycles : {Cycles::hold, Cycles::unsupported}) {
      const Situation situation{&requirements, {}, {Variants::any, cycles, {}}};
      CutSetOptions options;
      options.order = 2;
      const CutSets alone = minimal_cut_sets(situation, 0, candidates, options);
      compared += alone.sets.size() > 100 ? 1U : 0U;
      for (const unsigned threads : {2U, 3U, 8U}) {
        options.threads = threads;
        expect_equal(minimal_cut_sets(situation, 0, candidates, options), alone, std::to_string(threads));
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
