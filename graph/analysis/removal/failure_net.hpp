#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

using NetGroup = std::uint32_t;

/// What can still fail in a situation: a requirement system without what has failed already, without groups that hold
/// whatever fails, and with as much to spare in each group as is left. Most groups can spare nothing and fail one node
/// only: they are arcs, of which nothing need be counted. Nodes keep their numbers; or sets of them, which stand and
/// fall together, are the nodes.
class FailureNet {
 public:
  /// That a node is in a group: how much the group loses with it.
  struct Membership {
    NetGroup group = 0;
    std::uint32_t weight = 1;
  };

  /// @param baseline  the situation as it is
  FailureNet(const Situation& situation, const Assessment& baseline);
  /// Puts sets in the place of nodes; what they are to each other is said once.
  /// @param set_of  [nodes] in [0, set_count); anything else for nodes that do not work
  /// @note O(size of the net), and sorting the groups of a set
  FailureNet(const FailureNet& net, std::span<const std::uint32_t> set_of, std::uint32_t set_count);

  [[nodiscard]] SystemNode node_count() const { return static_cast<SystemNode>(rows_.size() - 1); }
  [[nodiscard]] NetGroup group_count() const { return static_cast<NetGroup>(spare_.size()); }
  /// How many stored nodes a node is; 0 for a flow, and for what does not work.
  [[nodiscard]] std::uint32_t stored(SystemNode n) const { return rows_[n].stored; }
  /// How many flows a node is.
  [[nodiscard]] std::uint32_t flows(SystemNode n) const { return rows_[n].flows; }
  [[nodiscard]] bool works(SystemNode n) const { return stored(n) + flows(n) + rows_[n].unnamed > 0; }
  /// What fails with the node, groups aside.
  [[nodiscard]] std::span<const SystemNode> next(SystemNode n) const {
    return std::span(next_).subspan(rows_[n].next, rows_[n + 1].next - rows_[n].next);
  }
  /// The group fails when it loses more. By group.
  [[nodiscard]] const std::vector<std::int64_t>& spare() const { return spare_; }
  /// Each group once.
  [[nodiscard]] std::span<const Membership> memberships(SystemNode n) const {
    return std::span(membership_).subspan(rows_[n].membership, rows_[n + 1].membership - rows_[n].membership);
  }
  /// What fails with the group; at least one.
  [[nodiscard]] std::span<const SystemNode> dependents(NetGroup g) const {
    return std::span(dependent_).subspan(dependent_offset_[g], dependent_offset_[g + 1] - dependent_offset_[g]);
  }

 private:
  /// What a node is and where its lists begin: side by side, since whoever wants one of them wants all.
  struct Row {
    std::uint32_t stored = 0, flows = 0, unnamed = 0;
    std::uint32_t next = 0, membership = 0;
  };
  /// What one group loses with one node.
  struct Loss {
    SystemNode node;
    NetGroup group;
    std::uint32_t weight;
  };
  /// Takes the lists from pairs in any order, of which equal ones become one.
  void set_next(const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to);
  void set_memberships(const std::vector<Loss>& losses);

  std::vector<std::int64_t> spare_;
  std::vector<Row> rows_;  ///< [nodes + 1]
  std::vector<std::uint32_t> dependent_offset_{0};
  std::vector<SystemNode> next_, dependent_;
  std::vector<Membership> membership_;
};

/// Failures in a net, spread by counting. Steps can be taken back, the last one first, at the cost of what they did.
class FailureWalk {
 public:
  explicit FailureWalk(const FailureNet& net);

  /// Fails nodes and what follows from it. @param nodes  working ones or not
  void fail(std::span<const SystemNode> nodes);
  /// Takes the last step back. @pre there is one
  void undo();
  /// What has failed in all steps.
  [[nodiscard]] std::uint32_t failed_nodes() const { return stored_; }
  [[nodiscard]] std::uint32_t failed_flows() const { return flows_; }

 private:
  void fail(SystemNode n);

  const FailureNet* net_;
  std::vector<std::int64_t> spare_;
  std::vector<std::uint64_t> works_;  ///< a bit a node, so that it stays in the cache
  std::vector<SystemNode> trail_;     ///< failed nodes in the order in which they failed
  std::vector<std::size_t> marks_;
  std::uint32_t stored_ = 0, flows_ = 0;
};

}  // namespace chokepoint::detail
