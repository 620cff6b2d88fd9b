#include "analysis/cut_sets/failed_nodes.hpp"

namespace chokepoint::detail {

namespace {

/// Failures spread from what happens.
std::vector<std::uint8_t> greatest_fixed_point(const FaultTree& tree, const std::vector<std::uint8_t>& is_hit) {
  std::vector<std::uint32_t> spare(tree.group_count());
  for (TreeGroup g = 0; g < tree.group_count(); ++g) {
    spare[g] = static_cast<std::uint32_t>(tree.members(g).size()) - tree.needed(g);
  }
  std::vector<std::uint8_t> failed(tree.node_count(), 0);
  std::vector<TreeNode> queue;
  const auto fail = [&](TreeNode n) {
    if (failed[n] != 0) return;
    failed[n] = 1;
    queue.push_back(n);
  };
  for (TreeNode n = 0; n < tree.node_count(); ++n) {
    if (is_hit[n] != 0) fail(n);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const TreeGroup g : tree.memberships(queue[i])) {
      if (spare[g] > 0) {
        --spare[g];
        continue;
      }
      for (const TreeNode d : tree.dependents(g)) fail(d);
    }
  }
  return failed;
}

/// What stands is found from below; all else fails.
std::vector<std::uint8_t> least_fixed_point(const FaultTree& tree, const std::vector<std::uint8_t>& is_hit) {
  std::vector<std::uint32_t> missing(tree.group_count()), unmet(tree.node_count());
  std::vector<std::uint8_t> failed(tree.node_count(), 1);
  std::vector<TreeNode> queue;
  const auto stand = [&](TreeNode n) {
    if (is_hit[n] != 0) return;
    failed[n] = 0;
    queue.push_back(n);
  };
  for (TreeGroup g = 0; g < tree.group_count(); ++g) missing[g] = tree.needed(g);
  for (TreeNode n = 0; n < tree.node_count(); ++n) {
    unmet[n] = static_cast<std::uint32_t>(tree.groups_of(n).size());
    if (unmet[n] == 0) stand(n);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const TreeGroup g : tree.memberships(queue[i])) {
      if (missing[g] == 0 || --missing[g] > 0) continue;
      for (const TreeNode d : tree.dependents(g)) {
        if (--unmet[d] == 0) stand(d);
      }
    }
  }
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
