// Question: how deep inside the densely joined part is each vertex? Method: Boost's core_numbers, over a copy in which
// parallel arcs are one.
#include "algorithms/centrality.hpp"
#include "algorithms/implicit_graph.hpp"
#include "algorithms/simple_graph.hpp"

#include <boost/graph/core_numbers.hpp>

#include <cassert>

namespace chokepoint {

std::vector<std::uint32_t> find_core_numbers(const ArcGraph& graph) {
  assert(graph.is_undirected());
  const detail::SimpleGraph simple = detail::make_simple(graph);
  const auto next = [&](std::uint32_t v) { return simple.next(v); };
  const detail::ImplicitGraph<decltype(next)> model(simple.size(), next);
  std::vector<std::uint32_t> core(simple.size());
  if (!core.empty()) boost::core_numbers(model, detail::vertex_map(core.data()));
  return detail::spread(simple, core, graph.vertex_count());
}

}  // namespace chokepoint
