#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// Vertices that a search came to, tier by tier, and what it met on its way.
struct Tiers {
  std::vector<Vertex> vertices;   ///< those of tier 1, then of tier 2 …; each tier sorted
  std::vector<std::size_t> ends;  ///< tier t (from 1) ends before vertices[ends[t - 1]]
  bool met_soft = false;          ///< an arc was walked that is listed but never needed
  ViewCoverage hidden;            ///< arcs that would have been walked if the view did not hide them

  [[nodiscard]] std::span<const Vertex> tier(std::size_t number) const {
    const std::size_t begin = number == 1 ? 0 : ends[number - 2];
    return std::span(vertices).subspan(begin, ends[number - 1] - begin);
  }
};

/// Where a walk goes no further, but along what says that one vertex of a layer lies in another: a dependent is handed
/// on to what the vertex lies in, and what a start has in it is as the start itself.
struct WalkEnd {
  Layer layer = Layer::none;
  ArcGraph inside;           ///< arcs from what lies in something to that, turned as those of the search are
  bool is_backward = false;  ///< whether the search comes from what others lie in
};

/// Vertices that walks along the arcs come to, starts excluded.
/// @param depth  largest tier; nullopt for no limit
/// @param end  what ends the walk; a start never does; nullptr: nothing
/// @note O(vertices reached + arcs at them), plus a few bits per vertex. On a mapped snapshot and with a depth it keeps
///       the file's pages in memory small.
/// @throws DamagedSnapshot
Tiers find_tiers(const ArcGraph& graph, std::span<const Vertex> starts,
                 std::optional<std::uint32_t> depth = std::nullopt, const WalkEnd* end = nullptr);

}  // namespace chokepoint
