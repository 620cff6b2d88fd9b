#include "analysis/lenses/paths.hpp"

#include "tests/support/graph_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

/// `a b c; a d c`
std::string between(const GraphFixture& g, const char* from, const char* to, const PathOptions& options) {
  const View view = g.view();
  std::string text;
  for (const auto& path : find_paths(view, vertex(view.snapshot(), from), vertex(view.snapshot(), to), options)) {
    if (!text.empty()) text += "; ";
    text += test::ids(view.snapshot(), path.vertices);
  }
  return text;
}

///  system -requires-> chip <-produces- fab -located-in-> tw,  fund -owns-> fab,  system -uses-> fab
GraphFixture small() {
  GraphFixture g;
  g.edge("system", "requires", "chip");
  g.edge("fab", "produces", "chip");
  g.edge("fab", "located-in", "tw");
  g.edge("fund", "owns", "fab");
  g.edge("system", "uses", "fab");
  return g;
}

TEST(Paths, FollowDependenciesShortestFirst) {
  EXPECT_EQ(between(small(), "system", "tw", {}), "system fab tw; system chip fab tw");
  EXPECT_EQ(between(small(), "system", "tw", {.count = 1}), "system fab tw");
  EXPECT_EQ(between(small(), "system", "tw", {.soft = false}), "system chip fab tw");
  EXPECT_EQ(between(small(), "system", "tw", {.max_hops = 2}), "system fab tw");
  EXPECT_EQ(between(small(), "tw", "system", {}), "");
  EXPECT_EQ(between(small(), "system", "fund", {}), "");
}

TEST(Paths, GoTheOtherWayForDependents) {
  EXPECT_EQ(between(small(), "tw", "system", {.kind = PathKind::dependents}), "tw fab system; tw fab chip system");
}

TEST(Paths, FollowStoredEdgesForwardsOrEitherWay) {
  EXPECT_EQ(between(small(), "fund", "chip", {.kind = PathKind::stored}), "fund fab chip");
  EXPECT_EQ(between(small(), "fund", "system", {.kind = PathKind::stored}), "");
  EXPECT_EQ(between(small(), "fund", "system", {.kind = PathKind::either}), "fund fab system; fund fab chip system");
}

TEST(Paths, KeepToTheEdgeTypesNamed) {
  const auto ontology = test::standard_ontology();
  const PathOptions options{.edge_types = {ontology->edge_type("requires").value(),
                                           ontology->edge_type("produces").value(),
                                           ontology->edge_type("located-in").value()}};
  EXPECT_EQ(between(small(), "system", "tw", options), "system chip fab tw");
}

}  // namespace
}  // namespace chokepoint
