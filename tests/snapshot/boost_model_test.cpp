#include "chokepoint/snapshot/boost.hpp"
#include "tests/support/graph_fixture.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <gtest/gtest.h>

#include <type_traits>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

static_assert(std::is_same_v<boost::graph_traits<const DirectedGraph>::degree_size_type, std::uint64_t>);
static_assert(std::is_same_v<boost::graph_traits<const UndirectedGraph>::vertex_descriptor, Vertex>);

/// x needs p; p is made by f; f sits in c; c and f are joined by a second edge that is no dependency.
GraphFixture chain() {
  GraphFixture g;
  g.nodes("firm", {"f"}).nodes("country", {"c"});
  g.edge("x", "requires", "p");
  g.edge("f", "produces", "p");
  g.edge("f", "located-in", "c");
  g.edge("c", "owns", "f");
  return g;
}

TEST(DirectedGraph, CountsWhatItFilters) {
  const View view = chain().view();
  const ArcGraph graph(view);
  const DirectedGraph model(graph);
  EXPECT_EQ(num_vertices(model), 4U);
  EXPECT_EQ(num_edges(model), 3U);
  const Vertex p = vertex(view.snapshot(), "p");
  EXPECT_EQ(out_degree(p, model), 1U);
  EXPECT_EQ(in_degree(p, model), 1U);
  EXPECT_EQ(degree(p, model), 2U);
}

TEST(DirectedGraph, CarriesBoostsBreadthFirstSearch) {
  const View view = chain().view();
  const ArcGraph graph(view);
  const DirectedGraph model(graph);
  std::vector<int> distance(num_vertices(model), 0);
  boost::breadth_first_search(
      model, vertex(view.snapshot(), "x"),
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(distance.data(), boost::on_tree_edge()))));
  EXPECT_EQ(distance[vertex(view.snapshot(), "c")], 3);
}

TEST(UndirectedGraph, JoinsBothEndsOfEveryArc) {
  GraphFixture g = chain();
  g.edge("lone", "owns", "other");
  const View view = g.view();
  const ArcGraph graph(view, {}, Walk::either);
  const UndirectedGraph model(graph);
  EXPECT_EQ(degree(vertex(view.snapshot(), "f"), model), 2U);
  std::vector<int> component(num_vertices(model));
  EXPECT_EQ(boost::connected_components(model, component.data()), 3);
}

}  // namespace
}  // namespace chokepoint
