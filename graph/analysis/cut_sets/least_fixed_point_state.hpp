#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What stands on its own in a tree: each node that stands has a rank, and enough members of each of its groups stand
/// at lower ranks. Removals can be taken back in reverse order at the cost of what they changed.
///
/// A removal first takes down everything whose standing was derived from it, in the order of ranks, and then lets those
/// stand again for which others are left (A. Gupta, I. S. Mumick, V. S. Subrahmanian, "Maintaining views
/// incrementally", 1993): in a cycle, losing a member may leave others standing on each other only.
class LeastFixedPointState {
 public:
  using Rank = std::uint64_t;
  static constexpr Rank never = std::numeric_limits<Rank>::max();

  /// @pre every node stands when nothing is removed. O(size of the tree) and a heap of its nodes
  explicit LeastFixedPointState(const FaultTree& tree);

  void remove(EventIndex e);
  /// Takes the last removal back. @pre there is one
  void undo();
  /// `never`: the node does not stand.
  [[nodiscard]] Rank rank(TreeNode n) const { return rank_[n]; }
  [[nodiscard]] bool has_failed(TreeNode n) const { return rank_[n] == never; }
  /// Whether a group that holds would do so without one of its working members. O(members)
  [[nodiscard]] bool can_spare(TreeGroup g) const;
  /// All nodes that have failed, written over `nodes`.
  void failures(std::vector<TreeNode>& nodes) const;

 private:
  /// Whether each group of the node has enough members that stand at ranks below this.
  [[nodiscard]] bool is_held(TreeNode n, Rank below) const;
  /// The lowest rank at which each group of the node has enough members below; `never` where one has not.
  Rank held_from(TreeNode n);
  void change(TreeNode n, Rank rank);
  void queue_users(TreeNode n, Rank above);
  void take_down(EventIndex e);
  void put_up(std::size_t first);

  struct Change {
    TreeNode node;
    Rank before;
  };
  const FaultTree* tree_;
  std::vector<Rank> rank_, fallen_from_;
  std::vector<std::uint8_t> is_gone_;  ///< [nodes] removals that took it
  std::vector<Change> changes_;
  std::vector<std::pair<EventIndex, std::size_t>> removals_;  ///< and the length of the changes before each
  std::vector<std::pair<Rank, TreeNode>> heap_;               ///< the smallest rank first
  std::vector<TreeNode> queue_;
  std::vector<Rank> ranks_;  ///< of the members of one group
};

}  // namespace chokepoint::detail
