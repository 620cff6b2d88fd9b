#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

using NetGroup = std::uint32_t;

/// What can still fail in a situation: a requirement system without what has failed already, without groups that hold
/// whatever fails, and with as much to spare in each group as is left. Most groups can spare nothing and fail one node
/// only: they are arcs, of which nothing need be counted. Nodes keep their numbers.
class FailureNet {
 public:
  /// That a node is in a group: how much the group loses with it.
  struct Membership {
    NetGroup group = 0;
    std::uint32_t weight = 1;
  };

  /// @param baseline  the situation as it is
  FailureNet(const Situation& situation, const Assessment& baseline);

  [[nodiscard]] SystemNode node_count() const { return static_cast<SystemNode>(works_.size()); }
  [[nodiscard]] NetGroup group_count() const { return static_cast<NetGroup>(spare_.size()); }
  /// Nodes from here on are flows.
  [[nodiscard]] SystemNode first_flow() const { return first_flow_; }
  [[nodiscard]] bool works(SystemNode n) const { return works_[n] != 0; }
  /// What fails with the node, groups aside.
  [[nodiscard]] std::span<const SystemNode> next(SystemNode n) const {
    return std::span(next_).subspan(next_offset_[n], next_offset_[n + 1] - next_offset_[n]);
  }
  /// The group fails when it loses more. By group.
  [[nodiscard]] const std::vector<std::int64_t>& spare() const { return spare_; }
  /// Each group once.
  [[nodiscard]] std::span<const Membership> memberships(SystemNode n) const {
    return std::span(membership_).subspan(membership_offset_[n], membership_offset_[n + 1] - membership_offset_[n]);
  }
  /// What fails with the group; at least one.
  [[nodiscard]] std::span<const SystemNode> dependents(NetGroup g) const {
    return std::span(dependent_).subspan(dependent_offset_[g], dependent_offset_[g + 1] - dependent_offset_[g]);
  }

 private:
  SystemNode first_flow_ = 0;
  std::vector<std::uint8_t> works_;
  std::vector<std::int64_t> spare_;
  std::vector<std::uint32_t> next_offset_, membership_offset_, dependent_offset_{0};
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
  [[nodiscard]] std::uint32_t failed_nodes() const { return static_cast<std::uint32_t>(trail_.size()) - flows_; }
  [[nodiscard]] std::uint32_t failed_flows() const { return flows_; }

 private:
  void fail(SystemNode n);

  const FailureNet* net_;
  std::vector<std::int64_t> spare_;
  std::vector<std::uint8_t> works_;
  std::vector<SystemNode> trail_;  ///< failed nodes in the order in which they failed
  std::vector<std::size_t> marks_;
  std::uint32_t flows_ = 0;
};

}  // namespace chokepoint::detail
