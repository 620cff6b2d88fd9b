#include "analysis/capacity/group_value.hpp"

#include <functional>

namespace chokepoint::detail {

double share_out(std::vector<Portion>& portions, double open, Side side) {
  std::sort(portions.begin(), portions.end(), [&](const Portion& a, const Portion& b) {
    return side == Side::low ? a.capacity < b.capacity : a.capacity > b.capacity;
  });
  double sum = 0;
  for (const Portion& portion : portions) {
    const double part = std::min(portion.room, open);
    sum += part * portion.capacity;
    open -= part;
  }
  return sum;
}

/// What is left of the anonymous rest. Nobody named it, so nobody removes it; but it may lie in a place that is
/// removed and that has no row of its own.
double GroupValues::rest(GroupIndex g, Side side) const {
  if (side == Side::high) return 1;
  const auto members = requirements_->members(g);
  for (const NodeLimit& place : impaired_) {
    const bool has_row = std::any_of(members.begin(), members.end(),
                                     [&](const RequirementMember& m) { return !m.is_refill && m.node == place.node; });
    if (!has_row) return place.remaining;
  }
  return 1;
}

/// Σ share · capacity, the open share with those who may have it; 0 where several are needed and fewer have anything.
double GroupValues::weighed(GroupIndex g, Side side) {
  const RequirementGroup& group = requirements_->group(g);
  const auto members = requirements_->members(g);
  const double left_of_rest = group.has_rest ? rest(g, side) : 0;
  double known = 0;
  portions_.clear();
  std::size_t next = 0;
  std::uint32_t working = left_of_rest >= nothing ? 1 : 0;
  for (const RequirementMember& member : members) {
    if (member.is_refill) continue;
    const double c = capacities_[next++];
    working += c >= nothing && !member.is_minor ? 1U : 0U;
    known += member.share_low * c;
    const double room = member.share_high - member.share_low;
    if (group.open_share > 0 && room > 0) portions_.push_back({c, room});
  }
  if (const std::uint32_t needed = requirements_->needed(g, variants_); needed > 1 && working < needed) return 0;
  if (group.open_share <= 0) return known;
  if (group.has_rest) portions_.push_back({left_of_rest, 1});
  return known + share_out(portions_, group.open_share, side);
}

/// The k-th best of the members that have a vote; 0 when there are fewer.
double GroupValues::best(GroupIndex g, Side side) {
  const RequirementGroup& group = requirements_->group(g);
  const std::uint32_t needed = requirements_->needed(g, variants_);
  std::size_t next = 0;
  std::size_t kept = 0;
  for (const RequirementMember& member : requirements_->members(g)) {
    if (member.is_refill) continue;
    const double c = capacities_[next++];
    if (!member.is_minor) capacities_[kept++] = c;
  }
  capacities_.resize(kept);
  if (group.has_rest) capacities_.push_back(rest(g, side));
  if (needed == 0) return 1;
  if (needed > capacities_.size()) return 0;
  const auto kth = capacities_.begin() + static_cast<std::ptrdiff_t>(needed - 1);
  std::nth_element(capacities_.begin(), kth, capacities_.end(), std::greater<>());
  return *kth;
}

std::vector<NodeLimit> impaired_places(const Requirements& requirements, const Assessment& assessment,
                                       const Limits& limits) {
  std::vector<NodeLimit> impaired;
  for (Vertex v = 0; v < requirements.vertex_count(); ++v) {
    if (assessment.failed[v] != 0 && requirements.snapshot().layer(v) == Layer::place) impaired.push_back({v, 0});
  }
  for (const NodeLimit& limit : limits.partial()) {
    if (limit.node < requirements.vertex_count() && assessment.failed[limit.node] == 0 &&
        requirements.snapshot().layer(limit.node) == Layer::place) {
      impaired.push_back(limit);
    }
  }
  std::sort(impaired.begin(), impaired.end(), [](const NodeLimit& a, const NodeLimit& b) {
    return std::pair(a.remaining, a.node) < std::pair(b.remaining, b.node);
  });
  return impaired;
}

}  // namespace chokepoint::detail
