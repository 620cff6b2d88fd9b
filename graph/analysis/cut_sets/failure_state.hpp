#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Failures in a tree, spread by counting; removals can be taken back in reverse order at the cost of what they did.
class FailureState {
 public:
  explicit FailureState(const FaultTree& tree);

  void remove(EventIndex e);
  /// Takes the last removal back. @pre there is one
  void undo();
  [[nodiscard]] bool has_failed(TreeNode n) const { return failed_[n] != 0; }
  /// Failed nodes in the order in which they failed.
  [[nodiscard]] const std::vector<TreeNode>& failures() const { return trail_; }
  /// Whether a group that holds would do so without one of its working members.
  [[nodiscard]] bool can_spare(TreeGroup g) const { return spare_[g] > 0; }

 private:
  void fail(TreeNode n);

  const FaultTree* tree_;
  std::vector<std::int32_t> spare_;  ///< [groups] members that may still fail
  std::vector<std::uint8_t> failed_;
  std::vector<TreeNode> trail_;     ///< failed nodes in the order in which they failed
  std::vector<std::size_t> marks_;  ///< length of the trail before each removal
};

}  // namespace chokepoint::detail
