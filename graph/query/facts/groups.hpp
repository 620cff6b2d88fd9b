#pragma once

#include "chokepoint/query/dependency_group.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <span>
#include <vector>

namespace chokepoint::detail {

/// Ends of a dependency edge. @pre its type has a dependency
Vertex dependent_of(const Snapshot& snapshot, Arc e);
Vertex dependency_of(const Snapshot& snapshot, Arc e);

/// Dependency edges by group, sorted by (dependent, type, name, item). All members of a group are counted in the view,
/// also those that are not among `arcs`, so that `any of 3` is true whatever was walked.
std::vector<DependencyGroup> group_arcs(const View& view, std::span<const Arc> arcs);

}  // namespace chokepoint::detail
