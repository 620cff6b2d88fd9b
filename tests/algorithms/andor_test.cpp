// The worked example's numbers for plain graphs: closure, dominators, cuts, betweenness, shortest paths.
#include "tests/support/andor.hpp"

#include "chokepoint/algorithms/shortest_paths.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/vertex_cut.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

/// The example's arrows: trouble flows from a country to the product.
class Andor : public testing::Test {
 protected:
  Andor() : view_(test::andor().view()), arrows_(view_, {}, Walk::backward), either_(view_, {}, Walk::either) {}

  [[nodiscard]] Vertex at(std::string_view id) const { return test::vertex(view_.snapshot(), id); }
  [[nodiscard]] std::string text(std::vector<Vertex> vertices) const {
    std::sort(vertices.begin(), vertices.end());
    return test::ids(view_.snapshot(), vertices);
  }
  [[nodiscard]] std::string closure(const ArcGraph& graph, std::string_view id) const {
    std::vector<Vertex> vertices;
    for (const ReachedVertex& reached : reach(graph, std::array{at(id)})) vertices.push_back(reached.vertex);
    return text(vertices);
  }
  [[nodiscard]] std::string path(std::string_view from, std::string_view to) const {
    const auto paths = shortest_paths(arrows_, at(from), at(to), 1);
    return paths.empty() ? "" : test::ids(view_.snapshot(), paths.front().vertices);
  }

  View view_;
  ArcGraph arrows_, either_;
};

TEST_F(Andor, HasTheClosuresOfTheExample) {
  EXPECT_EQ(closure(arrows_, "A"), "F1 K M1 P1 P2 T1 X");
  EXPECT_EQ(closure(arrows_, "B"), "F2 F3 K M1 M2 P1 P2 T2 X");
  EXPECT_EQ(closure(arrows_, "C"), "F4 K M2 P1 P2 T2 X");
  EXPECT_EQ(closure(arrows_, "F1"), "K M1 P1 P2 T1 X");
  EXPECT_EQ(closure(arrows_, "F2"), "K M1 P1 P2 T2 X");
  EXPECT_EQ(closure(arrows_, "F3"), "M1 M2 P1 P2 X");
  EXPECT_EQ(closure(arrows_, "F4"), "K M2 P1 P2 T2 X");
  EXPECT_EQ(closure(arrows_, "T1"), "K P1 P2 X");
  EXPECT_EQ(closure(arrows_.reversed(), "M2"), "B C F3 F4");
  EXPECT_EQ(closure(arrows_.reversed(), "X"), "A B C F1 F2 F3 F4 K M1 M2 P1 P2 T1 T2");
}

TEST_F(Andor, HasTheDominatorsOfTheExample) {
  const auto tree = find_dominators(arrows_, std::array{at("A"), at("B"), at("C")});
  const std::map<std::string, std::string> expected = {{"F1", "A"}, {"F2", "B"},  {"F3", "B"},
                                                       {"F4", "C"}, {"T1", "F1"}, {"X", "P2"}};
  for (Vertex v = 0; v < view_.snapshot().vertex_count(); ++v) {
    const auto dominator = expected.find(std::string(view_.snapshot().id(v)));
    EXPECT_EQ(tree.parent[v], dominator == expected.end() ? no_vertex : at(dominator->second))
        << view_.snapshot().id(v);
  }
  EXPECT_EQ(text(tree.dominators_of(at("X"))), "P2");
}

TEST_F(Andor, HasTheVertexCutsOfTheExample) {
  struct Case {
    const char *from, *to;
    std::vector<std::string> sets;
  };
  const std::vector<Case> cases = {
      {"B", "X", {"P2"}},       {"B", "P1", {"F2 F3", "F2 M1", "M1 T2", "K M1"}}, {"A", "P2", {"F1", "P1"}},
      {"C", "P2", {"F4"}},      {"F4", "P2", {"M2 T2", "K M2", "M2 P1"}},         {"F2", "P1", {"M1 T2", "K M1"}},
      {"F1", "X", {"P1", "P2"}}};
  for (const Case& c : cases) {
    const auto cut = find_vertex_cut(arrows_, at(c.from), at(c.to));
    ASSERT_TRUE(cut);
    // Ours is the one nearest to the start, which the example lists first.
    EXPECT_EQ(text(*cut), c.sets.front()) << c.from << " → " << c.to;
  }
}

TEST_F(Andor, HasTheCutPointsOfTheExample) {
  const CutPoints found = find_cut_points(either_);
  EXPECT_EQ(text(found.articulation_points), "F1 F4 P2");
  EXPECT_EQ(found.biconnected_components, 4U);
  std::vector<std::string> bridges;
  for (const Arc e : found.bridges) {
    bridges.push_back(std::string(view_.snapshot().id(view_.snapshot().columns().from[e])) + "-" +
                      std::string(view_.snapshot().id(view_.snapshot().columns().to[e])));
  }
  EXPECT_EQ(bridges, (std::vector<std::string>{"F1-A", "F4-C", "X-P2"}));
  EXPECT_EQ(find_strong_components(arrows_).count(), 15U);
}

TEST_F(Andor, HasTheBetweennessOfTheExample) {
  const std::map<std::string, double> directed = {{"F1", 6}, {"F2", 3},  {"F3", 4}, {"F4", 6},  {"T1", 2}, {"T2", 6},
                                                  {"K", 8},  {"M1", 11}, {"M2", 8}, {"P1", 14}, {"P2", 13}};
  const std::map<std::string, double> undirected = {{"B", 1.1667},   {"F1", 16.5},    {"F2", 10.6667}, {"F3", 12.6667},
                                                    {"F4", 16.5},    {"T1", 4.3333},  {"T2", 15.6667}, {"K", 12.8333},
                                                    {"M1", 27.3333}, {"M2", 15.6667}, {"P1", 15.8333}, {"P2", 15.8333}};
  const auto one_way = find_betweenness(arrows_);
  const auto either = find_betweenness(either_);
  for (Vertex v = 0; v < view_.snapshot().vertex_count(); ++v) {
    const std::string id(view_.snapshot().id(v));
    EXPECT_NEAR(one_way[v], directed.contains(id) ? directed.at(id) : 0, 1e-9) << id;
    EXPECT_NEAR(either[v], undirected.contains(id) ? undirected.at(id) : 0, 5e-5) << id;
  }
}

TEST_F(Andor, HasTheShortestPathsOfTheExample) {
  EXPECT_EQ(path("A", "X"), "A F1 M1 P1 P2 X");
  EXPECT_EQ(path("B", "X"), "B F3 M2 P2 X");
  EXPECT_EQ(path("C", "X"), "C F4 M2 P2 X");
}

}  // namespace
}  // namespace chokepoint
