#pragma once

#include "analysis/cone.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Finds small supports: sets of working nodes that hold the target up by themselves. Whatever fails the target must
/// take one of them.
class SupportFinder {
 public:
  explicit SupportFinder(const Cone& cone);

  /// Says how dear it is to rest on each candidate; supports that are found later keep clear of dear ones.
  /// @param weights  [events] above 0
  /// @note O(size of the cone). Exact for trees, an estimate where candidates are shared or nodes lie in a cycle.
  void weigh(const std::vector<float>& weights);

  /// @param may_use  bool(ConeNode user, ConeNode member): whether the member may hold the user up; enough members of
  ///                 every group of a usable node may
  /// @param events  the candidates in the support, sorted
  /// @note O(size of the support's groups)
  template <class MayUse>
  void find(const MayUse& may_use, std::vector<EventIndex>& events) {
    ++run_;
    events.clear();
    queue_.clear();
    const auto enter = [&](ConeNode n) {
      if (entered_[n] == run_) return;
      entered_[n] = run_;
      queue_.push_back(n);
      const auto of_node = cone_->events_of(n);
      events.insert(events.end(), of_node.begin(), of_node.end());
    };
    enter(cone_->target());
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      const ConeNode n = queue_[i];
      for (const ConeGroup g : cone_->groups_of(n)) {
        usable_.clear();
        for (const ConeNode member : cone_->members(g)) {
          if (may_use(n, member)) usable_.push_back(member);
        }
        // Members that are in the support already cost nothing more; then those that draw in few candidates.
        const auto last = usable_.begin() + cone_->needed(g);
        std::partial_sort(usable_.begin(), last, usable_.end(),
                          [&](ConeNode a, ConeNode b) { return cost(a) < cost(b); });
        std::for_each(usable_.begin(), last, enter);
      }
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
  }

 private:
  [[nodiscard]] std::pair<float, ConeNode> cost(ConeNode n) const {
    return {entered_[n] == run_ ? -1.0F : cost_[n], n};
  }

  const Cone* cone_;
  std::vector<float> cost_;  ///< [nodes] what holding a node up costs
  std::vector<std::uint32_t> entered_;
  std::uint32_t run_ = 0;
  std::vector<ConeNode> usable_, queue_;
};

}  // namespace chokepoint::detail
