// Question: which vertices reach each other? Method: Boost's strong_components (Tarjan), which is iterative; its
// numbers depend on the order of the search, so they are replaced by those of the smallest vertices.
#include "chokepoint/algorithms/components.hpp"

#include "snapshot/boost_directed.hpp"

#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

namespace chokepoint {

Components find_strong_components(const ArcGraph& graph) {
  Components components;
  components.of.assign(graph.vertex_count(), no_component);
  const detail::DirectedModel model(graph);
  const auto index = get(boost::vertex_index, model);
  std::vector<std::uint32_t> found(graph.vertex_count());
  const auto count = boost::strong_components(model, boost::make_iterator_property_map(found.begin(), index));
  std::vector<std::uint32_t> number(count, no_component);
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    if (!graph.view().has_node(v)) continue;  // hidden vertices are isolated and stand for themselves
    std::uint32_t& new_number = number[found[v]];
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
