#pragma once

#include "analysis/cut_sets/cone.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// What stands on its own in a cone: each node that stands has a rank, and enough members of each of its groups stand
/// at lower ranks. Removals can be taken back in reverse order at the cost of what they changed.
///
/// A removal first takes down everything whose standing was derived from it, in the order of ranks, and then lets those
/// stand again for which others are left (A. Gupta, I. S. Mumick, V. S. Subrahmanian, "Maintaining views
/// incrementally", 1993): in a cycle, losing a member may leave others standing on each other only.
class GroundedState {
 public:
  using Rank = std::uint64_t;
  static constexpr Rank never = std::numeric_limits<Rank>::max();

  /// @pre every node stands when nothing is removed. O(size of the cone) and a heap of its nodes
  explicit GroundedState(const Cone& cone);

  void remove(EventIndex e);
  /// Takes the last removal back. @pre there is one
  void undo();
  /// `never`: the node does not stand.
  [[nodiscard]] Rank rank(ConeNode n) const { return rank_[n]; }
  [[nodiscard]] bool has_failed(ConeNode n) const { return rank_[n] == never; }
  /// Whether a group that holds would do so without one of its working members. O(members)
  [[nodiscard]] bool can_spare(ConeGroup g) const;
  /// All nodes that have failed, written over `nodes`.
  void failures(std::vector<ConeNode>& nodes) const;

 private:
  /// Whether each group of the node has enough members that stand at ranks below this.
  [[nodiscard]] bool is_held(ConeNode n, Rank below) const;
  /// The lowest rank at which each group of the node has enough members below; `never` where one has not.
  Rank held_from(ConeNode n);
  void change(ConeNode n, Rank rank);
  void queue_users(ConeNode n, Rank above);
  void take_down(EventIndex e);
  void put_up(std::size_t first);

  struct Change {
    ConeNode node;
    Rank before;
  };
  const Cone* cone_;
  std::vector<Rank> rank_, fallen_from_;
  std::vector<std::uint8_t> is_gone_;  ///< [nodes] removals that took it
  std::vector<Change> changes_;
  std::vector<std::pair<EventIndex, std::size_t>> removals_;  ///< and the length of the changes before each
  std::vector<std::pair<Rank, ConeNode>> heap_;               ///< the smallest rank first
  std::vector<ConeNode> queue_;
  std::vector<Rank> ranks_;  ///< of the members of one group
};

}  // namespace chokepoint::detail
