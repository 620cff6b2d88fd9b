#pragma once

#include "chokepoint/analysis/reach.hpp"

namespace chokepoint::detail {

/// `find_dependencies` and `find_dependents` where what requires what is not said by single edges: deliveries of a
/// thing, generic things and their variants, steps of a whole. Walks the requirement system in both layers.
/// @note O(n + m) to read the system, then O(what is reached)
DependencyReport walk_requirements(const View& view, Vertex node, const ReachOptions& options, Walk walk);

}  // namespace chokepoint::detail
