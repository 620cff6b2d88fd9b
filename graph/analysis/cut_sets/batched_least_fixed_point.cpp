#include "analysis/cut_sets/batched_least_fixed_point.hpp"

#include <algorithm>
#include <functional>

namespace chokepoint::detail {

BatchedLeastFixedPoint::BatchedLeastFixedPoint(const FaultTree& tree)
    : tree_(&tree),
      run_of_(tree.node_count(), 0),
      is_queued_(tree.node_count(), 0),
      gone_(tree.node_count()),
      down_(tree.node_count()) {
  // A node that rests on one with a higher number is in a block with it and all between.
  TreeNode reached = 0;
  std::uint32_t block = 0;
  for (TreeNode n = 0; n < tree.node_count(); ++n) {
    if (n > reached) ++block;
    reached = std::max(reached, n);
    for (const TreeGroup g : tree.groups_of(n)) {
      for (const TreeNode member : tree.members(g)) reached = std::max(reached, member);
    }
    block_.push_back(block);
  }
}

ScenarioMask& BatchedLeastFixedPoint::touch(TreeNode n) {
  if (!is_touched(n)) {
    run_of_[n] = run_;
    gone_[n] = down_[n] = none_;
  }
  return down_[n];
}

void BatchedLeastFixedPoint::queue(const LeastFixedPointState& state, TreeNode n) {
  if (state.has_failed(n) || is_queued_[n] != 0) return;
  is_queued_[n] = 1;
  heap_.emplace_back(block_[n], state.rank(n), n);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

ScenarioMask BatchedLeastFixedPoint::fallen(const LeastFixedPointState& state, TreeNode n,
                                            LeastFixedPointState::Rank below) {
  ScenarioMask mask = gone_[n];
  for (const TreeGroup g : tree_->groups_of(n)) {
    const auto members = tree_->members(g);
    mask |= at_least(members, tree_->fatal_count(g), [&](TreeNode m) -> const ScenarioMask& {
      if (state.rank(m) >= below) return all_;
      return is_touched(m) ? down_[m] : none_;
    });
  }
  return mask & open_;
}

void BatchedLeastFixedPoint::start(const LeastFixedPointState& state, std::span<const EventIndex> events) {
  ++run_;
  open_ = none_;
  heap_.clear();
  for (std::size_t lane = 0; lane < events.size(); ++lane) {
    open_.set(lane);
    for (const TreeNode n : tree_->nodes_of(events[lane])) {
      touch(n);
      gone_[n].set(lane);
      queue(state, n);
    }
  }
}

ScenarioMask BatchedLeastFixedPoint::run(const LeastFixedPointState& state, const FatalNodes& fatal,
                                         std::span<const EventIndex> events) {
  start(state, events);
  ScenarioMask fails;
  while (!heap_.empty()) {
    take_down_block(state);
    put_up_block(state);
    for (const TreeNode n : fell_) {
      if (fatal.has(n)) fails |= down_[n];
    }
    // A lane in which the target is down has nothing more to tell.
    open_ &= ~fails;
    pass_on(state);
  }
  return fails;
}

void BatchedLeastFixedPoint::take_down_block(const LeastFixedPointState& state) {
  fell_.clear();
  const std::uint32_t block = std::get<0>(heap_.front());
  // Ranks are taken up in order, so that what a node was derived from is settled before it.
  while (!heap_.empty() && std::get<0>(heap_.front()) == block) {
    const auto [same, rank, n] = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
    is_queued_[n] = 0;
    touch(n);
    const ScenarioMask mask = fallen(state, n, rank);
    if (mask.none()) continue;
    down_[n] = mask;
    fell_.push_back(n);
    for (const TreeGroup g : tree_->memberships(n)) {
      for (const TreeNode d : tree_->dependents(g)) {
        if (block_[d] == block && state.rank(d) > rank) queue(state, d);
      }
    }
  }
}

void BatchedLeastFixedPoint::put_up_block(const LeastFixedPointState& state) {
  for (const TreeNode n : fell_) is_queued_[n] = 1;
  const std::size_t count = fell_.size();
  for (std::size_t i = 0; i < fell_.size(); ++i) {
    const TreeNode n = fell_[i];
    is_queued_[n] = 0;
    const ScenarioMask mask = fallen(state, n, LeastFixedPointState::never);
    if (mask == down_[n]) continue;
    down_[n] = mask;
    for (const TreeGroup g : tree_->memberships(n)) {
      for (const TreeNode d : tree_->dependents(g)) {
        if (block_[d] != block_[n] || is_queued_[d] != 0 || !is_touched(d) || down_[d].none()) continue;
        is_queued_[d] = 1;
        fell_.push_back(d);
      }
    }
  }
  fell_.resize(count);
}

void BatchedLeastFixedPoint::pass_on(const LeastFixedPointState& state) {
  for (const TreeNode n : fell_) {
    if ((down_[n] & open_).none()) continue;
    for (const TreeGroup g : tree_->memberships(n)) {
      for (const TreeNode d : tree_->dependents(g)) {
        if (block_[d] != block_[n]) queue(state, d);
      }
    }
  }
}

}  // namespace chokepoint::detail
