#include "analysis/support_finder.hpp"

#include <utility>

namespace chokepoint::detail {

SupportFinder::SupportFinder(const Cone& cone) : cone_(&cone), cost_(cone.node_count(), 1), entered_(cone.node_count(), 0) {
  // One pass in dependency order: exact for trees, an estimate where candidates are shared or nodes lie in a cycle.
  constexpr float most = 1e30F;
  std::vector<float> costs;
  for (ConeNode n = 0; n < cone.node_count(); ++n) {
    float sum = cone.events_of(n).empty() ? 0.0F : 1.0F;
    for (const ConeGroup g : cone.groups_of(n)) {
      costs.clear();
      for (const ConeNode member : cone.members(g)) costs.push_back(cost_[member]);
      const auto last = costs.begin() + cone.needed(g);
      std::partial_sort(costs.begin(), last, costs.end());
      for (auto each = costs.begin(); each != last; ++each) sum += *each;
    }
    cost_[n] = std::min(sum, most);
  }
}

}  // namespace chokepoint::detail
