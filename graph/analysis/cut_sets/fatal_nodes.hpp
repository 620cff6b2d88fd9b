#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Nodes of a tree whose failure alone fails the target, as far as groups that can spare nobody tell: the target, the
/// members of a group of such a node that needs all it has left, and what is added. Every support contains them all.
/// What is fatal stays so when more fails, so that only what failures change is looked at.
class FatalNodes {
 public:
  explicit FatalNodes(const FaultTree& tree) : tree_(&tree), entered_(tree.node_count(), 0) {}

  /// What is fatal before anything fails. O(size of the groups of such nodes)
  /// @param can_spare  bool(TreeGroup): whether the group would hold without one of its working members
  /// @param has_failed  bool(TreeNode): what has failed already
  template <class CanSpare, class HasFailed>
  void begin(const CanSpare& can_spare, const HasFailed& has_failed) {
    stamp_ = always;
    add(tree_->target(), can_spare, has_failed);
    for (const TreeNode n : tree_->fatal()) add(n, can_spare, has_failed);
    stamp_ = run_;
  }

  /// Starts anew from what is fatal before anything fails.
  /// @param failures  all that has failed
  /// @note O(groups of the failures, size of the groups of nodes that are fatal on account of them)
  template <class CanSpare, class HasFailed>
  void restart(std::span<const TreeNode> failures, const CanSpare& can_spare, const HasFailed& has_failed) {
    stamp_ = ++run_;
    for (const TreeNode failed : failures) {
      for (const TreeGroup g : tree_->memberships(failed)) {
        if (can_spare(g) || !has_fatal_dependent(g)) continue;
        enter_members(g, has_failed);
      }
    }
    follow(can_spare, has_failed);
  }

  /// Adds a node known to be fatal, with what follows from that.
  template <class CanSpare, class HasFailed>
  void add(TreeNode n, const CanSpare& can_spare, const HasFailed& has_failed) {
    enter(n);
    follow(can_spare, has_failed);
  }

  [[nodiscard]] bool has(TreeNode n) const { return entered_[n] == run_ || entered_[n] == always; }
  /// Whether the removal takes such a node.
  [[nodiscard]] bool has_event(EventIndex e) const {
    for (const TreeNode n : tree_->nodes_of(e)) {
      if (has(n)) return true;
    }
    return false;
  }

 private:
  static constexpr std::uint32_t always = std::numeric_limits<std::uint32_t>::max();

  void enter(TreeNode n) {
    if (has(n)) return;
    entered_[n] = stamp_;
    queue_.push_back(n);
  }
  template <class HasFailed>
  void enter_members(TreeGroup g, const HasFailed& has_failed) {
    for (const TreeNode member : tree_->members(g)) {
      if (!has_failed(member)) enter(member);
    }
  }
  template <class CanSpare, class HasFailed>
  void follow(const CanSpare& can_spare, const HasFailed& has_failed) {
    while (!queue_.empty()) {
      const TreeNode each = queue_.back();
      queue_.pop_back();
      for (const TreeGroup g : tree_->groups_of(each)) {
        if (!can_spare(g)) enter_members(g, has_failed);
      }
    }
  }
  [[nodiscard]] bool has_fatal_dependent(TreeGroup g) const {
    for (const TreeNode d : tree_->dependents(g)) {
      if (has(d)) return true;
    }
    return false;
  }

  const FaultTree* tree_;
  std::vector<std::uint32_t> entered_;  ///< [nodes] the run in which it was last found to be fatal, or `always`
  std::uint32_t run_ = 1;
  std::uint32_t stamp_ = 1;
  std::vector<TreeNode> queue_;
};

}  // namespace chokepoint::detail
