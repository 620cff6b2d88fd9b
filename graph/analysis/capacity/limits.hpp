#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A disruption made ready for look-ups. Nodes that are removed or limited to nothing, and the flows of removed
/// things, are `removed`.
class Limits {
 public:
  Limits(const Requirements& requirements, const Disruption& disruption);

  [[nodiscard]] const std::vector<SystemNode>& removed() const { return removed_; }
  /// What is left of a node at most; [1, 1] when nothing is said.
  [[nodiscard]] Interval most_of(SystemNode n) const;
  /// What a node that works has at least; [0, 0] when nothing is said.
  [[nodiscard]] Interval least_of(SystemNode n) const;
  /// What is known of nodes from another world, sorted by node.
  [[nodiscard]] const std::vector<NodeRange>& ranges() const { return ranges_; }
  /// Whether a node works whatever its groups say.
  [[nodiscard]] bool works(SystemNode n) const;
  /// What is left of a row: [1, 1] when nothing is said.
  [[nodiscard]] Interval of_member(MemberIndex m) const {
    if (cuts_.empty() || ((is_cut_[m >> 6U] >> (m & 63U)) & 1U) == 0) return {};
    return look_up(m);
  }
  /// Members with a limit, sorted, one entry each.
  [[nodiscard]] const std::vector<MemberLimit>& cuts() const { return cuts_; }
  /// Nodes with a limit above 0, sorted.
  [[nodiscard]] const std::vector<NodeLimit>& partial() const { return partial_; }

 private:
  [[nodiscard]] Interval look_up(MemberIndex m) const;
  [[nodiscard]] const NodeRange* range_of(SystemNode n) const;

  std::vector<SystemNode> removed_;  ///< sorted
  std::vector<NodeLimit> partial_;
  std::vector<NodeRange> ranges_;
  std::vector<MemberLimit> cuts_;
  std::vector<std::uint64_t> is_cut_;
};

}  // namespace chokepoint::detail
