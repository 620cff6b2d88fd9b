// Question: which vertices reach each other? Method: Boost's strong_components over a copy of the arcs (StrongSearch),
// which pays at once: a depth-first walk comes to the columns in no order. Its numbers depend on the order of the
// search, so they are replaced by those of the smallest vertices.
#include "algorithms/arc_copy.hpp"
#include "algorithms/components.hpp"
#include "algorithms/strong_search.hpp"

namespace chokepoint {

Components find_strong_components(const ArcGraph& graph) {
  const detail::ArcLists arcs = detail::copy_arcs(graph);
  const detail::StrongSearch search(graph.vertex_count(), [&](Vertex v) { return arcs.targets(v); });
  Components components;
  components.of.assign(graph.vertex_count(), no_component);
  std::vector<std::uint32_t> number(search.count, no_component);
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    if (!graph.view().has_node(v)) continue;  // hidden vertices are isolated and stand for themselves
    std::uint32_t& new_number = number[search.of[v]];
    if (new_number == no_component) {
      new_number = components.count();
      components.size.push_back(0);
    }
    components.of[v] = new_number;
    ++components.size[new_number];
  }
  return components;
}

}  // namespace chokepoint
