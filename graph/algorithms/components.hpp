#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint {

inline constexpr std::uint32_t no_component = std::numeric_limits<std::uint32_t>::max();

/// Vertices in classes, numbered by their smallest vertex.
struct Components {
  std::vector<std::uint32_t> of;    ///< [vertex_count] `no_component` for vertices that the view hides
  std::vector<std::uint32_t> size;  ///< [count] vertices of each component

  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(size.size()); }
};

/// Strong components: vertices that reach each other. One larger than a single vertex is a cycle of dependencies.
/// @note O(n + m), iterative. @see R. Tarjan, "Depth-first search and linear graph algorithms", 1972; D. J. Pearce, "A
///       Space-Efficient Algorithm for Finding Strongly Connected Components", 2016
Components find_strong_components(const ArcGraph& graph);

/// Where an undirected graph is held together by one vertex or one edge.
struct CutPoints {
  std::vector<Vertex> articulation_points;   ///< sorted; without one of them its component falls apart
  std::vector<Arc> bridges;                  ///< sorted; likewise. One of several parallel edges is none
  std::uint32_t biconnected_components = 0;  ///< parts with at least one edge that no single vertex splits
};

/// @pre graph.is_undirected()
/// @note O(n + m), iterative. @see J. Hopcroft, R. Tarjan, "Efficient algorithms for graph manipulation", 1973
CutPoints find_cut_points(const ArcGraph& graph);

}  // namespace chokepoint
