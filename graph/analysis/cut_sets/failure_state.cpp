#include "analysis/cut_sets/failure_state.hpp"

namespace chokepoint::detail {

FailureState::FailureState(const FaultTree& tree)
    : tree_(&tree), spare_(tree.group_count()), failed_(tree.node_count(), 0) {
  for (TreeGroup g = 0; g < tree.group_count(); ++g) {
    spare_[g] = static_cast<std::int32_t>(tree.members(g).size()) - static_cast<std::int32_t>(tree.needed(g));
  }
}

void FailureState::fail(TreeNode n) {
  if (failed_[n] != 0) return;
  failed_[n] = 1;
  trail_.push_back(n);
}

void FailureState::remove(EventIndex e) {
  marks_.push_back(trail_.size());
  std::size_t done = trail_.size();
  for (const TreeNode n : tree_->nodes_of(e)) fail(n);
  for (; done < trail_.size(); ++done) {
    for (const TreeGroup g : tree_->memberships(trail_[done])) {
      // Exactly the step from enough to too few fails the dependents, so that taking it back is symmetric.
      if (spare_[g]-- != 0) continue;
      for (const TreeNode d : tree_->dependents(g)) fail(d);
    }
  }
}

void FailureState::undo() {
  for (; trail_.size() > marks_.back(); trail_.pop_back()) {
    failed_[trail_.back()] = 0;
    for (const TreeGroup g : tree_->memberships(trail_.back())) ++spare_[g];
  }
  marks_.pop_back();
}

}  // namespace chokepoint::detail
