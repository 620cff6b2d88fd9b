#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// When a node is reached.
enum class NodeRule : std::uint8_t {
  any_group,   ///< once one of its groups is, as failures spread
  all_groups,  ///< once all of its groups are, as support spreads
};

/// Spreads a property through nodes and groups by counting (W. F. Dowling, J. H. Gallier, "Linear-time algorithms for
/// testing the satisfiability of propositional Horn formulae", 1984). A group is reached when as many of its members
/// are as it is open for. With `any_group` and groups that are open for one member more than they can spare, what is
/// reached has failed: the greatest fixed point works. With `all_groups` and groups that are open for what they need,
/// what is reached works: the least fixed point.
///
/// @tparam System  `node_count()`, `group_count()`, `groups_of(node)`, `dependents(group)` and
///                 `for_each_membership(node, visit)`, which calls `visit(group, weight)`
/// @tparam Count  holds what groups are open for and the weights of all members together
template <class System, NodeRule rule, class Count>
class CountingPropagation {
 public:
  using Node = std::uint32_t;
  using Group = std::uint32_t;

  /// @param open_for  Count(Group); what is open for nothing is reached from the start
  template <class OpenFor>
  CountingPropagation(const System& system, const OpenFor& open_for)
      : system_(&system), open_(system.group_count()), reached_(system.node_count(), 0) {
    for (Group g = 0; g < open_.size(); ++g) open_[g] = open_for(g);
    if constexpr (rule == NodeRule::all_groups) {
      unmet_.assign(system.node_count(), 0);
      for (Node n = 0; n < unmet_.size(); ++n)
        for (const Group g : system.groups_of(n)) unmet_[n] += open_[g] > 0 ? 1U : 0U;
    }
  }

  /// The node is never reached. @pre nothing was spread
  void block(Node n) requires(rule == NodeRule::all_groups) { ++unmet_[n]; }
  /// Every node of which all groups are reached is so itself. @pre nothing was spread
  void reach_all_met() requires(rule == NodeRule::all_groups) {
    for (Node n = 0; n < unmet_.size(); ++n)
      if (unmet_[n] == 0) reach(n);
  }
  void reach(Node n) {
    if (reached_[n] != 0) return;
    reached_[n] = 1;
    trail_.push_back(n);
  }
  /// Works off what is pending.
  void spread() {
    for (; done_ < trail_.size(); ++done_)
      system_->for_each_membership(trail_[done_], [&](Group g, Count weight) {
        const Count before = open_[g];
        open_[g] = before - weight;
        // Exactly the step that closes a group reaches its dependents, so that taking it back is symmetric.
        if (before > 0 && open_[g] <= 0) reach_dependents(g);
      });
  }
  /// Takes back what was reached after the first `length`. @pre all was spread
  void undo_to(std::size_t length) {
    for (; trail_.size() > length; trail_.pop_back()) {
      reached_[trail_.back()] = 0;
      system_->for_each_membership(trail_.back(), [&](Group g, Count weight) {
        const Count before = open_[g];
        open_[g] = before + weight;
        if constexpr (rule == NodeRule::all_groups)
          if (before <= 0 && open_[g] > 0)
            for (const Node d : system_->dependents(g)) ++unmet_[d];
      });
    }
    done_ = length;
  }

  [[nodiscard]] bool is_reached(Node n) const { return reached_[n] != 0; }
  /// What a group is still open for; 0 or less: it is reached.
  [[nodiscard]] Count open_for(Group g) const { return open_[g]; }
  /// What was reached, in that order.
  [[nodiscard]] const std::vector<Node>& trail() const { return trail_; }

 private:
  void reach_dependents(Group g) {
    for (const Node d : system_->dependents(g)) {
      if constexpr (rule == NodeRule::all_groups) {
        if (--unmet_[d] == 0) reach(d);
      } else {
        reach(d);
      }
    }
  }

  const System* system_;
  std::vector<Count> open_;
  std::vector<std::uint32_t> unmet_;  ///< [nodes] groups that are not reached; empty where any group will do
  std::vector<std::uint8_t> reached_;
  std::vector<Node> trail_;
  std::size_t done_ = 0;  ///< of the trail, what was spread
};

}  // namespace chokepoint::detail
