// Question: which single vertex or edge holds an undirected graph together?
// Method: Boost's biconnected_components (Hopcroft, Tarjan), iterative. It looks at neighbours, not at edges: of
// parallel edges only one is put into a component. A bridge is therefore an edge alone in its component without a
// parallel one.
#include "chokepoint/algorithms/components.hpp"

#include "snapshot/boost_undirected.hpp"

#include <boost/graph/biconnected_components.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <cassert>
#include <iterator>

namespace chokepoint {

namespace {

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

bool has_parallel_arc(const ArcGraph& graph, Arc e) {
  const ArcStep one = graph.step(e);
  for (const ArcStep other : graph.out(one.source)) {
    if (other.target == one.target && other.arc != e) return true;
  }
  return false;
}

}  // namespace

CutPoints find_cut_points(const ArcGraph& graph) {
  assert(graph.is_undirected());
  CutPoints found;
  const Arc arc_count = graph.view().snapshot().edge_count();
  std::vector<std::uint32_t> component(arc_count, no_component);
  const detail::UndirectedModel model(graph);
  const auto [count, end] = boost::biconnected_components(
      model, ArcComponentMap{component.data()}, std::back_inserter(found.articulation_points));
  std::sort(found.articulation_points.begin(), found.articulation_points.end());
  found.biconnected_components = static_cast<std::uint32_t>(count);

  std::vector<std::uint32_t> arcs_in(count, 0);
  for (const std::uint32_t number : component) {
    if (number != no_component) ++arcs_in[number];
  }
  for (Arc e = 0; e < arc_count; ++e) {
    if (component[e] != no_component && arcs_in[component[e]] == 1 && !has_parallel_arc(graph, e)) {
      found.bridges.push_back(e);
    }
  }
  return found;
}

}  // namespace chokepoint
