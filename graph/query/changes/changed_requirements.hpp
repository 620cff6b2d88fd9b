#pragma once

#include "query/chokepoints/candidate_scope.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Marks the nodes that may have other cut sets on one day than on the other: those of which something that they rest
/// on, in a layer that is read, has other groups. The others have the same, whatever shares and sources say.
/// @pre both scopes have the same layers, of one snapshot
/// @return [vertices] 1: may differ
/// @note O(size of the systems), times log for sorting the members of a node
std::vector<std::uint8_t> nodes_that_may_differ(const CutScope& before, const CutScope& after);

}  // namespace chokepoint::detail
