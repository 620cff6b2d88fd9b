#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint {

/// A walk without a repeated vertex. Parallel arcs make one path: `hops[i]` are all the arcs from `vertices[i]` to
/// `vertices[i + 1]`, sorted.
struct GraphPath {
  std::vector<Vertex> vertices;
  std::vector<std::vector<Arc>> hops;
};

/// The `count` paths with the fewest hops from `from` to `to`, by (hops, vertex numbers); fewer when there are fewer.
/// None when the two are one vertex.
/// @param max_hops  longer paths are left out
/// @note O(n + m) once; then each path opens at most its length of searches, which run only when their lower bound
///       comes up, and visit little beyond the paths they find
/// @see J. Y. Yen, "Finding the K shortest loopless paths in a network", 1971; E. L. Lawler, 1972, on not finding a
///      path twice; P. E. Hart, N. J. Nilsson, B. Raphael, 1968, on searching with a lower bound
std::vector<GraphPath> shortest_paths(const ArcGraph& graph, Vertex from, Vertex to, std::size_t count,
                                      std::optional<std::uint32_t> max_hops = std::nullopt);

}  // namespace chokepoint
