#include "analysis/cut_sets/lanes.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace chokepoint::detail {

LaneMask LaneCounter::at_least(std::size_t count) const {
  if (size_ < static_cast<std::size_t>(std::bit_width(count))) return {};
  // Compared from the most significant digit down.
  LaneMask is_greater;
  LaneMask is_equal = LaneMask::filled(true);
  for (std::size_t i = size_; i-- > 0;) {
    const bool wanted = ((count >> i) & 1U) != 0;
    if (!wanted) is_greater |= is_equal & digits_[i];
    is_equal &= wanted ? digits_[i] : ~digits_[i];
  }
  return is_greater | is_equal;
}

void sort_nearest_first(const Cone& cone, std::vector<EventIndex>& events) {
  if (events.size() <= LaneMask::lanes) return;
  std::sort(events.begin(), events.end(), [&](EventIndex a, EventIndex b) {
    return std::pair(cone.nodes_of(b).back(), a) < std::pair(cone.nodes_of(a).back(), b);
  });
}

FailureLanes::FailureLanes(const Cone& cone)
    : cone_(&cone),
      node_mask_(cone.node_count()),
      group_mask_(cone.group_count()),
      node_run_(cone.node_count(), 0),
      group_run_(cone.group_count(), 0),
      is_stale_(cone.group_count(), 0),
      pending_((cone.node_count() + std::size_t{63}) / 64, 0) {}

void FailureLanes::notify(ConeNode n) {
  for (const ConeGroup g : cone_->memberships(n)) {
    is_stale_[g] = 1;
    for (const ConeNode d : cone_->dependents(g)) {
      pending_[d / 64] |= std::uint64_t{1} << (d % 64);
      cursor_ = std::min<std::size_t>(cursor_, d / 64);
    }
  }
}

ConeNode FailureLanes::next_pending() {
  while (cursor_ < pending_.size() && pending_[cursor_] == 0) ++cursor_;
  if (cursor_ == pending_.size()) return cone_->node_count();
  const auto bit = static_cast<unsigned>(std::countr_zero(pending_[cursor_]));
  pending_[cursor_] &= pending_[cursor_] - 1;
  return static_cast<ConeNode>(cursor_ * 64 + bit);
}

}  // namespace chokepoint::detail
