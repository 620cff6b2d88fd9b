// Question: which fewest vertices separate two others?
// Method: a maximum flow in the network in which every vertex is split into an entrance and an exit, by Boost's
// boykov_kolmogorov_max_flow. The cut is where a search along what is left (Boost's breadth_first_visit) enters a
// vertex and cannot leave it. All this goes on in a copy of what lies between the two, numbered as a search from the
// start meets it: most of a large graph leads elsewhere.
#include "algorithms/vertex_cut.hpp"

#include "algorithms/arc_lists.hpp"
#include "algorithms/breadth_first.hpp"
#include "algorithms/split_network.hpp"
#include "algorithms/vertex_set.hpp"
#include "snapshot/arc_scan.hpp"

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint {

namespace {

/// The vertices that walks along the arcs of a scan come to from `start`, in their order. Walks end at `end`, and lead
/// only over vertices that are `wanted`.
template <class Wanted>
std::vector<Vertex> reach_up_to(const ArcGraph& graph, Vertex start, Vertex end, detail::VertexSet& seen,
                                const Wanted& wanted) {
  const ArcScan scan(graph);
  detail::KeepingQueue queue([&](Vertex v) { scan.prefetch(v); });
  std::vector<Vertex> targets;
  detail::visit_breadth_first(seen, graph.vertex_count(), std::array{start}, queue,
                              [&](Vertex v) -> std::span<const Vertex> {
                                targets.clear();
                                if (v == end) return targets;
                                scan.targets(v, [&](Vertex w) {
                                  if (wanted(w)) targets.push_back(w);
                                });
                                return targets;
                              });
  return queue.take();
}

/// The vertices on walks from one vertex to another, which come first and last, and the arcs between them.
struct Between {
  std::vector<Vertex> vertices;  ///< number in the graph; empty when there is no walk
  detail::ArcLists arcs;         ///< of places in `vertices`

  Between(const ArcGraph& graph, Vertex from, Vertex to) {
    detail::VertexSet ahead(graph.vertex_count());
    const std::vector<Vertex> reached = reach_up_to(graph, from, to, ahead, [](Vertex) { return true; });
    if (!ahead.has(to)) return;
    detail::VertexSet both(graph.vertex_count());
    reach_up_to(graph.reversed(), to, from, both, [&](Vertex v) { return ahead.has(v); });
    for (const Vertex v : reached)
      if (both.has(v) && v != to) vertices.push_back(v);
    vertices.push_back(to);
    std::vector<Vertex> place(graph.vertex_count(), no_vertex);
    for (Vertex i = 0; i < vertices.size(); ++i) place[vertices[i]] = i;
    const ArcScan scan(graph);
    for (const Vertex v : vertices) {
      if (v != to) {
        scan.targets(v, [&](Vertex w) {
          if (place[w] != no_vertex) arcs.add(place[w]);
        });
      }
      arcs.close();
    }
  }
};

/// Lets as much as can flow from the first vertex to the last.
void fill(detail::SplitNetwork& network, detail::SplitNetwork::Side from, detail::SplitNetwork::Side to) {
  const std::size_t sides = num_vertices(network);
  std::vector<detail::SplitNetwork::Edge> before(sides);
  std::vector<boost::default_color_type> color(sides);
  std::vector<std::uint32_t> distance(sides);
  boost::boykov_kolmogorov_max_flow(network, detail::SplitCapacity{&network}, detail::SplitResidual{&network},
                                    detail::SplitReverse{}, detail::vertex_map(before.data()),
                                    detail::vertex_map(color.data()), detail::vertex_map(distance.data()),
                                    boost::typed_identity_property_map<std::uint32_t>(), from, to);
}

}  // namespace

std::optional<std::vector<Vertex>> find_vertex_cut(const ArcGraph& graph, Vertex from, Vertex to) {
  if (from == to) return std::nullopt;
  for (const ArcStep step : graph.out(from)) {
    if (step.target == to) return std::nullopt;
  }
  const Between between(graph, from, to);
  if (between.vertices.empty()) return std::vector<Vertex>();
  detail::SplitNetwork network(between.arcs);
  const auto last = static_cast<Vertex>(between.vertices.size() - 1);
  const std::uint32_t source = network.exit(0), sink = network.entrance(last);
  fill(network, source, sink);

  detail::VertexSet seen(num_vertices(network));
  detail::KeepingQueue queue([](Vertex) {});
  std::vector<std::uint32_t> targets;
  detail::visit_breadth_first(seen, num_vertices(network), std::array{source}, queue,
                              [&](std::uint32_t side) -> std::span<const std::uint32_t> {
                                targets.clear();
                                const auto [begin, end] = out_edges(side, network);
                                for (auto edge = begin; edge != end; ++edge)
                                  if (network.residual(*edge) > 0) targets.push_back((*edge).target);
                                return targets;
                              });
  std::vector<Vertex> members;
  for (Vertex v = 1; v < last; ++v) {
    if (seen.has(network.entrance(v)) && !seen.has(network.exit(v))) members.push_back(between.vertices[v]);
  }
  std::sort(members.begin(), members.end());
  return members;
}

}  // namespace chokepoint
