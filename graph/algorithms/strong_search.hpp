#pragma once

#include "algorithms/implicit_graph.hpp"

#include <boost/graph/properties.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/two_bit_color_map.hpp>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Vertices by component, those of one component by number.
struct ComponentMembers {
  std::vector<std::uint32_t> offset;    ///< [components + 1] into vertices
  std::vector<std::uint32_t> vertices;  ///< each once

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t component) const {
    return std::span(vertices).subspan(offset[component], offset[component + std::size_t{1}] - offset[component]);
  }
};

/// Strong components of any graph whose arcs a function tells; the one place in the program that finds them.
///
/// Method: Boost's strong_components (Tarjan), which takes no recursion. Components are numbered in the order in which
/// they are finished: each comes after all those it leads to.
struct StrongSearch {
  std::vector<std::uint32_t> of;  ///< [vertices] number of its component
  std::uint32_t count = 0;        ///< components

  /// @param n  vertices are 0 … n - 1
  /// @param next  std::span<const std::uint32_t>(std::uint32_t v): where the arcs of `v` lead; spans stay valid
  /// @note O(n + m); on the way 8 bytes and 2 bits a vertex, and 56 bytes a vertex of the longest open walk
  template <class Next>
  StrongSearch(std::uint32_t n, Next next) : of(n) {
    const ImplicitGraph<Next> graph(n, std::move(next));
    std::vector<std::uint32_t> root(n), discovered(n);
    count = boost::strong_components(
        graph, vertex_map(of.data()),
        boost::root_map(vertex_map(root.data()))
            .discover_time_map(vertex_map(discovered.data()))
            .color_map(boost::two_bit_color_map<boost::typed_identity_property_map<std::uint32_t>>(n)));
  }

  /// O(n)
  [[nodiscard]] ComponentMembers members() const {
    ComponentMembers members{std::vector<std::uint32_t>(count + std::size_t{1}, 0),
                             std::vector<std::uint32_t>(of.size())};
    for (const std::uint32_t component : of) ++members.offset[component + std::size_t{1}];
    std::partial_sum(members.offset.begin(), members.offset.end(), members.offset.begin());
    std::vector<std::uint32_t> next(members.offset.begin(), members.offset.end() - 1);
    for (std::uint32_t v = 0; v < of.size(); ++v) members.vertices[next[of[v]]++] = v;
    return members;
  }
};

}  // namespace chokepoint::detail
