#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "analysis/policies/restrictions.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/rule_neighbourhood.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::RuleNeighbourhood;

/// What an answer names: policies and what they restrict, what adapts to them, what stands in.
struct Named {
  std::vector<Vertex> policies, restricted, all;
};

Named named_by(const DeltaSnapshot& whole, RuleNeighbourhood& neighbourhood) {
  const Ontology& ontology = whole.rows().ontology();
  Named named;
  whole.for_each_of_types(edge_types_of(ontology, Role::restrict), [&](const Snapshot& snapshot, Arc e, std::uint16_t) {
    const SnapshotColumns& columns = snapshot.columns();
    named.policies.push_back(whole.number(snapshot, columns.from[e]));
    named.restricted.push_back(whole.number(snapshot, columns.to[e]));
    neighbourhood.add(whole.number(snapshot, columns.market[e]), detail::need_known);
  });
  detail::sort_unique(named.policies);
  detail::sort_unique(named.restricted);
  named.all = named.policies;
  named.all.insert(named.all.end(), named.restricted.begin(), named.restricted.end());
  const auto add = [&](const Snapshot&, Arc, std::uint16_t, Vertex other) { named.all.push_back(other); };
  for (const Vertex v : named.policies) whole.for_each_in(v, edge_types_of(ontology, Role::adapt), add);
  for (const Vertex v : named.restricted) whole.for_each_in(v, edge_types_of(ontology, Role::substitute), add);
  detail::sort_unique(named.all);
  return named;
}

}  // namespace

std::shared_ptr<const Snapshot> part_of_restrictions(const DeltaSnapshot& whole, const std::vector<Vertex>& named,
                                                     const RecordCounts& counts) {
  const std::size_t most = detail::most_of_a_part(counts);
  RuleNeighbourhood neighbourhood(whole, counts, RuleNeighbourhood::Aim::walk, most);
  Named found = named_by(whole, neighbourhood);
  for (const Vertex v : named) neighbourhood.add(v, detail::need_known);
  for (const Vertex v : found.policies) neighbourhood.add(v, detail::need_known);
  if (found.all.size() > most || !neighbourhood.spread()) return nullptr;
  // Everything between the nodes that an answer names.
  DeltaArcs between;
  whole.add_between(
      found.all, [&](Vertex other) { return std::binary_search(found.all.begin(), found.all.end(), other); }, between);
  // Whether what adapts was issued by anybody.
  const Ontology& ontology = whole.rows().ontology();
  const EdgeChoice issues{edge_types_where(ontology, [](Role) { return false; }), edge_types_of(ontology, Role::issue)};
  PartPiece issued{std::move(found.all), issues};
  return neighbourhood.part({std::move(issued)}, std::move(between));
}

}  // namespace chokepoint
