#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// A compact copy of an ArcGraph for kernels that walk every arc many times: the visible vertices renumbered in their
/// order, parallel arcs as one. An undirected graph has each edge at both ends.
struct SimpleGraph {
  std::vector<Vertex> vertex;         ///< [size] number in the snapshot
  std::vector<std::uint64_t> offset;  ///< [size + 1] into target
  std::vector<std::uint32_t> target;  ///< sorted for each vertex

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(vertex.size()); }
  [[nodiscard]] std::span<const std::uint32_t> next(std::uint32_t v) const {
    return std::span(target).subspan(static_cast<std::size_t>(offset[v]),
                                     static_cast<std::size_t>(offset[v + 1] - offset[v]));
  }
};

/// O(n + m log(degree))
SimpleGraph make_simple(const ArcGraph& graph);

/// The same arcs against their direction. O(n + m)
SimpleGraph turned(const SimpleGraph& graph);

/// Values of a simple graph's vertices at the places of the snapshot's; 0 for hidden vertices.
template <class T>
std::vector<T> spread(const SimpleGraph& simple, const std::vector<T>& values, Vertex vertex_count) {
  std::vector<T> all(vertex_count, T{});
  for (std::uint32_t v = 0; v < simple.size(); ++v) all[simple.vertex[v]] = values[v];
  return all;
}

}  // namespace chokepoint::detail
