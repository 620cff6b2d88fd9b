#include "chokepoint/analysis/coverage.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace chokepoint {

namespace {

/// Marks what `spread` reaches from `start`; spread(node, add) calls add for each neighbour.
template <class Spread>
std::vector<std::uint8_t> marked(const Requirements& requirements, std::span<const SystemNode> start,
                                 const Spread& spread) {
  std::vector<std::uint8_t> marks(requirements.node_count(), 0);
  std::vector<SystemNode> queue;
  const auto add = [&](SystemNode n) {
    if (std::exchange(marks[n], std::uint8_t{1}) == 0) queue.push_back(n);
  };
  for (const SystemNode n : start) add(n);
  for (std::size_t i = 0; i < queue.size(); ++i) spread(queue[i], add);
  return marks;
}

/// Whether a node in scope has the group: its owner, or a variant that it is passed to.
bool is_in_scope(const Requirements& requirements, std::span<const std::uint8_t> scope, GroupIndex g) {
  const RequirementGroup& group = requirements.group(g);
  if (!group.is_passed_down) return scope[group.owner] != 0;
  const auto dependents = requirements.dependents(g);
  return std::any_of(dependents.begin(), dependents.end(), [&](SystemNode n) { return scope[n] != 0; });
}

void count_group(const Requirements& requirements, GroupIndex g, RequirementCoverage& coverage) {
  const RequirementGroup& group = requirements.group(g);
  const Subject owner = requirements.subject(group.owner);
  if (group.is_unsettled) coverage.unsettled.push_back(owner);
  if (group.k_any > group.voters) coverage.short_groups.push_back(owner);
  if (group.kind != GroupKind::supplier) return;
  ++coverage.supplier_groups;
  coverage.groups_with_rest += group.has_rest ? 1U : 0U;
  if (group.is_rescaled) coverage.rescaled.push_back(owner);
  if (group.parts_exceed) coverage.exceeded.push_back(owner);
  if (!group.has_unknown_shares) return;
  ++coverage.groups_of_unknown_share;
  for (const RequirementMember& member : requirements.members(g)) {
    coverage.rows_of_unknown_share += member.is_unknown && !member.is_refill ? 1U : 0U;
  }
}

/// Those of the nodes that are in the scope, in their order.
template <class Node>
std::vector<Node> in_scope(const std::vector<Node>& nodes, std::span<const std::uint8_t> scope) {
  std::vector<Node> inside;
  std::ranges::copy_if(nodes, std::back_inserter(inside), [&](Node n) { return scope[n] != 0; });
  return inside;
}

/// Those of the edges both of whose ends are in the scope. A delivery belongs to its flow; the customer need not be
/// among the nodes.
std::vector<Arc> with_both_ends(const Requirements& requirements, const SnapshotColumns& columns,
                                const std::vector<Arc>& arcs, std::span<const std::uint8_t> scope) {
  const auto has = [&](const Subject& subject) {
    const SystemNode n = requirements.find(subject);
    return n != no_vertex && scope[n] != 0;
  };
  std::vector<Arc> inside;
  std::ranges::copy_if(arcs, std::back_inserter(inside), [&](Arc e) {
    if (columns.item[e] == no_vertex) return has({columns.from[e]}) && has({columns.to[e]});
    return has({columns.item[e], columns.to[e]}) || has({columns.item[e], columns.from[e]});
  });
  return inside;
}

}  // namespace

RequirementCoverage coverage_of(const Requirements& requirements, const View& view,
                                std::span<const std::uint8_t> scope) {
  RequirementCoverage coverage;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    coverage.nodes += scope[n] != 0 && !requirements.is_unnamed(n) ? 1U : 0U;
  }
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (is_in_scope(requirements, scope, g)) count_group(requirements, g, coverage);
  }
  for (auto* owners : {&coverage.rescaled, &coverage.exceeded, &coverage.short_groups, &coverage.unsettled})
    detail::sort_unique(*owners);
  coverage.without_supplier = in_scope(requirements.notes().without_supplier, scope);
  coverage.taken_over = in_scope(requirements.notes().taken_over, scope);
  coverage.unread = in_scope(requirements.notes().unread, scope);
  const SnapshotColumns& columns = view.snapshot().columns();
  coverage.rivals = with_both_ends(requirements, columns, view.coverage().rivals, scope);
  coverage.superseded = with_both_ends(requirements, columns, view.coverage().superseded, scope);
  return coverage;
}

std::vector<Arc> evidence_of(const Requirements& requirements, std::span<const std::uint8_t> scope) {
  std::vector<Arc> arcs;
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    const auto dependents = requirements.dependents(g);
    const bool is_used = is_in_scope(requirements, scope, g) ||
                         std::any_of(dependents.begin(), dependents.end(), [&](SystemNode n) { return scope[n] != 0; });
    if (!is_used) continue;
    for (const RequirementMember& member : requirements.members(g)) {
      if (member.arc != no_arc) arcs.push_back(member.arc);
    }
  }
  detail::sort_unique(arcs);
  return arcs;
}

std::vector<std::uint8_t> upstream_of(const Requirements& requirements, std::span<const SystemNode> start) {
  return marked(requirements, start, [&](SystemNode n, const auto& add) {
    for (const GroupIndex g : requirements.groups_of(n)) {
      for (const RequirementMember& member : requirements.members(g)) add(member.node);
    }
  });
}

std::vector<std::uint8_t> downstream_of(const Requirements& requirements, std::span<const SystemNode> start) {
  return touched_from(requirements, start, {});
}

std::vector<std::uint8_t> touched_from(const Requirements& requirements, std::span<const SystemNode> start,
                                       std::span<const std::uint8_t> has_less) {
  std::vector<SystemNode> with_flows(start.begin(), start.end());
  for (const SystemNode n : start) {
    if (requirements.is_flow(n)) continue;
    const auto flows = requirements.flows_of(n);
    for (SystemNode flow = flows.first; flow < flows.last; ++flow) with_flows.push_back(flow);
  }
  const std::unordered_set<SystemNode> first(with_flows.begin(), with_flows.end());
  std::vector<std::uint8_t> is_reached(requirements.group_count(), 0);
  return marked(requirements, with_flows, [&](SystemNode n, const auto& add) {
    if (!has_less.empty() && has_less[n] == 0 && !first.contains(n)) return;
    for (const MemberIndex m : requirements.memberships(n)) {
      const GroupIndex g = requirements.group_of_member(m);
      if (std::exchange(is_reached[g], std::uint8_t{1}) != 0) continue;
      for (const SystemNode d : requirements.dependents(g)) add(d);
    }
  });
}

}  // namespace chokepoint
