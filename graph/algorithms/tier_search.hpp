#pragma once

#include "algorithms/tiers.hpp"

#include <functional>

namespace chokepoint::detail {

/// Counts an edge that a view hides.
void note_hidden(ViewCoverage& hidden, Arc e, Fate fate);

/// What lies in the starts, and in that, of the layer that ends a walk; sorted. O(arcs of `end.inside` that are met)
std::vector<Vertex> inside_starts(const WalkEnd& end, std::span<const Vertex> starts);

/// `find_tiers` that ends early.
/// @param is_bounded  keeps the pages of a mapped file in memory small
/// @param enough      told every tier that was found, starts first; the search ends when it says so
Tiers search_tiers(const ArcGraph& graph, std::span<const Vertex> starts, std::optional<std::uint32_t> depth,
                   bool is_bounded, const WalkEnd* end, const std::function<bool(std::span<const Vertex>)>& enough);

}  // namespace chokepoint::detail
