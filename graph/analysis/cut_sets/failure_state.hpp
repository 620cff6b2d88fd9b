#pragma once

#include "analysis/capacity/counting_propagation.hpp"
#include "analysis/cut_sets/fault_tree.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// Failures in a tree; removals can be taken back in reverse order at the cost of what they did.
class FailureState {
 public:
  explicit FailureState(const FaultTree& tree)
      : tree_(&tree), failures_(tree, [&](TreeGroup g) { return static_cast<std::int32_t>(tree.fatal_count(g)); }) {}

  void remove(EventIndex e) {
    marks_.push_back(failures_.trail().size());
    for (const TreeNode n : tree_->nodes_of(e)) failures_.reach(n);
    failures_.spread();
  }
  /// Takes the last removal back. @pre there is one
  void undo() {
    failures_.undo_to(marks_.back());
    marks_.pop_back();
  }
  [[nodiscard]] bool has_failed(TreeNode n) const { return failures_.is_reached(n); }
  /// Failed nodes in the order in which they failed.
  [[nodiscard]] const std::vector<TreeNode>& failures() const { return failures_.trail(); }
  /// Whether a group that holds would do so without one of its working members.
  [[nodiscard]] bool can_spare(TreeGroup g) const { return failures_.open_for(g) > 1; }

 private:
  const FaultTree* tree_;
  CountingPropagation<FaultTree, NodeRule::any_group, std::int32_t> failures_;
  std::vector<std::size_t> marks_;  ///< how many had failed before each removal
};

}  // namespace chokepoint::detail
