#pragma once

#include "chokepoint/analysis/findings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

struct OwnershipOptions {
  double threshold = 0.5;  ///< share from which on the owners control, in (0, 1]
};

/// What the owners control, directly or through others: whatever they and those they control hold at least the
/// threshold of, taken together. A fixed point, not a product along chains: 60 % of a firm with 60 % of another
/// controls both.
/// @note O(n + m) with few owners each. Of several rows of one owner in one thing the largest counts
/// @see U.S. Treasury, OFAC, "Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property
///      Are Blocked", 2014
OwnershipReport find_ownership(const View& view, std::span<const Vertex> owners, const OwnershipOptions& options = {});

}  // namespace chokepoint
