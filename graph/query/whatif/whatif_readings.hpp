#pragma once

#include "chokepoint/analysis/whatif.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint::detail {

/// The two readings of unsettled variants, as `WhatIfState::bounds` has them.
inline constexpr std::size_t optimistic = 0, pessimistic = 1;

/// Whether a node or flow fails in a reading. O(log)
inline bool fails(const WhatIfBound& bound, const Subject& subject) {
  return subject.customer == no_vertex ? std::ranges::binary_search(bound.impossible, subject.node)
                                       : std::ranges::binary_search(bound.flows, Flow{subject.node, subject.customer});
}

}  // namespace chokepoint::detail
