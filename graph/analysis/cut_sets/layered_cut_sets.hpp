#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/cut_sets.hpp"

#include <span>
#include <vector>

namespace chokepoint {

/// The same world read in each layer; one of the two may be missing where no set is judged in it.
struct LayeredSituations {
  const Situation* place = nullptr;
  const Situation* actor = nullptr;
};

/// Cut sets, each judged in its own layer.
struct LayeredCutSets {
  CutSets found;                     ///< every set says its layer; `target_is_impossible` in one of them
  bool impossible_in_place = false;  ///< without any removal
  bool impossible_in_actor = false;
};

/// Minimal cut sets where things alone and things with actors are judged by actor, and things with places by place; no
/// set has both places and actors. A set is minimal when no part of it stops the target, read in the layer of the set
/// or in its own.
/// @param candidates  stored nodes, in any order; those that have no layer are things
/// @pre a situation for each layer that a set of candidates may be judged in; both may be the same
/// @note Two searches, see minimal_cut_sets. @see semantics, layers
LayeredCutSets layered_cut_sets(const LayeredSituations& situations, SystemNode target,
                                std::span<const Vertex> candidates, const CutSetOptions& options);

}  // namespace chokepoint
