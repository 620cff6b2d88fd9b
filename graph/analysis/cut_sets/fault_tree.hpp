#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

using TreeNode = std::uint32_t;
using TreeGroup = std::uint32_t;
using EventIndex = std::uint32_t;

/// Which solution of a tree with cycles is meant: nodes that hold one another up stand (greatest) or fail (least).
enum class FixedPoint : std::uint8_t { greatest, least };

/// The part of a requirement system that decides whether a target fails when some candidates are removed: nodes that
/// can fail and that the target rests on. What works whatever is removed, and what has failed anyway, is folded into
/// the groups. Nodes are numbered so that, cycles aside, each comes after those it rests on; the target is the last.
class FaultTree {
 public:
  /// @param baseline  the situation as it is
  /// @param worst     the situation with every candidate removed
  FaultTree(const Situation& situation, const Assessment& baseline, const Assessment& worst, SystemNode target,
            std::span<const Vertex> candidates);

  /// The part of a tree that still decides when only some of its events can happen.
  /// @param stays  [events] 0: never happens
  /// @param falls  [nodes] 1: fails when all events that stay happen; the target is one of them
  /// @param fatal  nodes that fail the target when they fail
  /// @note O(size of the tree)
  FaultTree(const FaultTree& whole, std::span<const std::uint8_t> stays, std::span<const std::uint8_t> falls,
            std::span<const TreeNode> fatal);

  [[nodiscard]] TreeNode node_count() const { return static_cast<TreeNode>(group_offset_.size() - 1); }
  [[nodiscard]] TreeGroup group_count() const { return static_cast<TreeGroup>(needed_.size()); }
  [[nodiscard]] TreeNode target() const { return target_; }
  /// Whether some node may rest on one with a higher number, or on itself.
  [[nodiscard]] bool has_cycles() const { return has_cycles_; }
  /// Nodes of which it is known that their failure fails the target, beside what groups tell.
  [[nodiscard]] const std::vector<TreeNode>& fatal() const { return fatal_; }
  /// Members of the group that must work; at least 1.
  [[nodiscard]] std::uint32_t needed(TreeGroup g) const { return needed_[g]; }
  /// Members that must fail for the group to fail; at least 1.
  [[nodiscard]] std::uint32_t fatal_count(TreeGroup g) const {
    return static_cast<std::uint32_t>(members(g).size()) - needed(g) + 1;
  }
  /// A node counts as often as it is listed.
  [[nodiscard]] std::span<const TreeNode> members(TreeGroup g) const { return slice(member_, member_offset_, g); }
  [[nodiscard]] std::span<const TreeNode> dependents(TreeGroup g) const {
    return slice(dependent_, dependent_offset_, g);
  }
  [[nodiscard]] std::span<const TreeGroup> groups_of(TreeNode n) const { return slice(group_, group_offset_, n); }
  /// Groups that the node is a member of, as often as it is.
  [[nodiscard]] std::span<const TreeGroup> memberships(TreeNode n) const { return slice(user_, user_offset_, n); }
  /// Calls visit(group, 1) for each of them.
  template <class Visit>
  void for_each_membership(TreeNode n, const Visit& visit) const {
    for (const TreeGroup g : memberships(n)) visit(g, 1);
  }

  /// Candidates with something in the tree, sorted by their vertex.
  [[nodiscard]] EventIndex event_count() const { return static_cast<EventIndex>(vertex_.size()); }
  [[nodiscard]] const std::vector<Vertex>& vertices() const { return vertex_; }
  [[nodiscard]] Vertex vertex(EventIndex e) const { return vertex_[e]; }
  /// What the removal takes: the node, and the flows of the thing.
  [[nodiscard]] std::span<const TreeNode> nodes_of(EventIndex e) const { return slice(event_node_, event_offset_, e); }
  /// The candidates whose removal takes the node: itself, or the item of a flow.
  [[nodiscard]] std::span<const EventIndex> events_of(TreeNode n) const {
    return slice(node_event_, node_event_offset_, n);
  }

 private:
  template <class T>
  static std::span<const T> slice(const std::vector<T>& values, const std::vector<std::uint32_t>& offset,
                                  std::uint32_t i) {
    return std::span<const T>(values).subspan(offset[i], offset[i + 1] - offset[i]);
  }
  template <class GroupsOf, class Fold>
  std::vector<std::uint32_t> reach(std::uint32_t start, const GroupsOf& groups_of, const Fold& fold);
  template <class GroupsOf, class Fold>
  void add_groups(const std::vector<std::uint32_t>& order, std::size_t group_count, const GroupsOf& groups_of,
                  const Fold& fold);
  void add_event(Vertex v, std::span<const std::uint32_t> nodes);
  void finish_events();

  TreeNode target_ = 0;
  bool has_cycles_ = false;
  std::vector<TreeNode> number_;  ///< [nodes of what it is made from] while building
  std::vector<TreeNode> fatal_;
  std::vector<std::uint32_t> needed_;
  std::vector<std::uint32_t> member_offset_{0}, dependent_offset_, group_offset_, user_offset_, event_offset_{0},
      node_event_offset_;
  std::vector<std::uint32_t> member_, dependent_, group_, user_, event_node_, node_event_;
  std::vector<Vertex> vertex_;
};

}  // namespace chokepoint::detail
