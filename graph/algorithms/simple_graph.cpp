#include "algorithms/simple_graph.hpp"

#include <algorithm>

namespace chokepoint::detail {

SimpleGraph make_simple(const ArcGraph& graph) {
  SimpleGraph simple;
  std::vector<std::uint32_t> number(graph.vertex_count(), 0);
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    if (!graph.view().has_node(v)) continue;
    number[v] = simple.size();
    simple.vertex.push_back(v);
  }
  simple.offset.reserve(simple.vertex.size() + 1);
  simple.offset.push_back(0);
  for (const Vertex v : simple.vertex) {
    const auto first = static_cast<std::ptrdiff_t>(simple.target.size());
    for (const ArcStep step : graph.out(v)) simple.target.push_back(number[step.target]);
    std::sort(simple.target.begin() + first, simple.target.end());
    simple.target.erase(std::unique(simple.target.begin() + first, simple.target.end()), simple.target.end());
    simple.offset.push_back(simple.target.size());
  }
  return simple;
}

}  // namespace chokepoint::detail
