#include "analysis/cut_sets/least_fixed_point_state.hpp"

#include <algorithm>
#include <functional>

namespace chokepoint::detail {

LeastFixedPointState::LeastFixedPointState(const FaultTree& tree)
    : tree_(&tree),
      rank_(tree.node_count(), never),
      fallen_from_(tree.node_count(), 0),
      is_gone_(tree.node_count(), 0) {
  constexpr Rank spacing = Rank{1} << 24U;  // room for what stands again on something else
  std::vector<std::uint32_t> missing(tree.group_count()), unmet(tree.node_count());
  // Of all that can stand the one with the smallest number comes first: outside cycles everything then ranks above all
  // that it rests on, whichever of them it needs, and hardly more is taken down than falls.
  std::vector<TreeNode> ready;
  Rank next = 0;
  const auto stand = [&](TreeNode n) {
    ready.push_back(n);
    std::push_heap(ready.begin(), ready.end(), std::greater<>());
  };
  for (TreeGroup g = 0; g < tree.group_count(); ++g) missing[g] = tree.needed(g);
  for (TreeNode n = 0; n < tree.node_count(); ++n) {
    unmet[n] = static_cast<std::uint32_t>(tree.groups_of(n).size());
    if (unmet[n] == 0) stand(n);
  }
  while (!ready.empty()) {
    const TreeNode n = ready.front();
    std::pop_heap(ready.begin(), ready.end(), std::greater<>());
    ready.pop_back();
    rank_[n] = next;
    next += spacing;
    for (const TreeGroup g : tree.memberships(n)) {
      if (missing[g] == 0 || --missing[g] > 0) continue;
      for (const TreeNode d : tree.dependents(g)) {
        if (--unmet[d] == 0) stand(d);
      }
    }
  }
}

bool LeastFixedPointState::can_spare(TreeGroup g) const {
  std::uint32_t standing = 0;
  for (const TreeNode member : tree_->members(g)) standing += has_failed(member) ? 0U : 1U;
  return standing > tree_->needed(g);
}

bool LeastFixedPointState::is_held(TreeNode n, Rank below) const {
  for (const TreeGroup g : tree_->groups_of(n)) {
    std::uint32_t missing = tree_->needed(g);
    for (const TreeNode member : tree_->members(g)) {
      if (rank_[member] < below && --missing == 0) break;
    }
    if (missing > 0) return false;
  }
  return true;
}

LeastFixedPointState::Rank LeastFixedPointState::held_from(TreeNode n) {
  Rank rank = 0;
  for (const TreeGroup g : tree_->groups_of(n)) {
    ranks_.clear();
    for (const TreeNode member : tree_->members(g)) ranks_.push_back(rank_[member]);
    const auto last = ranks_.begin() + (tree_->needed(g) - 1);
    std::nth_element(ranks_.begin(), last, ranks_.end());
    if (*last == never) return never;
    rank = std::max(rank, *last + 1);
  }
  return rank;
}

void LeastFixedPointState::change(TreeNode n, Rank rank) {
  changes_.push_back({n, rank_[n]});
  rank_[n] = rank;
}

void LeastFixedPointState::queue_users(TreeNode n, Rank above) {
  for (const TreeGroup g : tree_->memberships(n)) {
    for (const TreeNode d : tree_->dependents(g)) {
      if (has_failed(d) || rank_[d] <= above) continue;
      heap_.emplace_back(rank_[d], d);
      std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
  }
}

void LeastFixedPointState::take_down(EventIndex e) {
  heap_.clear();
  for (const TreeNode n : tree_->nodes_of(e)) {
    ++is_gone_[n];
    if (!has_failed(n)) heap_.emplace_back(rank_[n], n);
  }
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  while (!heap_.empty()) {
    const auto [rank, n] = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
    if (has_failed(n) || (is_gone_[n] == 0 && is_held(n, rank))) continue;
    change(n, never);
    queue_users(n, rank);
  }
}

void LeastFixedPointState::put_up(std::size_t first) {
  queue_.clear();
  for (std::size_t i = first; i < changes_.size(); ++i) queue_.push_back(changes_[i].node);
  // What was taken down has its old rank noted there; it gets that again where it can, so that what rests on it and is
  // still up need not be looked at.
  for (std::size_t i = first; i < changes_.size(); ++i) fallen_from_[changes_[i].node] = changes_[i].before;
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const TreeNode n = queue_[i];
    if (!has_failed(n) || is_gone_[n] != 0) continue;
    const Rank held = held_from(n);
    if (held == never) continue;
    change(n, std::max(held, fallen_from_[n]));
    for (const TreeGroup g : tree_->memberships(n)) {
      for (const TreeNode d : tree_->dependents(g)) {
        if (has_failed(d)) queue_.push_back(d);
      }
    }
  }
}

void LeastFixedPointState::remove(EventIndex e) {
  removals_.emplace_back(e, changes_.size());
  take_down(e);
  put_up(removals_.back().second);
}

void LeastFixedPointState::undo() {
  const auto [e, length] = removals_.back();
  removals_.pop_back();
  for (; changes_.size() > length; changes_.pop_back()) rank_[changes_.back().node] = changes_.back().before;
  for (const TreeNode n : tree_->nodes_of(e)) --is_gone_[n];
}

void LeastFixedPointState::failures(std::vector<TreeNode>& nodes) const {
  nodes.clear();
  for (const Change& change : changes_) {
    if (has_failed(change.node)) nodes.push_back(change.node);
  }
}

}  // namespace chokepoint::detail
