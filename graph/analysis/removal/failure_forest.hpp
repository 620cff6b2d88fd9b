#pragma once

#include "analysis/removal/failure_net.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace chokepoint::detail {

using FailureSet = std::uint32_t;

inline constexpr FailureSet no_failure_set = std::numeric_limits<FailureSet>::max();

/// The working nodes of a net in sets whose nodes bring each other down, and so have one impact; each set under another
/// one that it brings down. What a set does is what its parent does, and the rest: the common part is walked once.
/// Of several the parent is the set with the largest impact, as a guess goes; a wrong one costs time only.
/// @note Groups that can spare a member are not looked at, so that some sets stay apart, and some without a parent,
///       that need not. O(size of the net), 32 bytes a set while it is built
class FailureForest {
 public:
  explicit FailureForest(const FailureNet& net);

  [[nodiscard]] FailureSet set_count() const { return static_cast<FailureSet>(parent_.size()); }
  /// no_failure_set for a node that does not work.
  [[nodiscard]] FailureSet set_of(SystemNode n) const { return set_of_node_[n]; }
  /// no_failure_set for a root. Parents have smaller numbers.
  [[nodiscard]] FailureSet parent(FailureSet s) const { return parent_[s]; }
  /// By node.
  [[nodiscard]] std::span<const FailureSet> sets() const { return set_of_node_; }
  /// The one whose impact is probably the larger; either may be none.
  [[nodiscard]] FailureSet larger(FailureSet a, FailureSet b) const;

 private:
  std::vector<FailureSet> set_of_node_;
  std::vector<FailureSet> parent_;
  std::vector<std::uint64_t> rarity_;  ///< the smaller, the more nodes are probably brought down
};

}  // namespace chokepoint::detail
