#include "chokepoint/analysis/reach.hpp"

#include "analysis/lenses/requirement_reach.hpp"
#include "tests/support/fact_graph.hpp"
#include "tests/support/naive_requirements.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

/// `id/tier` or `id/tier~` for soft ones, in the order of the answer.
std::string text(const View& view, const DependencyReport& report) {
  std::string text;
  for (const DependencyNode& node : report.nodes) {
    if (!text.empty()) text += ' ';
    text += std::string(view.snapshot().id(node.vertex)) + '/' + std::to_string(node.tier) + (node.soft ? "~" : "");
  }
  return text;
}

std::vector<std::int64_t> keys(const View& view, const std::vector<Arc>& arcs) {
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(view.snapshot().columns().edge_key[e]);
  std::sort(keys.begin(), keys.end());
  return keys;
}

using Keys = std::vector<std::int64_t>;

///  system -requires-> chip <-produces- fab -located-in-> tw
///     |                '-requires-> part
///     '-uses-> tool -requires-> chip,  tool -requires-> glue
GraphFixture small_graph() {
  GraphFixture g;
  g.edge("system", "requires", "chip");  // 1
  g.edge("fab", "produces", "chip");     // 2
  g.edge("fab", "located-in", "tw");     // 3
  g.edge("chip", "requires", "part");    // 4
  g.edge("system", "uses", "tool");      // 5
  g.edge("tool", "requires", "chip");    // 6
  g.edge("tool", "requires", "glue");    // 7
  g.edge("fund", "owns", "fab");         // 8
  return g;
}

TEST(Dependencies, AreTieredAndSoftWhenEveryWayIs) {
  const View view = small_graph().view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "system"), {.soft = true});
  EXPECT_EQ(text(view, report), "chip/1 tool/1~ fab/2 glue/2~ part/2 tw/3");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2, 3, 4, 5, 6, 7}));
}

TEST(Dependencies, StopAtTheDepthWithoutCallingALongerHardWaySoft) {
  GraphFixture g;
  g.edge("x", "uses", "y");      // 1: soft and short
  g.edge("x", "requires", "a");  // 2
  g.edge("a", "requires", "y");  // 3: hard and long
  g.edge("y", "requires", "z");  // 4: beyond the depth
  const View view = g.view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "x"), {.depth = 1, .soft = true});
  EXPECT_EQ(text(view, report), "a/1 y/1");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2}));
  const auto nothing = find_dependencies(view, vertex(view.snapshot(), "x"), {.depth = 0});
  EXPECT_TRUE(nothing.nodes.empty());
  EXPECT_TRUE(nothing.arcs.empty());
}

TEST(Dependencies, LeaveSoftOnesOutUnlessTold) {
  const View view = small_graph().view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "system"));
  EXPECT_EQ(text(view, report), "chip/1 fab/2 part/2 tw/3");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2, 3, 4}));
}

TEST(Dependents, GoAgainstTheArcs) {
  const View view = small_graph().view();
  const auto report = find_dependents(view, vertex(view.snapshot(), "tw"), {.soft = true});
  EXPECT_EQ(text(view, report), "fab/1 chip/2 system/3 tool/3");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2, 3, 5, 6}));
}

TEST(Dependencies, DoNotListTheNodeItselfOnACycleButItsArcs) {
  GraphFixture g;
  g.edge("a", "requires", "b");
  g.edge("b", "requires", "a");
  const View view = g.view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "a"));
  EXPECT_EQ(text(view, report), "b/1");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2}));
}

/// x of cn requires chips, which f delivers to cn and p makes; y is part of a chip.
GraphFixture delivered() {
  GraphFixture g;
  g.nodes("country", {"cn", "us"}).nodes("firm", {"f", "p", "x", "z"}).nodes("product", {"chip", "y"});
  g.edge("x", "requires", "chip");                     // 1
  g.edge("x", "located-in", "cn");                     // 2
  g.edge("f", "supplies", "cn").item = g.key("chip");  // 3
  g.edge("p", "produces", "chip");                     // 4
  g.edge("chip", "requires", "y");                     // 5
  g.edge("p", "supplies", "cn");                       // 6: of nobody knows what
  g.edge("z", "requires", "chip");                     // 7: where nothing is delivered
  g.edge("cn", "requires", "y");                       // 8
  g.edge("us", "funds", "chip");                       // 9
  return g;
}

TEST(Dependencies, RestOnWhatIsDeliveredWhereTheyAre) {
  const View view = delivered().view();
  const auto list = [&](const std::string& id, const ReachOptions& options = {}) {
    return text(view, find_dependencies(view, vertex(view.snapshot(), id), options));
  };
  EXPECT_EQ(list("x"), "chip/1 cn/1 f/2 y/2");
  EXPECT_EQ(list("z"), "chip/1 p/2 y/2");
  EXPECT_EQ(list("chip"), "p/1 y/1");
  EXPECT_EQ(list("cn"), "f/1 y/1");
  EXPECT_EQ(list("x", {.soft = true}), "chip/1 cn/1 f/2 y/2");
  EXPECT_EQ(list("x", {.soft = true, .through_places = true}), "chip/1 cn/1 f/2 p/2~ y/2");
  EXPECT_EQ(list("z", {.soft = true}), "chip/1 p/2 us/2~ y/2");
  EXPECT_EQ(keys(view, find_dependencies(view, vertex(view.snapshot(), "x")).arcs), (Keys{1, 2, 3, 5}));
}

TEST(Dependents, AreThoseThatRestOnADelivery) {
  const View view = delivered().view();
  const auto list = [&](const std::string& id) {
    return text(view, find_dependents(view, vertex(view.snapshot(), id)));
  };
  EXPECT_EQ(list("f"), "cn/1 x/2");
  EXPECT_EQ(list("p"), "chip/1 z/2");
  EXPECT_EQ(list("chip"), "x/1 z/1");
  EXPECT_EQ(list("y"), "chip/1 cn/1 x/2 z/2");
}

TEST(Dependencies, EndAtPlacesUnlessOneIsAskedFor) {
  GraphFixture g;
  g.nodes("country", {"cn"}).nodes("firm", {"a"}).nodes("product", {"power"});
  g.edge("a", "located-in", "cn");
  g.edge("cn", "requires", "power");
  const View view = g.view();
  EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "a"))), "cn/1");
  EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "a"), {.through_places = true})),
            "cn/1 power/2");
  EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "cn"))), "power/1");
  EXPECT_EQ(text(view, find_dependents(view, vertex(view.snapshot(), "power"))), "cn/1");
  EXPECT_EQ(text(view, find_dependents(view, vertex(view.snapshot(), "power"), {.through_places = true})), "cn/1 a/2");
}

TEST(Dependencies, OfWhatIsInARegionAreWhereTheRegionLies) {
  for (const bool has_generics : {false, true}) {
    GraphFixture g;
    g.nodes("country", {"us"}).nodes("region", {"state", "county"}).nodes("firm", {"a"});
    g.nodes("product", {"power", "quartz"});
    g.edge("a", "located-in", "county");      // 1
    g.edge("county", "located-in", "state");  // 2
    g.edge("state", "located-in", "us");      // 3
    g.edge("us", "requires", "power");        // 4
    g.edge("state", "requires", "power");     // 5
    g.edge("a", "produces", "quartz");        // 6
    if (has_generics) g.edge("kind", "variant-of", "sort");
    const View view = g.view();
    ASSERT_EQ(view.snapshot().columns().requirements_are_arcs, !has_generics);
    const auto on = [&](const char* id) { return find_dependencies(view, vertex(view.snapshot(), id)); };
    const auto of = [&](const char* id) { return find_dependents(view, vertex(view.snapshot(), id)); };
    EXPECT_EQ(text(view, on("a")), "county/1 state/2 us/3");
    EXPECT_EQ(text(view, on("county")), "state/1 us/2");
    EXPECT_EQ(text(view, on("state")), "power/1 us/1");
    EXPECT_EQ(keys(view, on("a").arcs), (Keys{1, 2, 3}));
    EXPECT_EQ(text(view, of("us")), "state/1 county/2 a/3 quartz/4");
    EXPECT_EQ(keys(view, of("us").arcs), (Keys{1, 2, 3, 6}));
    // What a place lacks is passed on to nobody.
    EXPECT_EQ(text(view, of("power")), "state/1 us/1");
  }
}

TEST(Dependencies, OfAReleasedThingDoNotIncludeItsDeveloper) {
  for (const bool has_generics : {false, true}) {
    GraphFixture g;
    g.nodes("firm", {"lab", "owner"}).nodes("country", {"c"});
    g.node("model", "model").released = true;
    g.edge("lab", "develops", "model");
    g.edge("lab", "located-in", "c");
    if (has_generics) g.edge("kind", "variant-of", "sort");
    const View view = g.view();
    ASSERT_EQ(view.snapshot().columns().requirements_are_arcs, !has_generics);
    EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "model"))), "");
    EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "model"), {.soft = true})), "lab/1~ c/2~");
  }
}

TEST(Dependencies, OfAStepAreTheSuppliersOfItsWhole) {
  GraphFixture g;
  g.nodes("process", {"step", "whole"}).nodes("firm", {"maker"});
  g.edge("step", "step-of", "whole");
  g.edge("maker", "produces", "whole");
  const View view = g.view();
  EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "step"))), "maker/1");
  EXPECT_EQ(text(view, find_dependents(view, vertex(view.snapshot(), "maker"))), "step/1 whole/1");
}

TEST(Dependencies, TakeDerivedEdgesOnlyFromAViewThatHasThem) {
  GraphFixture g;
  g.edge("a", "requires", "b").status = Status::derived;
  const View plain = g.view();
  EXPECT_EQ(text(plain, find_dependencies(plain, vertex(plain.snapshot(), "a"))), "");
  ViewOptions options;
  options.include_derived = true;
  const View bridged = g.view(options);
  EXPECT_EQ(text(bridged, find_dependencies(bridged, vertex(bridged.snapshot(), "a"))), "b/1");
}

/// Facts of which each is a requirement of its own, or none: no deliveries of things, no generics, no steps.
GraphFixture random_arcs(std::mt19937& random) {
  GraphFixture g;
  const std::vector<std::string> places{"c0", "c1", "c2", "c3"}, firms{"f0", "f1", "f2"},
      things{"t0", "t1", "t2", "t3", "t4"};
  g.nodes("country", places).nodes("firm", firms);
  for (const std::string& thing : things) g.node(thing, "product").released = random() % 4 == 0;
  const auto pick = [&](const std::vector<std::string>& some) { return some[random() % some.size()]; };
  for (int i = 0; i < 28; ++i) {
    switch (random() % 8) {
      case 0: g.edge(pick(firms), "located-in", pick(places)); break;
      case 7: g.edge(pick(places), "located-in", pick(places)); break;
      case 1: g.edge(pick(firms), "produces", pick(things)); break;
      case 2: g.edge(pick(firms), "develops", pick(things)); break;
      case 3: g.edge(pick(firms), "uses", pick(things)); break;
      case 4: g.edge(pick(firms), "supplies", random() % 2 == 0 ? pick(places) : pick(firms)); break;
      case 5: g.edge(pick(things), "substitutes", pick(things)); break;
      default: {
        const auto& needy = random() % 4 == 0 ? places : random() % 2 == 0 ? firms : things;
        SnapshotEdge& edge = g.edge(pick(needy), "requires", pick(things));
        if (random() % 5 == 0) edge.status = Status::derived;
      }
    }
  }
  return g;
}

/// Dependent → what it depends on, by the words of data/ontology.json and nothing else.
struct NaiveArc {
  Arc arc;
  Vertex dependent, on;
  bool is_soft;
};
std::vector<NaiveArc> naive_arcs(const View& view, bool soft, bool asked) {
  const std::map<std::string, bool> from_depends = {{"requires", true},    {"uses", true},      {"located-in", true},
                                                    {"produces", false},   {"supplies", false}, {"develops", false},
                                                    {"substitutes", false}};
  std::vector<NaiveArc> arcs;
  const Snapshot& snapshot = view.snapshot();
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const std::string& type = snapshot.type_of_edge(e).id;
    const auto rule = from_depends.find(type);
    const Vertex from = snapshot.columns().from[e];
    const Vertex to = snapshot.columns().to[e];
    const bool is_soft =
        type == "uses" || type == "supplies" || (type == "develops" && snapshot.columns().node_released[to] != 0);
    if (!view.has_edge(e) || rule == from_depends.end() || from == to) continue;
    if ((is_soft && !soft) || (type == "substitutes" && !asked)) continue;
    arcs.push_back({e, rule->second ? from : to, rule->second ? to : from, is_soft});
  }
  return arcs;
}

/// Whether an arc says which place a place lies in.
bool is_within_places(const View& view, const NaiveArc& arc) {
  const Snapshot& snapshot = view.snapshot();
  return snapshot.type_of_edge(arc.arc).id == "located-in" && snapshot.layer(arc.dependent) == Layer::place &&
         snapshot.layer(arc.on) == Layer::place;
}

/// The start and the places that lie in it or in those, by going round until nothing changes.
std::set<Vertex> naive_inside(const View& view, const std::vector<NaiveArc>& arcs, Vertex start) {
  std::set<Vertex> inside = {start};
  for (std::size_t before = 0; before != inside.size();) {
    before = inside.size();
    for (const NaiveArc& arc : arcs)
      if (is_within_places(view, arc) && inside.contains(arc.on)) inside.insert(arc.dependent);
  }
  return inside;
}

/// Whether a walk that has come to the source of an arc goes on along it.
bool is_walked(const View& view, const std::vector<NaiveArc>& arcs, const NaiveArc& arc, Vertex start, bool backward) {
  const Vertex source = backward ? arc.on : arc.dependent;
  if (view.snapshot().layer(source) != Layer::place || source == start) return true;
  return backward ? naive_inside(view, arcs, start).contains(source) : is_within_places(view, arc);
}

/// Vertices reached over arcs with their tiers, by going round until nothing changes.
std::map<Vertex, std::uint32_t> naive_tiers(const View& view, const std::vector<NaiveArc>& arcs, Vertex start,
                                            bool backward, bool through_places) {
  std::map<Vertex, std::uint32_t> tiers = {{start, 0}};
  for (bool changed = true; changed;) {
    changed = false;
    for (const NaiveArc& arc : arcs) {
      const Vertex source = backward ? arc.on : arc.dependent;
      const Vertex target = backward ? arc.dependent : arc.on;
      if (!tiers.contains(source) || (!through_places && !is_walked(view, arcs, arc, start, backward))) continue;
      const std::uint32_t tier = tiers[source] + 1;
      if (tiers.contains(target) && tiers[target] <= tier) continue;
      tiers[target] = tier;
      changed = true;
    }
  }
  tiers.erase(start);
  return tiers;
}

TEST(Dependencies, AgreeWithGoingRoundUntilNothingChanges) {
  std::mt19937 random = test::seeded(17);
  for (int round = 0; round < 600; ++round) {
    ViewOptions view_options;
    view_options.include_derived = random() % 2 == 0;
    const View view = random_arcs(random).view(view_options);
    ASSERT_TRUE(view.snapshot().columns().requirements_are_arcs);
    ReachOptions options;
    options.through_places = random() % 2 == 0;
    options.soft = random() % 3 != 0;
    options.asked = random() % 2 == 0;
    if (random() % 2 == 0) options.depth = static_cast<std::uint32_t>(random() % 4);
    const Vertex start = static_cast<Vertex>(random() % view.snapshot().vertex_count());
    const bool backward = random() % 2 == 0;
    const auto arcs = naive_arcs(view, options.soft, options.asked);
    auto hard_arcs = arcs;
    std::erase_if(hard_arcs, [](const NaiveArc& arc) { return arc.is_soft; });
    const auto hard = naive_tiers(view, hard_arcs, start, backward, options.through_places);
    std::vector<DependencyNode> expected;
    std::set<Vertex> expanded;
    if (options.depth != 0U) expanded.insert(start);
    for (const auto& [v, tier] : naive_tiers(view, arcs, start, backward, options.through_places)) {
      if (options.depth && tier > *options.depth) continue;
      expected.push_back({v, tier, !hard.contains(v)});
      if (!options.depth || tier < *options.depth) expanded.insert(v);
    }
    std::sort(expected.begin(), expected.end(),
              [](const auto& a, const auto& b) { return a.tier != b.tier ? a.tier < b.tier : a.vertex < b.vertex; });
    std::vector<Arc> expected_arcs;
    for (const NaiveArc& arc : arcs) {
      const bool is_open = options.through_places || is_walked(view, arcs, arc, start, backward);
      if (is_open && expanded.contains(backward ? arc.on : arc.dependent)) expected_arcs.push_back(arc.arc);
    }
    const auto report = backward ? find_dependents(view, start, options) : find_dependencies(view, start, options);
    EXPECT_EQ(report.nodes, expected);
    EXPECT_EQ(report.arcs, expected_arcs);
    // The requirement system says the same.
    const Walk walk = backward ? Walk::backward : Walk::forward;
    const auto read = detail::walk_requirements(view, start, options, walk);
    EXPECT_EQ(read.nodes, expected);
    EXPECT_EQ(read.arcs, expected_arcs);
  }
}

/// The node that a name of a naive reading stands for: a delivery is listed as its item, the unnamed variant of a
/// generic thing as that thing.
std::string listed_as(const std::string& name) {
  constexpr std::string_view unnamed = "(unnamed) ";
  return name.starts_with(unnamed) ? name.substr(unnamed.size()) : name.substr(0, name.find('@'));
}

/// What the groups of a naive reading name, tier by tier, from a node that is no place.
std::map<std::string, std::uint32_t> listed_by_groups(const View& view, const std::string& start) {
  const test::NaiveRequirements by_actor(view, Layer::actor, false, Variants::any);
  const test::NaiveRequirements by_place(view, Layer::place, false, Variants::any);
  const auto is_place = [&](const std::string& name) {
    return listed_as(name) == name && view.snapshot().layer(vertex(view.snapshot(), name)) == Layer::place;
  };
  std::map<std::string, std::uint32_t> tiers;
  std::set<std::string> seen{start};
  std::vector<std::string> now{start};
  for (std::uint32_t tier = 1; !now.empty(); ++tier) {
    std::vector<std::string> next;
    for (const std::string& name : now) {
      for (const test::NaiveRequirements* naive : {&by_actor, &by_place}) {
        const auto groups = naive->groups().find(name);
        if (groups == naive->groups().end()) continue;
        for (const auto& group : groups->second) {
          for (const auto& member : group.members) {
            if (is_place(name) && !is_place(member.node)) continue;
            if (!seen.insert(member.node).second) continue;
            next.push_back(member.node);
            const std::string listed = listed_as(member.node);
            if (listed != start) tiers.emplace(listed, tier);
          }
        }
      }
    }
    now = std::move(next);
  }
  return tiers;
}

TEST(Dependencies, AreWhatTheRequirementGroupsName) {
  std::mt19937 random = test::seeded(23);
  std::size_t told = 0;
  for (int round = 0; round < 400; ++round) {
    const View view = test::random_requirements(random);
    for (Vertex v = 0; v < view.snapshot().vertex_count(); ++v) {
      if (view.snapshot().layer(v) == Layer::place) continue;
      std::map<std::string, std::uint32_t> found;
      for (const DependencyNode& node : find_dependencies(view, v).nodes)
        found.emplace(view.snapshot().id(node.vertex), node.tier);
      ASSERT_EQ(found, listed_by_groups(view, std::string(view.snapshot().id(v))))
          << "round " << round << ", " << view.snapshot().id(v);
      told += found.size();
      for (Vertex other = 0; round % 20 == 0 && other < view.snapshot().vertex_count(); ++other) {
        if (other == v) continue;
        const auto users = find_dependents(view, other).nodes;
        const bool is_user =
            std::any_of(users.begin(), users.end(), [&](const auto& node) { return node.vertex == v; });
        ASSERT_EQ(is_user, found.contains(std::string(view.snapshot().id(other)))) << "round " << round;
      }
    }
  }
  EXPECT_GT(told, 5000U);
}

TEST(Dependents, AreAllThatMayStopWhenANodeIsRemoved) {
  std::mt19937 random = test::seeded(29);
  std::size_t lost = 0;
  for (int round = 0; round < 300; ++round) {
    const View view = test::random_requirements(random);
    for (const Layer layer : {Layer::actor, Layer::place}) {
      const test::NaiveRequirements naive(view, layer, false, Variants::all);
      const auto before = naive.impossible({}, Cycles::hold);
      for (Vertex v = 0; v < view.snapshot().vertex_count(); ++v) {
        std::set<std::string> listed;
        for (const DependencyNode& node : find_dependents(view, v).nodes)
          listed.emplace(view.snapshot().id(node.vertex));
        for (const std::string& name : naive.impossible({std::string(view.snapshot().id(v))}, Cycles::hold)) {
          if (listed_as(name) != name || before.contains(name) || name == view.snapshot().id(v)) continue;
          ++lost;
          ASSERT_TRUE(listed.contains(name))
              << "round " << round << ", without " << view.snapshot().id(v) << ": " << name;
        }
      }
    }
  }
  EXPECT_GT(lost, 2000U);
}

TEST(Dependencies, WalkAPathAndACycleOfAMillion) {
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(1'000'000, is_closed);
    EXPECT_EQ(find_dependencies(view, 0).nodes.size(), 999'999U);
    EXPECT_EQ(find_dependents(view, 999'999).nodes.size(), 999'999U);
  }
}

}  // namespace
}  // namespace chokepoint
