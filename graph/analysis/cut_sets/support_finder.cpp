#include "analysis/cut_sets/support_finder.hpp"

namespace chokepoint::detail {

SupportFinder::SupportFinder(const FaultTree& tree)
    : tree_(&tree), cost_(tree.node_count(), 1), entered_(tree.node_count(), 0) {
  weigh(std::vector<float>(tree.event_count(), 1));
}

void SupportFinder::weigh(const std::vector<float>& weights) {
  constexpr float most = 1e30F;
  std::vector<float> costs;
  for (TreeNode n = 0; n < tree_->node_count(); ++n) {
    float sum = 0;
    for (const EventIndex e : tree_->events_of(n)) sum += weights[e];
    for (const TreeGroup g : tree_->groups_of(n)) {
      costs.clear();
      for (const TreeNode member : tree_->members(g)) costs.push_back(cost_[member]);
      const std::size_t needed = tree_->needed(g);
      sort_least(costs, needed);
      for (std::size_t m = 0; m < needed; ++m) sum += costs[m];
    }
    cost_[n] = std::min(sum, most);
  }
}

}  // namespace chokepoint::detail
