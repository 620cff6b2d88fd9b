#pragma once

#include "analysis/requirements/containment.hpp"

#include <vector>

namespace chokepoint::detail {

/// Where a restriction holds: in some places, or everywhere outside a jurisdiction (graph/SEMANTICS.md §4.1: "in M").
struct Market {
  bool is_outside = false;     ///< everywhere but in `places`
  std::vector<Vertex> places;  ///< sorted

  /// Whether a node is in the market: it is in it itself, or it is a thing all of whose makers are. Outside a
  /// jurisdiction is what neither is in it nor has a maker in it.
  [[nodiscard]] bool contains(Vertex v, Containment& containment) const;
  /// The same for the unnamed variant of a generic.
  [[nodiscard]] bool contains_unnamed(Vertex generic, Containment& containment) const;
};

/// The nearest places that a node is in, itself when it is one; sorted. Places beyond the nearest are left out: an
/// agency of one state does not rule the blocs that the state is part of.
std::vector<Vertex> nearest_places(const View& view, const std::vector<EdgeRule>& rules, Vertex v);

/// Where the issuers of a policy rule: the nearest places of those who issue it, and its own when it is an actor or a
/// place itself; sorted.
std::vector<Vertex> jurisdiction(const View& view, const std::vector<EdgeRule>& rules, Vertex policy);

}  // namespace chokepoint::detail
