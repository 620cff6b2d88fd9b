#include "analysis/cut_sets/support_finder.hpp"

namespace chokepoint::detail {

SupportFinder::SupportFinder(const Cone& cone)
    : cone_(&cone), cost_(cone.node_count(), 1), entered_(cone.node_count(), 0) {
  weigh(std::vector<float>(cone.event_count(), 1));
}

void SupportFinder::weigh(const std::vector<float>& weights) {
  constexpr float most = 1e30F;
  std::vector<float> costs;
  for (ConeNode n = 0; n < cone_->node_count(); ++n) {
    float sum = 0;
    for (const EventIndex e : cone_->events_of(n)) sum += weights[e];
    for (const ConeGroup g : cone_->groups_of(n)) {
      costs.clear();
      for (const ConeNode member : cone_->members(g)) costs.push_back(cost_[member]);
      const std::size_t needed = cone_->needed(g);
      sort_least(costs, needed);
      for (std::size_t m = 0; m < needed; ++m) sum += costs[m];
    }
    cost_[n] = std::min(sum, most);
  }
}

}  // namespace chokepoint::detail
