// The graph around a loss. Without rules that hand losses on sideways, what a loss may touch is found by the edges
// alone, and everything else has all it needs.
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/snapshot/part.hpp"
#include "analysis/requirements/affected_nodes.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint {

namespace {

/// A larger part than one node in so many is no smaller work than the whole.
constexpr std::size_t part_of_nodes = 8;
/// … and so many nodes are little work.
constexpr std::size_t few_nodes = 4096;

/// Whether edges of a type may hand losses on in a way that is not that from provider to dependent.
bool has_rules_of_its_own(const EdgeType& type, const detail::EdgeRule& rule) {
  if (type.role == Role::restrict) return true;
  return rule.is_hard && (rule.is_flow || rule.kind == GroupKind::variant || rule.kind == GroupKind::step);
}

bool is_plain(const Ontology& ontology, const std::vector<detail::EdgeRule>& rules, const RecordCounts& counts) {
  if (counts.edge_types.size() != rules.size()) return false;
  for (std::size_t type = 0; type < rules.size(); ++type)
    if (counts.edge_types[type] > 0 && has_rules_of_its_own(ontology.edge_types()[type], rules[type])) return false;
  return true;
}

bool is_only_losses(const Scenario& scenario) {
  return scenario.cut.empty() && scenario.enforced.empty() && scenario.without.empty() && scenario.in_force.empty() &&
         scenario.cycles == Cycles::hold && !scenario.target;
}

}  // namespace

std::shared_ptr<const Snapshot> part_of_loss(const View& view, const Scenario& scenario, const RecordCounts& counts) {
  const Snapshot& snapshot = view.snapshot();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(snapshot.ontology());
  if (!is_only_losses(scenario) || view.options().edge_mask || !is_plain(snapshot.ontology(), rules, counts))
    return nullptr;
  RequirementOptions options;
  options.affected_by = scenario.removed;
  for (const PartialLoss& loss : scenario.losses) options.affected_by->push_back(loss.node);
  const std::size_t most = std::max<std::size_t>(snapshot.vertex_count() / part_of_nodes, few_nodes);
  const auto affected = detail::affected_nodes(view, rules, false, options, most);
  if (!affected) return nullptr;
  std::vector<Vertex> nodes;
  for (Vertex v = 0; v < affected->size(); ++v)
    if ((*affected)[v] != 0) nodes.push_back(v);
  return part_around(snapshot, nodes);
}

}  // namespace chokepoint
