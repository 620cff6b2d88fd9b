#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "analysis/requirements/roles.hpp"
#include "support/vertex_lists.hpp"

#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

/// The nodes, where they are and what they are part of, and so on.
std::vector<Vertex> with_seats(const DeltaSnapshot& whole, std::vector<Vertex> nodes,
                               const std::vector<std::uint8_t>& seats) {
  detail::sort_unique(nodes);
  std::unordered_set<Vertex> seen(nodes.begin(), nodes.end());
  for (std::size_t i = 0; i < nodes.size(); ++i)
    whole.for_each_out(nodes[i], seats, [&](const Snapshot&, Arc, std::uint16_t, Vertex place) {
      if (seen.insert(place).second) nodes.push_back(place);
    });
  detail::sort_unique(nodes);
  return nodes;
}

}  // namespace

std::shared_ptr<const Snapshot> part_of_supplies(const DeltaSnapshot& whole, Vertex node) {
  const Ontology& ontology = whole.rows().ontology();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(ontology);
  EdgeChoice supplies;
  EdgeChoice seats{edge_types_where(ontology, [](Role role) { return role == Role::seat || role == Role::part; }),
                   edge_types_where(ontology, [](Role) { return false; })};
  std::vector<std::uint8_t> deliveries;
  for (std::size_t type = 0; type < rules.size(); ++type) {
    const bool is_supply = rules[type].kind == GroupKind::supplier;
    supplies.at_begin.push_back(is_supply && rules[type].from_depends ? 1 : 0);
    supplies.at_end.push_back(is_supply && !rules[type].from_depends ? 1 : 0);
    deliveries.push_back(rules[type].is_flow ? 1 : 0);
  }
  std::vector<Vertex> suppliers;
  const auto add = [&](const Snapshot&, Arc, std::uint16_t, Vertex supplier) { suppliers.push_back(supplier); };
  whole.for_each_out(node, supplies.at_begin, add);
  whole.for_each_in(node, supplies.at_end, add);
  DeltaArcs more;
  whole.for_each_of_types(deliveries, [&](const Snapshot& snapshot, Arc e, std::uint16_t type) {
    const SnapshotColumns& columns = snapshot.columns();
    if (whole.number(snapshot, columns.item[e]) != node) return;
    whole.add(snapshot, e, more);
    suppliers.push_back(whole.number(snapshot, rules[type].from_depends ? columns.to[e] : columns.from[e]));
  });
  std::vector<Vertex> seated = with_seats(whole, std::move(suppliers), seats.at_begin);
  return whole.part({{{node}, std::move(supplies)}, {std::move(seated), std::move(seats)}}, std::move(more));
}

}  // namespace chokepoint
