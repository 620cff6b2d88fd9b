#include "chokepoint/analysis/reach.hpp"

#include "tests/support/fact_graph.hpp"
#include "tests/support/random_graph.hpp"

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
///     |                ^-variant-of- part
///     '-uses-> tool -requires-> chip,  tool -requires-> glue
GraphFixture small_graph() {
  GraphFixture g;
  g.edge("system", "requires", "chip");  // 1
  g.edge("fab", "produces", "chip");     // 2
  g.edge("fab", "located-in", "tw");     // 3
  g.edge("part", "variant-of", "chip");  // 4
  g.edge("system", "uses", "tool");      // 5
  g.edge("tool", "requires", "chip");    // 6
  g.edge("tool", "requires", "glue");    // 7
  g.edge("fund", "owns", "fab");         // 8
  return g;
}

TEST(Dependencies, AreTieredAndSoftWhenEveryWayIs) {
  const View view = small_graph().view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "system"));
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
  const auto report = find_dependencies(view, vertex(view.snapshot(), "x"), {.depth = 1});
  EXPECT_EQ(text(view, report), "a/1 y/1");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2}));
  const auto nothing = find_dependencies(view, vertex(view.snapshot(), "x"), {.depth = 0});
  EXPECT_TRUE(nothing.nodes.empty());
  EXPECT_TRUE(nothing.arcs.empty());
}

TEST(Dependencies, LeaveSoftOnesOutWhenTold) {
  const View view = small_graph().view();
  const auto report = find_dependencies(view, vertex(view.snapshot(), "system"), {.soft = false});
  EXPECT_EQ(text(view, report), "chip/1 fab/2 part/2 tw/3");
  EXPECT_EQ(keys(view, report.arcs), (Keys{1, 2, 3, 4}));
}

TEST(Dependents, GoAgainstTheArcs) {
  const View view = small_graph().view();
  const auto report = find_dependents(view, vertex(view.snapshot(), "tw"));
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

TEST(Dependencies, OfACustomerAreItsSuppliersAndNotTheItem) {
  GraphFixture g;
  g.edge("maker", "supplies", "customer").item = g.key("chips");
  g.edge("friend", "supplies", "customer");  // without an item: soft
  const View view = g.view();
  EXPECT_EQ(text(view, find_dependencies(view, vertex(view.snapshot(), "customer"))), "friend/1~ maker/1");
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

/// Dependent → what it depends on, by the words of data/ontology.json and nothing else.
struct NaiveArc {
  Arc arc;
  Vertex dependent, on;
  bool is_soft;
};
std::vector<NaiveArc> naive_arcs(const View& view, bool soft, bool asked) {
  const std::map<std::string, bool> from_depends = {{"requires", true},    {"uses", true},      {"located-in", true},
                                                    {"produces", false},   {"supplies", false}, {"variant-of", false},
                                                    {"substitutes", false}};
  std::vector<NaiveArc> arcs;
  const Snapshot& snapshot = view.snapshot();
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const std::string& type = snapshot.type_of_edge(e).id;
    const auto rule = from_depends.find(type);
    const bool is_soft = type == "uses" || (type == "supplies" && snapshot.columns().item[e] == no_vertex);
    const Vertex from = snapshot.columns().from[e];
    const Vertex to = snapshot.columns().to[e];
    if (!view.has_edge(e) || rule == from_depends.end() || from == to) continue;
    if ((is_soft && !soft) || (type == "substitutes" && !asked)) continue;
    arcs.push_back({e, rule->second ? from : to, rule->second ? to : from, is_soft});
  }
  return arcs;
}

/// Vertices reached over arcs with their tiers, by going round until nothing changes.
std::map<Vertex, std::uint32_t> naive_tiers(const std::vector<NaiveArc>& arcs, Vertex start, bool backward) {
  std::map<Vertex, std::uint32_t> tiers = {{start, 0}};
  for (bool changed = true; changed;) {
    changed = false;
    for (const NaiveArc& arc : arcs) {
      const Vertex source = backward ? arc.on : arc.dependent;
      const Vertex target = backward ? arc.dependent : arc.on;
      if (!tiers.contains(source)) continue;
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
  std::mt19937 random(17);
  for (int round = 0; round < 600; ++round) {
    ViewOptions view_options;
    view_options.include_derived = random() % 2 == 0;
    const View view = test::random_facts(random, 9, 24).view(view_options);
    ReachOptions options;
    options.soft = random() % 3 != 0;
    options.asked = random() % 2 == 0;
    if (random() % 2 == 0) options.depth = static_cast<std::uint32_t>(random() % 4);
    const Vertex start = static_cast<Vertex>(random() % view.snapshot().vertex_count());
    const bool backward = random() % 2 == 0;
    const auto arcs = naive_arcs(view, options.soft, options.asked);
    auto hard_arcs = arcs;
    std::erase_if(hard_arcs, [](const NaiveArc& arc) { return arc.is_soft; });
    const auto hard = naive_tiers(hard_arcs, start, backward);
    std::vector<DependencyNode> expected;
    std::set<Vertex> expanded;
    if (options.depth != 0U) expanded.insert(start);
    for (const auto& [v, tier] : naive_tiers(arcs, start, backward)) {
      if (options.depth && tier > *options.depth) continue;
      expected.push_back({v, tier, !hard.contains(v)});
      if (!options.depth || tier < *options.depth) expanded.insert(v);
    }
    std::sort(expected.begin(), expected.end(),
              [](const auto& a, const auto& b) { return a.tier != b.tier ? a.tier < b.tier : a.vertex < b.vertex; });
    std::vector<Arc> expected_arcs;
    for (const NaiveArc& arc : arcs) {
      if (expanded.contains(backward ? arc.on : arc.dependent)) expected_arcs.push_back(arc.arc);
    }
    const auto report = backward ? find_dependents(view, start, options) : find_dependencies(view, start, options);
    EXPECT_EQ(report.nodes, expected);
    EXPECT_EQ(report.arcs, expected_arcs);
  }
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
