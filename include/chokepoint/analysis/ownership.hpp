#pragma once

#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

struct OwnershipOptions {
  double threshold = 0.5;  ///< share from which on the owners control, in (0, 1]
};

/// Something that owners control, or may control.
struct OwnedVertex {
  Vertex vertex = no_vertex;
  std::uint32_t tier = 0;  ///< rounds until it is controlled, from 1: every holder that counts is a tier below
  double share_low = 0;    ///< held together by the owners and by what they certainly control
  double share_high = 0;  ///< … and by what they may control; unknown shares take all that others are not known to hold
  bool certain = false;  ///< `share_low` reaches the threshold; else only `share_high` does
  friend bool operator==(const OwnedVertex&, const OwnedVertex&) = default;
};

struct OwnershipReport {
  std::vector<OwnedVertex> owned;  ///< sorted by (tier, vertex), the owners themselves left out
  std::vector<Arc> arcs;           ///< holdings of the owners and of `owned` in `owned`, sorted
};

/// What the owners control, directly or through others: whatever they and those they control hold at least the
/// threshold of, taken together. A fixed point, not a product along chains: 60 % of a firm with 60 % of another
/// controls both.
/// @note O(n + m) with few owners each. Of several rows of one owner in one thing the largest counts
/// @see U.S. Treasury, OFAC, "Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property
///      Are Blocked", 2014
OwnershipReport find_ownership(const View& view, std::span<const Vertex> owners, const OwnershipOptions& options = {});

}  // namespace chokepoint
