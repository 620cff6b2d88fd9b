#pragma once

#include "chokepoint/analysis/requirements.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// What is left of a node at most: 0 is a removal, 0.5 half of its output.
struct NodeLimit {
  SystemNode node = no_vertex;
  double remaining = 0;  ///< fraction in [0, 1]
  friend bool operator==(const NodeLimit&, const NodeLimit&) = default;
};

/// What is left of one row of a group, between `low` and `high` times what it gave: 0 to 0 cuts the edge, 0 to 1 says
/// that it may be cut.
struct MemberLimit {
  MemberIndex member = 0;
  double low = 0;   ///< 0 or 1
  double high = 0;  ///< 0 or 1
  friend auto operator<=>(const MemberLimit&, const MemberLimit&) = default;
};

/// What a node has at least and at most, whatever its groups say: what is known of it from another world.
struct NodeRange {
  SystemNode node = no_vertex;
  bool fails = false;  ///< impossible
  bool works = false;  ///< possible, unless it is removed
  Interval least{0, 0};
  Interval most{1, 1};
};

/// What goes wrong.
struct Disruption {
  std::vector<Vertex> removed;      ///< stored nodes; a thing takes its flows with it
  std::vector<NodeLimit> limits;    ///< partial losses
  std::vector<MemberLimit> cuts;    ///< of several limits of one member the smaller ones count
  std::vector<NodeRange> ranges{};  ///< sorted by node, one each
};

/// A requirement system and what happens to it.
struct Situation {
  const Requirements* requirements = nullptr;
  Disruption disruption;
  AssessmentOptions options;
};

/// What is possible and how much is left of it, node by node.
struct Assessment {
  std::vector<std::uint8_t> failed;   ///< [nodes] 1: impossible
  std::vector<GroupIndex> cause;      ///< [nodes] a group that failed the node; no_group: it works, or was removed
  std::vector<std::uint32_t> order;   ///< [nodes] rank in which failures came about, causes before effects
  std::vector<std::uint8_t> starved;  ///< [groups] 1: fell below the threshold
  std::vector<double> low, high;      ///< [nodes] capacity in [0, 1]; empty after assess_possible
};

/// What is possible: the greatest (or least) set of nodes that were not removed and of which every group has enough
/// members in the set. Thresholds are not looked at.
/// @note O(size of the system): counter propagation. @see W. F. Dowling, J. H. Gallier, "Linear-time algorithms for
///       testing the satisfiability of propositional Horn formulae", 1984
Assessment assess_possible(const Situation& situation);

/// What is possible and how much is left. A group of suppliers adds up shares (an interval where shares are unknown or
/// ranges), alternatives count the k-th best, a node the worst of its groups; what fails has nothing left.
/// In a strongly connected component of what has not failed `high` reduces a supplier's own shortfall to possible or
/// impossible, and `low` is iterated until no value changes by 1e-9 (10,000 rounds at most, else 0; 0 below 1e-6).
/// @note O(size of the system) outside strongly connected components; with a threshold, once more for each round in
///       which anything falls below it. @see graph/SEMANTICS.md §3.2, §3.4
Assessment assess(const Situation& situation);

/// Capacity of one group as its members' capacities make it; 0 when it starved.
/// @pre the assessment has capacities. O(members)
Interval group_capacity(const Situation& situation, const Assessment& assessment, GroupIndex group);

/// One step of the chain that sets a capacity: the node, and a group of it that is smallest.
struct BindingStep {
  SystemNode node = no_vertex;
  GroupIndex group = no_group;  ///< no_group: the node was removed or limited itself
  double capacity = 1;          ///< of the node
};

/// Why a node has no more capacity than it has.
struct Binding {
  std::vector<SystemNode> ends;    ///< sorted: nodes whose own supplier group, or removal, sets the value
  std::vector<BindingStep> steps;  ///< from the node to the ends, breadth first
};

/// Follows the groups that equal the minimum, from `node` to the ends of the chain.
/// @param by_low  follow `low`, else `high`
/// @pre the assessment has capacities
/// @note O(size of the chain)
Binding binding_of(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low = true);

/// The ends of `binding_of` for every node, without the steps: nodes that hang on one end share it.
class BindingEnds {
 public:
  /// @pre the assessment has capacities
  /// @note O(size of the system), and merging where chains meet
  BindingEnds(const Situation& situation, const Assessment& assessment, bool by_low = true);

  /// Sorted; empty where nothing is lost.
  [[nodiscard]] std::span<const SystemNode> of(SystemNode n) const { return sets_[set_[n]]; }
  /// Number of the set of a node, below `set_count`; 0 where nothing is lost.
  [[nodiscard]] std::uint32_t set_of(SystemNode n) const { return set_[n]; }
  [[nodiscard]] std::uint32_t set_count() const { return static_cast<std::uint32_t>(sets_.size()); }

 private:
  std::vector<std::uint32_t> set_;             ///< [nodes]
  std::vector<std::vector<SystemNode>> sets_;  ///< the first is empty
};

/// The ends of both sides; one object where the sides are alike at every group of what has less than all.
struct EndsOfBothSides {
  std::shared_ptr<const BindingEnds> low, high;
};

/// @pre the assessment has capacities
/// @note as BindingEnds, once where both sides are alike, else twice
EndsOfBothSides ends_of_both_sides(const Situation& situation, const Assessment& assessment);

}  // namespace chokepoint
