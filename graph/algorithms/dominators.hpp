#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

/// Who stands on every walk from the roots. `w` dominates `v` when every walk from a root to `v` passes `w`.
struct DominatorTree {
  /// [vertex_count] the immediate dominator; `no_vertex` for vertices that are not reached and for those that no one
  /// vertex dominates (roots, and what several roots reach by separate ways).
  std::vector<Vertex> parent;
  std::vector<Vertex> order;  ///< vertices reached, each after its dominators

  /// Vertices that dominate `v`, nearest first, `v` excluded.
  [[nodiscard]] std::vector<Vertex> dominators_of(Vertex v) const;
  /// [vertex_count] how many other vertices each vertex dominates.
  [[nodiscard]] std::vector<std::uint32_t> dominated_counts() const;
};

/// The dominator tree of the walks that start at any of the roots, as if one vertex stood before them all. With
/// `graph.reversed()` and a target as root: post-dominators.
/// @note O((n + m) log n), in practice linear; iterative
/// @see L. Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005 (semi-NCA);
///      T. Lengauer, R. E. Tarjan, 1979
DominatorTree find_dominators(const ArcGraph& graph, std::span<const Vertex> roots);

}  // namespace chokepoint
