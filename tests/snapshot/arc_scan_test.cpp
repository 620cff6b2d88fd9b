#include "snapshot/arc_scan.hpp"

#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

/// Edges of every role and strength, with and without item, dates, states of knowledge, rivals and loops.
test::GraphFixture random_facts(std::mt19937& random) {
  constexpr std::array types = {"supplies",    "produces", "requires", "uses",
                                "substitutes", "owns",     "step-of",  "located-in"};
  test::GraphFixture g;
  const auto name = [&] { return "n" + std::to_string(random() % 9); };
  for (int i = 0; i < 40; ++i) {
    SnapshotEdge& edge = g.edge(name(), types[random() % types.size()], name());
    if (random() % 3 == 0) edge.item = g.key(name());
    if (random() % 3 == 0) edge.since = std::to_string(2015 + random() % 6);
    if (random() % 3 == 0) edge.until = std::to_string(2021 + random() % 6);
    if (random() % 4 == 0) edge.status = static_cast<Status>(random() % 6);
    if (random() % 4 == 0) edge.confidence = static_cast<double>(random() % 10) / 10;
  }
  return g;
}

TEST(ArcScan, ComesToTheTargetsOfTheGraphItScans) {
  std::mt19937 random = test::seeded(131);
  for (int round = 0; round < 200; ++round) {
    const auto snapshot = random_facts(random).build();
    ViewOptions options;
    options.as_of = parse_as_of(std::to_string(2017 + random() % 12)).value();
    if (random() % 2 == 0) options.include = {Status::forecast};
    if (random() % 3 == 0) options.min_confidence = 0.5;
    options.include_derived = random() % 2 == 0;
    ArcChoice choice;
    choice.dependencies = random() % 4 != 0;
    choice.soft = random() % 2 == 0;
    choice.asked = random() % 2 == 0;
    const View whole(snapshot, options);
    const View local = View::local(snapshot, options);
    for (const View* view : {&whole, &local}) {
      for (const Walk walk : {Walk::forward, Walk::backward, Walk::either}) {
        const ArcGraph graph(*view, choice, walk);
        const ArcScan scan(graph);
        for (Vertex v = 0; v < graph.vertex_count(); ++v) {
          std::vector<Vertex> expected, found;
          for (const ArcStep step : graph.out(v)) expected.push_back(step.target);
          scan.targets(v, [&](Vertex w) { found.push_back(w); });
          ASSERT_EQ(found, expected) << "round " << round << ", vertex " << v;
        }
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
