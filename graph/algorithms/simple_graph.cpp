#include "algorithms/simple_graph.hpp"

#include "snapshot/arc_scan.hpp"

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
  simple.target.reserve(graph.view().snapshot().edge_count());
  const ArcScan scan(graph);
  for (const Vertex v : simple.vertex) {
    const auto first = static_cast<std::ptrdiff_t>(simple.target.size());
    scan.targets(v, [&](Vertex w) { simple.target.push_back(number[w]); });
    std::sort(simple.target.begin() + first, simple.target.end());
    simple.target.erase(std::unique(simple.target.begin() + first, simple.target.end()), simple.target.end());
    simple.offset.push_back(simple.target.size());
  }
  return simple;
}

SimpleGraph turned(const SimpleGraph& graph) {
  SimpleGraph other;
  other.vertex = graph.vertex;
  other.offset.assign(graph.size() + std::size_t{1}, 0);
  other.target.resize(graph.target.size());
  for (const std::uint32_t w : graph.target) ++other.offset[w + std::size_t{1}];
  for (std::size_t v = 0; v < graph.size(); ++v) other.offset[v + 1] += other.offset[v];
  std::vector<std::uint64_t> next(other.offset.begin(), other.offset.end() - 1);
  for (std::uint32_t v = 0; v < graph.size(); ++v)
    for (const std::uint32_t w : graph.next(v)) other.target[static_cast<std::size_t>(next[w]++)] = v;
  return other;
}

}  // namespace chokepoint::detail
