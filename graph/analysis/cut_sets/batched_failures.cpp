#include "analysis/cut_sets/batched_failures.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace chokepoint::detail {

ScenarioMask ScenarioCounter::at_least(std::size_t count) const {
  if (size_ < static_cast<std::size_t>(std::bit_width(count))) return {};
  // Compared from the most significant digit down.
  ScenarioMask is_greater;
  ScenarioMask is_equal = ScenarioMask::filled(true);
  for (std::size_t i = size_; i-- > 0;) {
    const bool wanted = ((count >> i) & 1U) != 0;
    if (!wanted) is_greater |= is_equal & digits_[i];
    is_equal &= wanted ? digits_[i] : ~digits_[i];
  }
  return is_greater | is_equal;
}

void sort_nearest_first(const FaultTree& tree, std::vector<EventIndex>& events) {
  if (events.size() <= ScenarioMask::width) return;
  std::sort(events.begin(), events.end(), [&](EventIndex a, EventIndex b) {
    return std::pair(tree.nodes_of(b).back(), a) < std::pair(tree.nodes_of(a).back(), b);
  });
}

BatchedFailures::BatchedFailures(const FaultTree& tree)
    : tree_(&tree),
      node_mask_(tree.node_count()),
      group_mask_(tree.group_count()),
      node_run_(tree.node_count(), 0),
      group_run_(tree.group_count(), 0),
      is_stale_(tree.group_count(), 0),
      pending_((tree.node_count() + std::size_t{63}) / 64, 0) {}

void BatchedFailures::notify(TreeNode n) {
  for (const TreeGroup g : tree_->memberships(n)) {
    is_stale_[g] = 1;
    for (const TreeNode d : tree_->dependents(g)) {
      pending_[d / 64] |= std::uint64_t{1} << (d % 64);
      cursor_ = std::min<std::size_t>(cursor_, d / 64);
    }
  }
}

TreeNode BatchedFailures::next_pending() {
  while (cursor_ < pending_.size() && pending_[cursor_] == 0) ++cursor_;
  if (cursor_ == pending_.size()) return tree_->node_count();
  const auto bit = static_cast<unsigned>(std::countr_zero(pending_[cursor_]));
  pending_[cursor_] &= pending_[cursor_] - 1;
  return static_cast<TreeNode>(cursor_ * 64 + bit);
}

}  // namespace chokepoint::detail
