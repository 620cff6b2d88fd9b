#include "analysis/cut_sets/grounded_lanes.hpp"

#include <algorithm>
#include <functional>

namespace chokepoint::detail {

GroundedLanes::GroundedLanes(const Cone& cone)
    : cone_(&cone),
      run_of_(cone.node_count(), 0),
      is_queued_(cone.node_count(), 0),
      gone_(cone.node_count()),
      down_(cone.node_count()) {
  // A node that rests on one with a higher number is in a block with it and all between.
  ConeNode reached = 0;
  std::uint32_t block = 0;
  for (ConeNode n = 0; n < cone.node_count(); ++n) {
    if (n > reached) ++block;
    reached = std::max(reached, n);
    for (const ConeGroup g : cone.groups_of(n)) {
      for (const ConeNode member : cone.members(g)) reached = std::max(reached, member);
    }
    block_.push_back(block);
  }
}

LaneMask& GroundedLanes::touch(ConeNode n) {
  if (!is_touched(n)) {
    run_of_[n] = run_;
    gone_[n] = down_[n] = none_;
  }
  return down_[n];
}

void GroundedLanes::queue(const GroundedState& state, ConeNode n) {
  if (state.has_failed(n) || is_queued_[n] != 0) return;
  is_queued_[n] = 1;
  heap_.emplace_back(block_[n], state.rank(n), n);
  std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
}

LaneMask GroundedLanes::fallen(const GroundedState& state, ConeNode n, GroundedState::Rank below) {
  LaneMask mask = gone_[n];
  for (const ConeGroup g : cone_->groups_of(n)) {
    const auto members = cone_->members(g);
    mask |= at_least(members, members.size() - cone_->needed(g) + 1, [&](ConeNode m) -> const LaneMask& {
      if (state.rank(m) >= below) return all_;
      return is_touched(m) ? down_[m] : none_;
    });
  }
  return mask & open_;
}

void GroundedLanes::start(const GroundedState& state, std::span<const EventIndex> events) {
  ++run_;
  open_ = none_;
  heap_.clear();
  for (std::size_t lane = 0; lane < events.size(); ++lane) {
    open_.set(lane);
    for (const ConeNode n : cone_->nodes_of(events[lane])) {
      touch(n);
      gone_[n].set(lane);
      queue(state, n);
    }
  }
}

LaneMask GroundedLanes::run(const GroundedState& state, const FatalNodes& fatal, std::span<const EventIndex> events) {
  start(state, events);
  LaneMask fails;
  while (!heap_.empty()) {
    take_down_block(state);
    put_up_block(state);
    for (const ConeNode n : fell_) {
      if (fatal.has(n)) fails |= down_[n];
    }
    // A lane in which the target is down has nothing more to tell.
    open_ &= ~fails;
    pass_on(state);
  }
  return fails;
}

void GroundedLanes::take_down_block(const GroundedState& state) {
  fell_.clear();
  const std::uint32_t block = std::get<0>(heap_.front());
  // Ranks are taken up in order, so that what a node was derived from is settled before it.
  while (!heap_.empty() && std::get<0>(heap_.front()) == block) {
    const auto [same, rank, n] = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
    is_queued_[n] = 0;
    touch(n);
    const LaneMask mask = fallen(state, n, rank);
    if (mask.none()) continue;
    down_[n] = mask;
    fell_.push_back(n);
    for (const ConeGroup g : cone_->memberships(n)) {
      for (const ConeNode d : cone_->dependents(g)) {
        if (block_[d] == block && state.rank(d) > rank) queue(state, d);
      }
    }
  }
}

void GroundedLanes::put_up_block(const GroundedState& state) {
  for (const ConeNode n : fell_) is_queued_[n] = 1;
  const std::size_t count = fell_.size();
  for (std::size_t i = 0; i < fell_.size(); ++i) {
    const ConeNode n = fell_[i];
    is_queued_[n] = 0;
    const LaneMask mask = fallen(state, n, GroundedState::never);
    if (mask == down_[n]) continue;
    down_[n] = mask;
    for (const ConeGroup g : cone_->memberships(n)) {
      for (const ConeNode d : cone_->dependents(g)) {
        if (block_[d] != block_[n] || is_queued_[d] != 0 || !is_touched(d) || down_[d].none()) continue;
        is_queued_[d] = 1;
        fell_.push_back(d);
      }
    }
  }
  fell_.resize(count);
}

void GroundedLanes::pass_on(const GroundedState& state) {
  for (const ConeNode n : fell_) {
    if ((down_[n] & open_).none()) continue;
    for (const ConeGroup g : cone_->memberships(n)) {
      for (const ConeNode d : cone_->dependents(g)) {
        if (block_[d] != block_[n]) queue(state, d);
      }
    }
  }
}

}  // namespace chokepoint::detail
