#include "present/words/subgraphs.hpp"

#include "algorithms/reachability.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::detail {

Subgraph induced_subgraph(const std::shared_ptr<const View>& view, std::vector<Vertex> vertices) {
  std::ranges::sort(vertices);
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  Subgraph out;
  out.view = view;
  const Snapshot& snapshot = view->snapshot();
  // Out-edges of a vertex are a range and the vertices are sorted, so the edges come sorted, too.
  for (const Vertex v : vertices) {
    const auto range = snapshot.out_edges(v);
    for (Arc e = range.first; e < range.last; ++e)
      if (view->has_edge(e) && std::ranges::binary_search(vertices, snapshot.columns().to[e])) out.arcs.push_back(e);
  }
  out.vertices = std::move(vertices);
  return out;
}

Subgraph subgraph_between(const std::shared_ptr<const View>& view, Vertex start, std::span<const Vertex> ends,
                          std::size_t most) {
  const ArcGraph graph(*view, {.dependencies = true, .soft = false});
  const std::array starts{start};
  std::vector<Vertex> from_start{start}, to_ends(ends.begin(), ends.end()), both;
  for (const ReachedVertex& each : reach(graph, starts)) from_start.push_back(each.vertex);
  for (const ReachedVertex& each : reach(graph.reversed(), ends)) to_ends.push_back(each.vertex);
  std::ranges::sort(from_start);
  std::ranges::sort(to_ends);
  std::ranges::set_intersection(from_start, to_ends, std::back_inserter(both));
  if (both.size() > most) both.clear();
  both.push_back(start);
  both.insert(both.end(), ends.begin(), ends.end());
  return induced_subgraph(view, std::move(both));
}

}  // namespace chokepoint::detail
