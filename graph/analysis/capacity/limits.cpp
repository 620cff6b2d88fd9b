#include "analysis/capacity/limits.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>

namespace chokepoint::detail {

Limits::Limits(const Requirements& requirements, const Disruption& disruption) : ranges_(disruption.ranges) {
  for (const Vertex v : disruption.removed) {
    removed_.push_back(v);
    const auto flows = requirements.flows_of(v);
    for (SystemNode n = flows.first; n < flows.last; ++n) removed_.push_back(n);
  }
  for (const NodeLimit& limit : disruption.limits) {
    if (limit.remaining <= 0) {
      removed_.push_back(limit.node);
    } else if (limit.remaining < 1) {
      partial_.push_back(limit);
    }
  }
  sort_unique(removed_);
  std::sort(partial_.begin(), partial_.end(), [](const NodeLimit& a, const NodeLimit& b) {
    return std::pair(a.node, a.remaining) < std::pair(b.node, b.remaining);
  });
  partial_.erase(std::unique(partial_.begin(), partial_.end(),
                             [](const NodeLimit& a, const NodeLimit& b) { return a.node == b.node; }),
                 partial_.end());
  if (disruption.cuts.empty()) return;
  std::vector<MemberLimit> sorted = disruption.cuts;
  std::sort(sorted.begin(), sorted.end());
  is_cut_.assign((requirements.member_count() + std::size_t{63}) / 64, 0);
  for (const MemberLimit& cut : sorted) {
    is_cut_[cut.member >> 6U] |= std::uint64_t{1} << (cut.member & 63U);
    if (!cuts_.empty() && cuts_.back().member == cut.member) {
      cuts_.back().low = std::min(cuts_.back().low, cut.low);
      cuts_.back().high = std::min(cuts_.back().high, cut.high);
    } else {
      cuts_.push_back(cut);
    }
  }
}

const NodeRange* Limits::range_of(SystemNode n) const {
  const auto place = std::lower_bound(ranges_.begin(), ranges_.end(), n,
                                      [](const NodeRange& range, SystemNode key) { return range.node < key; });
  return place != ranges_.end() && place->node == n ? &*place : nullptr;
}

Interval Limits::most_of(SystemNode n) const {
  if (std::binary_search(removed_.begin(), removed_.end(), n)) return {0, 0};
  const auto place = std::lower_bound(partial_.begin(), partial_.end(), n,
                                      [](const NodeLimit& limit, SystemNode key) { return limit.node < key; });
  const double left = place != partial_.end() && place->node == n ? place->remaining : 1;
  const NodeRange* range = range_of(n);
  if (range == nullptr) return {left, left};
  return {std::min(left, range->most.low), std::min(left, range->most.high)};
}

Interval Limits::least_of(SystemNode n) const {
  const NodeRange* range = range_of(n);
  return range == nullptr ? Interval{0, 0} : range->least;
}

bool Limits::works(SystemNode n) const {
  const NodeRange* range = range_of(n);
  return range != nullptr && range->works;
}

Interval Limits::look_up(MemberIndex m) const {
  const auto place = std::lower_bound(cuts_.begin(), cuts_.end(), m,
                                      [](const MemberLimit& cut, MemberIndex key) { return cut.member < key; });
  return {place->low, place->high};
}

}  // namespace chokepoint::detail
