#include "analysis/cut_sets/failed_nodes.hpp"

#include "analysis/capacity/counting_propagation.hpp"

namespace chokepoint::detail {

namespace {

/// Failures spread from what happens.
std::vector<std::uint8_t> greatest_fixed_point(const FaultTree& tree, const std::vector<std::uint8_t>& is_hit) {
  CountingPropagation<FaultTree, NodeRule::any_group, std::int32_t> failures(
      tree, [&](TreeGroup g) { return static_cast<std::int32_t>(tree.fatal_count(g)); });
  for (TreeNode n = 0; n < tree.node_count(); ++n)
    if (is_hit[n] != 0) failures.reach(n);
  failures.spread();
  std::vector<std::uint8_t> failed(tree.node_count(), 0);
  for (const TreeNode n : failures.trail()) failed[n] = 1;
  return failed;
}

/// What stands is found from below; all else fails.
std::vector<std::uint8_t> least_fixed_point(const FaultTree& tree, const std::vector<std::uint8_t>& is_hit) {
  CountingPropagation<FaultTree, NodeRule::all_groups, std::int32_t> support(
      tree, [&](TreeGroup g) { return static_cast<std::int32_t>(tree.needed(g)); });
  for (TreeNode n = 0; n < tree.node_count(); ++n)
    if (is_hit[n] != 0) support.block(n);
  support.reach_all_met();
  support.spread();
  std::vector<std::uint8_t> failed(tree.node_count(), 1);
  for (const TreeNode n : support.trail()) failed[n] = 0;
  return failed;
}

}  // namespace

std::vector<std::uint8_t> failed_nodes(const FaultTree& tree, std::span<const std::uint8_t> happens,
                                       FixedPoint fixed_point) {
  std::vector<std::uint8_t> is_hit(tree.node_count(), 0);
  for (EventIndex e = 0; e < tree.event_count(); ++e) {
    if (happens[e] == 0) continue;
    for (const TreeNode n : tree.nodes_of(e)) is_hit[n] = 1;
  }
  return fixed_point == FixedPoint::least ? least_fixed_point(tree, is_hit) : greatest_fixed_point(tree, is_hit);
}

std::optional<FaultTree> without_events(const FaultTree& tree, std::span<const EventIndex> gone,
                                        FixedPoint fixed_point) {
  std::vector<std::uint8_t> stays(tree.event_count(), 1);
  std::vector<TreeNode> fatal;
  for (const EventIndex e : gone) {
    stays[e] = 0;
    if (tree.nodes_of(e).size() == 1) fatal.push_back(tree.nodes_of(e).front());
  }
  const std::vector<std::uint8_t> falls = failed_nodes(tree, stays, fixed_point);
  if (falls[tree.target()] == 0) return std::nullopt;
  return FaultTree(tree, stays, falls, fatal);
}

}  // namespace chokepoint::detail
