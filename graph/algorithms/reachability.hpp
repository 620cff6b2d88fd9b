#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"
#include "algorithms/tiers.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// A vertex that a search came to.
struct ReachedVertex {
  Vertex vertex = no_vertex;
  std::uint32_t tier = 0;  ///< fewest arcs from a start, from 1
  friend bool operator==(const ReachedVertex&, const ReachedVertex&) = default;
};

/// Vertices that walks along the arcs come to, starts excluded, sorted by (tier, vertex).
/// @param depth  largest tier; nullopt for no limit
/// @note O(vertices reached + arcs at them), plus one bit per vertex
std::vector<ReachedVertex> reach(const ArcGraph& graph, std::span<const Vertex> starts,
                                 std::optional<std::uint32_t> depth = std::nullopt);

/// Which of `wanted` are reached from the starts at any tier; the search ends when all are.
/// @return one flag for each of `wanted`; a start counts as reached
/// @param end  what ends the walk, as in find_tiers
std::vector<bool> reaches(const ArcGraph& graph, std::span<const Vertex> starts, std::span<const Vertex> wanted,
                          const WalkEnd* end = nullptr);

}  // namespace chokepoint
