#include "chokepoint/snapshot/arc_graph.hpp"

#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

/// `a>b c>d`, sorted: every arc as it leaves its source.
std::string arcs(const ArcGraph& graph) {
  std::vector<std::string> found;
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    for (const ArcStep step : graph.out(v)) {
      EXPECT_EQ(step.source, v);
      const Snapshot& snapshot = graph.view().snapshot();
      found.push_back(std::string(snapshot.id(step.source)) + ">" + std::string(snapshot.id(step.target)));
    }
  }
  std::sort(found.begin(), found.end());
  std::string text;
  for (const std::string& arc : found) text += (text.empty() ? "" : " ") + arc;
  return text;
}

GraphFixture of_all_strengths() {
  GraphFixture g;
  g.edge("firm", "produces", "chip");    // chip on firm
  g.edge("chip", "requires", "wafer");   // chip on wafer
  g.edge("chip", "uses", "wafer");       // soft
  g.edge("new", "substitutes", "chip");  // asked: chip on new
  g.edge("firm", "owns", "fab");         // no dependency
  g.edge("s1", "supplies", "customer");  // soft: no item
  g.edge("s2", "supplies", "customer").item = g.key("chip");
  g.edge("chip", "requires", "chip");  // no arc
  return g;
}

TEST(ArcGraph, PointsFromTheDependentToWhatItDependsOn) {
  const View view = of_all_strengths().view();
  EXPECT_EQ(arcs(ArcGraph(view)), "chip>firm chip>wafer chip>wafer customer>s1 customer>s2");
}

TEST(ArcGraph, LeavesOutSoftOnesAndAddsThoseAskedForAsTold) {
  const View view = of_all_strengths().view();
  EXPECT_EQ(arcs(ArcGraph(view, {.soft = false})), "chip>firm chip>wafer customer>s2");
  EXPECT_EQ(arcs(ArcGraph(view, {.soft = false, .asked = true})), "chip>firm chip>new chip>wafer customer>s2");
}

TEST(ArcGraph, KeepsToTheEdgeTypesNamed) {
  const View view = of_all_strengths().view();
  const auto produces = view.snapshot().ontology().edge_type("produces").value();
  EXPECT_EQ(arcs(ArcGraph(view, {.edge_types = {produces}})), "chip>firm");
}

TEST(ArcGraph, WalksEveryStoredEdgeWhenDependenciesAreNotAskedFor) {
  const View view = of_all_strengths().view();
  EXPECT_EQ(arcs(ArcGraph(view, {.dependencies = false})),
            "chip>wafer chip>wafer firm>chip firm>fab new>chip s1>customer s2>customer");
}

TEST(ArcGraph, TurnsRoundAndUndirects) {
  const View view = of_all_strengths().view();
  const auto types = view.snapshot().ontology();
  const ArcChoice choice{.edge_types = {types.edge_type("produces").value(), types.edge_type("requires").value()}};
  EXPECT_EQ(arcs(ArcGraph(view, choice, Walk::backward)), "firm>chip wafer>chip");
  EXPECT_EQ(arcs(ArcGraph(view, choice).reversed().reversed()), "chip>firm chip>wafer");
  EXPECT_EQ(arcs(ArcGraph(view, choice, Walk::either)), "chip>firm chip>wafer firm>chip wafer>chip");
  EXPECT_EQ(arcs(ArcGraph(view, choice, Walk::either).reversed()), "chip>firm chip>wafer firm>chip wafer>chip");
}

TEST(ArcGraph, HidesArcsThatTheViewHides) {
  GraphFixture g;
  g.edge("a", "requires", "b").status = Status::planned;
  g.edge("a", "requires", "c");
  const View view = g.view();
  EXPECT_EQ(arcs(ArcGraph(view)), "a>c");
}

TEST(ArcGraph, FindsTheSameArcsFromBothEndsAndByNumber) {
  std::mt19937 random = test::seeded(11);
  const std::vector<std::string> types = {"produces", "requires", "uses", "substitutes", "owns", "variant-of"};
  for (int round = 0; round < 100; ++round) {
    GraphFixture g;
    for (int i = 0; i < 25; ++i) {
      auto& edge = g.edge("n" + std::to_string(random() % 7), types[random() % types.size()],
                          "n" + std::to_string(random() % 7));
      if (random() % 5 == 0) edge.status = Status::derived;
    }
    const View view = g.view();
    const ArcChoice choice{.dependencies = random() % 3 != 0, .soft = random() % 2 == 0, .asked = random() % 2 == 0};
    for (const Walk walk : {Walk::forward, Walk::backward, Walk::either}) {
      const ArcGraph graph(view, choice, walk);
      using Found = std::multiset<std::tuple<Arc, Vertex, Vertex>>;
      Found out, in, by_number;
      for (Vertex v = 0; v < graph.vertex_count(); ++v) {
        for (const ArcStep step : graph.out(v)) out.emplace(step.arc, step.source, step.target);
        for (const ArcStep step : graph.in(v)) in.emplace(step.arc, step.source, step.target);
      }
      for (Arc e = 0; e < view.snapshot().edge_count(); ++e) {
        if (!graph.has_arc(e)) continue;
        const ArcStep step = graph.step(e);
        by_number.emplace(step.arc, step.source, step.target);
        if (walk == Walk::either) by_number.emplace(step.arc, step.target, step.source);
      }
      EXPECT_EQ(out, in);
      EXPECT_EQ(out, by_number);
    }
  }
}

}  // namespace
}  // namespace chokepoint
