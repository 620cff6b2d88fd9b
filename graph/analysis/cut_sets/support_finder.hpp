#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// Puts the `count` least values first, sorted. Where most are meant, a whole sort is several times as fast as keeping
/// a heap of those.
template <class Value>
void sort_least(std::vector<Value>& values, std::size_t count) {
  if (count > values.size() / 2)
    std::sort(values.begin(), values.end());
  else
    std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count), values.end());
}

/// Finds small supports: sets of working nodes that hold the target up by themselves. Whatever fails the target must
/// take one of them.
class SupportFinder {
 public:
  explicit SupportFinder(const FaultTree& tree);

  /// Says how dear it is to rest on each candidate; supports that are found later keep clear of dear ones.
  /// @param weights  [events] above 0
  /// @note O(size of the tree). Exact for trees, an estimate where candidates are shared or nodes lie in a cycle.
  void weigh(const std::vector<float>& weights);

  /// @param may_use  bool(TreeNode user, TreeNode member): whether the member may hold the user up; enough members of
  ///                 every group of a usable node may
  /// @param events  the candidates in the support, sorted
  /// @param salt  0: the cheapest members; another number each: cheap ones, with a preference of its own for each node
  /// @note O(size of the support's groups)
  template <class MayUse>
  void find(const MayUse& may_use, std::vector<EventIndex>& events, std::uint32_t salt = 0) {
    ++run_;
    salt_ = salt;
    events.clear();
    queue_.clear();
    const auto enter = [&](TreeNode n) {
      if (entered_[n] == run_) return;
      entered_[n] = run_;
      queue_.push_back(n);
      const auto of_node = tree_->events_of(n);
      events.insert(events.end(), of_node.begin(), of_node.end());
    };
    enter(tree_->target());
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      const TreeNode n = queue_[i];
      for (const TreeGroup g : tree_->groups_of(n)) {
        usable_.clear();
        for (const TreeNode member : tree_->members(g)) {
          if (may_use(n, member)) usable_.push_back(cost(member));
        }
        // Members that are in the support already cost nothing more; then those that draw in few candidates.
        const std::size_t needed = tree_->needed(g);
        sort_least(usable_, needed);
        for (std::size_t m = 0; m < needed; ++m) enter(usable_[m].second);
      }
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
  }

 private:
  [[nodiscard]] std::pair<float, TreeNode> cost(TreeNode n) const {
    return {entered_[n] == run_ ? -1.0F : salt_ == 0 ? cost_[n] : cost_[n] * liking(n), n};
  }
  /// A factor between 1/8 and 8, the same for the same node and salt.
  [[nodiscard]] float liking(TreeNode n) const {
    // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
    std::uint64_t mixed = (std::uint64_t{salt_} << 32U | n) * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
    constexpr std::array<float, 8> factors{0.125F, 0.25F, 0.5F, 0.75F, 1.5F, 2, 4, 8};
    return factors[mixed >> 61U];
  }

  const FaultTree* tree_;
  std::vector<float> cost_;  ///< [nodes] what holding a node up costs
  std::vector<std::uint32_t> entered_;
  std::uint32_t run_ = 0;
  std::uint32_t salt_ = 0;
  std::vector<std::pair<float, TreeNode>> usable_;  ///< the costs of a group's members
  std::vector<TreeNode> queue_;
};

}  // namespace chokepoint::detail
