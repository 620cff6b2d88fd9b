// Boost's algorithms on the mapped graph itself, as users of snapshot/boost.hpp call them, beside what the program
// does: Boost's on copies, or a kernel of its own.
#include "chokepoint/snapshot/boost.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/components.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

/// From nearly a forest to one large component, with parallel arcs and loops.
test::PlainGraph some_graph(std::mt19937& random, int round) {
  const Vertex n = 50 + static_cast<Vertex>(random() % 400);
  const std::size_t arcs = n * (3 + static_cast<std::size_t>(round % 8)) / 4;
  test::PlainGraph plain{n, {}};
  for (std::size_t i = 0; i < arcs; ++i)
    plain.arcs.emplace_back(static_cast<Vertex>(random() % n), static_cast<Vertex>(random() % n));
  return plain;
}

TEST(BoostGraph, HasTheStrongComponentsOfTheProgram) {
  std::mt19937 random = test::seeded(101);
  for (int round = 0; round < 200; ++round) {
    const auto plain = some_graph(random, round);
    const View view = test::as_view(plain);
    const ArcGraph graph(view);
    const DirectedGraph model(graph);
    std::vector<std::uint32_t> expected(plain.vertex_count);
    const auto count = boost::strong_components(
        model, boost::make_iterator_property_map(expected.begin(), get(boost::vertex_index, model)));
    const Components found = find_strong_components(graph);
    ASSERT_EQ(found.count(), count);
    std::map<std::uint32_t, std::uint32_t> name;
    for (Vertex v = 0; v < plain.vertex_count; ++v)
      ASSERT_EQ(name.emplace(expected[v], found.of[v]).first->second, found.of[v]) << "round " << round;
  }
}

/// Writes a component's number for a step at the place of its arc.
struct ArcComponentMap {
  using key_type = ArcStep;
  using value_type = std::uint32_t;
  using reference = std::uint32_t&;
  using category = boost::lvalue_property_map_tag;
  std::uint32_t* component;
};
[[maybe_unused]] void put(const ArcComponentMap& map, const ArcStep& step, std::size_t number) {
  map.component[step.arc] = static_cast<std::uint32_t>(number);
}
[[maybe_unused]] std::uint32_t get(const ArcComponentMap& map, const ArcStep& step) { return map.component[step.arc]; }

TEST(BoostGraph, HasTheCutPointsOfTheProgram) {
  std::mt19937 random = test::seeded(103);
  for (int round = 0; round < 200; ++round) {
    const auto plain = some_graph(random, round);
    const View view = test::as_view(plain);
    const ArcGraph graph(view, {}, Walk::either);
    const UndirectedGraph model(graph);
    std::vector<std::uint32_t> component(view.snapshot().edge_count(), no_component);
    std::vector<Vertex> points;
    const auto [count, end] =
        boost::biconnected_components(model, ArcComponentMap{component.data()}, std::back_inserter(points));
    std::sort(points.begin(), points.end());
    const CutPoints found = find_cut_points(graph);
    ASSERT_EQ(found.articulation_points, points) << "round " << round;
    ASSERT_EQ(found.biconnected_components, count) << "round " << round;
  }
}

/// The overload that counts paths in doubles: the short one counts them in integers, and fails on some dozens of
/// diamonds in a row.
TEST(BoostGraph, HasTheBetweennessOfTheProgram) {
  std::mt19937 random = test::seeded(107);
  for (int round = 0; round < 40; ++round) {
    test::PlainGraph plain = some_graph(random, round);
    // Boost counts parallel arcs as several ways, the program as one.
    std::sort(plain.arcs.begin(), plain.arcs.end());
    plain.arcs.erase(std::unique(plain.arcs.begin(), plain.arcs.end()), plain.arcs.end());
    const View view = test::as_view(plain);
    const ArcGraph graph(view);
    const DirectedGraph model(graph);
    const auto index = get(boost::vertex_index, model);
    const std::size_t n = plain.vertex_count;
    std::vector<double> expected(n), dependency(n), paths(n);
    std::vector<std::uint32_t> distance(n);
    std::vector<std::vector<ArcStep>> incoming(n);
    boost::brandes_betweenness_centrality(model, boost::make_iterator_property_map(expected.begin(), index),
                                          boost::dummy_property_map(),
                                          boost::make_iterator_property_map(incoming.begin(), index),
                                          boost::make_iterator_property_map(distance.begin(), index),
                                          boost::make_iterator_property_map(dependency.begin(), index),
                                          boost::make_iterator_property_map(paths.begin(), index), index);
    const std::vector<double> found = find_betweenness(graph);
    for (Vertex v = 0; v < n; ++v) ASSERT_NEAR(found[v], expected[v], 1e-6 * (1 + expected[v])) << "round " << round;
  }
}

}  // namespace
}  // namespace chokepoint
