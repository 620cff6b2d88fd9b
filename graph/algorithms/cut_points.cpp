// Question: which single vertex or edge holds an undirected graph together?
// Method: Boost's biconnected_components (Hopcroft, Tarjan) over a copy of the arcs. It names the component of each
// edge as it closes it; a component of one edge is a bridge when that edge has no parallel, which Boost's search passes
// over.
#include "algorithms/arc_copy.hpp"
#include "algorithms/components.hpp"
#include "algorithms/implicit_graph.hpp"

#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/two_bit_color_map.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>

namespace chokepoint {

namespace {

/// What Boost writes each edge's component to. The edges of a component come one after the other, so that nothing need
/// be kept but the last one, and whether it was alone.
struct LastComponent {
  std::size_t number = std::numeric_limits<std::size_t>::max();
  Vertex end = no_vertex, other = no_vertex;
  bool is_single = false;
};

/// Tells the pairs of vertices that are a biconnected component by themselves. @tparam Tell  void(Vertex, Vertex)
template <class Tell>
struct SinglePairs {
  using key_type = void;
  using value_type = std::size_t;
  using reference = std::size_t&;
  using category = boost::writable_property_map_tag;

  LastComponent* last;
  const Tell* tell;

  void close() const {
    if (last->is_single) (*tell)(last->end, last->other);
    last->is_single = false;
  }
  template <class Edge>
  friend void put(const SinglePairs& map, const Edge& edge, std::size_t number) {
    LastComponent& last = *map.last;
    if (last.number == number) {
      last.is_single = false;
      return;
    }
    map.close();
    last = {number, edge.source, edge.target, true};
  }
};

/// The edge between two vertices if there is but one. Asked at most once for each `v`, so that all the questions
/// together cost no more than the graph.
std::optional<Arc> only_edge(const ArcGraph& graph, Vertex v, Vertex other) {
  std::optional<Arc> edge;
  for (const ArcStep step : graph.out(v)) {
    if (step.target != other) continue;
    if (edge) return std::nullopt;
    edge = step.arc;
  }
  return edge;
}

}  // namespace

CutPoints find_cut_points(const ArcGraph& graph) {
  assert(graph.is_undirected());
  const Vertex n = graph.vertex_count();
  const detail::ArcLists arcs = detail::copy_arcs(graph);
  const auto next = [&](Vertex v) { return arcs.targets(v); };
  const detail::ImplicitGraph<decltype(next)> model(n, next);

  CutPoints found;
  const auto tell = [&](Vertex parent, Vertex child) {
    if (const auto edge = only_edge(graph, child, parent)) found.bridges.push_back(*edge);
  };
  LastComponent last;
  const SinglePairs<decltype(tell)> pairs{&last, &tell};
  std::vector<std::uint32_t> discovered(n), lowest(n);
  std::vector<Vertex> parent(n);
  const auto [count, end] =
      boost::biconnected_components(model, pairs, std::back_inserter(found.articulation_points),
                                    boost::discover_time_map(detail::vertex_map(discovered.data()))
                                        .lowpoint_map(detail::vertex_map(lowest.data()))
                                        .predecessor_map(detail::vertex_map(parent.data()))
                                        .vertex_index_map(get(boost::vertex_index, model)));
  pairs.close();
  found.biconnected_components = static_cast<std::uint32_t>(count);
  std::sort(found.articulation_points.begin(), found.articulation_points.end());
  std::sort(found.bridges.begin(), found.bridges.end());
  return found;
}

}  // namespace chokepoint
