#include "analysis/cut_sets/grounded_state.hpp"

#include <algorithm>
#include <functional>

namespace chokepoint::detail {

GroundedState::GroundedState(const Cone& cone)
    : cone_(&cone),
      rank_(cone.node_count(), never),
      fallen_from_(cone.node_count(), 0),
      is_gone_(cone.node_count(), 0) {
  constexpr Rank spacing = Rank{1} << 24U;  // room for what stands again on something else
  std::vector<std::uint32_t> missing(cone.group_count()), unmet(cone.node_count());
  // Of all that can stand the one with the smallest number comes first: outside cycles everything then ranks above all
  // that it rests on, whichever of them it needs, and hardly more is taken down than falls.
  std::vector<ConeNode> ready;
  Rank next = 0;
  const auto stand = [&](ConeNode n) {
    ready.push_back(n);
    std::push_heap(ready.begin(), ready.end(), std::greater<>());
  };
  for (ConeGroup g = 0; g < cone.group_count(); ++g) missing[g] = cone.needed(g);
  for (ConeNode n = 0; n < cone.node_count(); ++n) {
    unmet[n] = static_cast<std::uint32_t>(cone.groups_of(n).size());
    if (unmet[n] == 0) stand(n);
  }
  while (!ready.empty()) {
    const ConeNode n = ready.front();
    std::pop_heap(ready.begin(), ready.end(), std::greater<>());
    ready.pop_back();
    rank_[n] = next;
    next += spacing;
    for (const ConeGroup g : cone.memberships(n)) {
      if (missing[g] == 0 || --missing[g] > 0) continue;
      for (const ConeNode d : cone.dependents(g)) {
        if (--unmet[d] == 0) stand(d);
      }
    }
  }
}

bool GroundedState::can_spare(ConeGroup g) const {
  std::uint32_t standing = 0;
  for (const ConeNode member : cone_->members(g)) standing += has_failed(member) ? 0U : 1U;
  return standing > cone_->needed(g);
}

bool GroundedState::is_held(ConeNode n, Rank below) const {
  for (const ConeGroup g : cone_->groups_of(n)) {
    std::uint32_t missing = cone_->needed(g);
    for (const ConeNode member : cone_->members(g)) {
      if (rank_[member] < below && --missing == 0) break;
    }
    if (missing > 0) return false;
  }
  return true;
}

GroundedState::Rank GroundedState::held_from(ConeNode n) {
  Rank rank = 0;
  for (const ConeGroup g : cone_->groups_of(n)) {
    ranks_.clear();
    for (const ConeNode member : cone_->members(g)) ranks_.push_back(rank_[member]);
    const auto last = ranks_.begin() + (cone_->needed(g) - 1);
    std::nth_element(ranks_.begin(), last, ranks_.end());
    if (*last == never) return never;
    rank = std::max(rank, *last + 1);
  }
  return rank;
}

void GroundedState::change(ConeNode n, Rank rank) {
  changes_.push_back({n, rank_[n]});
  rank_[n] = rank;
}

void GroundedState::queue_users(ConeNode n, Rank above) {
  for (const ConeGroup g : cone_->memberships(n)) {
    for (const ConeNode d : cone_->dependents(g)) {
      if (has_failed(d) || rank_[d] <= above) continue;
      heap_.emplace_back(rank_[d], d);
      std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
  }
}

void GroundedState::take_down(EventIndex e) {
  heap_.clear();
  for (const ConeNode n : cone_->nodes_of(e)) {
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

void GroundedState::put_up(std::size_t first) {
  queue_.clear();
  for (std::size_t i = first; i < changes_.size(); ++i) queue_.push_back(changes_[i].node);
  // What was taken down has its old rank noted there; it gets that again where it can, so that what rests on it and is
  // still up need not be looked at.
  for (std::size_t i = first; i < changes_.size(); ++i) fallen_from_[changes_[i].node] = changes_[i].before;
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    const ConeNode n = queue_[i];
    if (!has_failed(n) || is_gone_[n] != 0) continue;
    const Rank held = held_from(n);
    if (held == never) continue;
    change(n, std::max(held, fallen_from_[n]));
    for (const ConeGroup g : cone_->memberships(n)) {
      for (const ConeNode d : cone_->dependents(g)) {
        if (has_failed(d)) queue_.push_back(d);
      }
    }
  }
}

void GroundedState::remove(EventIndex e) {
  removals_.emplace_back(e, changes_.size());
  take_down(e);
  put_up(removals_.back().second);
}

void GroundedState::undo() {
  const auto [e, length] = removals_.back();
  removals_.pop_back();
  for (; changes_.size() > length; changes_.pop_back()) rank_[changes_.back().node] = changes_.back().before;
  for (const ConeNode n : cone_->nodes_of(e)) --is_gone_[n];
}

void GroundedState::failures(std::vector<ConeNode>& nodes) const {
  nodes.clear();
  for (const Change& change : changes_) {
    if (has_failed(change.node)) nodes.push_back(change.node);
  }
}

}  // namespace chokepoint::detail
