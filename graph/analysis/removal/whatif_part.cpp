// The graph around a loss. Without rules that hand losses on sideways, what a loss may touch is found by the edges
// alone, and everything else has all it needs; with them, their ways are followed.
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/part.hpp"
#include "analysis/requirements/affected_nodes.hpp"
#include "analysis/requirements/delta_nodes.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/ruled_part.hpp"

#include <vector>

namespace chokepoint {

namespace {

bool is_only_losses(const Scenario& scenario) {
  return scenario.cut.empty() && scenario.enforced.empty() && scenario.without.empty() && scenario.in_force.empty() &&
         scenario.cycles == Cycles::hold && !scenario.target;
}

/// Whether shares may have to be taken off those of wholes: of suppliers that a part around plain edges only names, it
/// does not say which are parts of which.
bool may_hold_parts(const Snapshot& snapshot, const RecordCounts& counts) {
  if (!detail::states_shares(snapshot)) return false;
  const auto& types = snapshot.ontology().edge_types();
  for (std::size_t type = 0; type < types.size(); ++type)
    if (types[type].role == Role::part && counts.edge_types[type] > 0) return true;
  return false;
}

std::vector<Vertex> lost_in(const Scenario& scenario) {
  std::vector<Vertex> lost = scenario.removed;
  for (const PartialLoss& loss : scenario.losses) lost.push_back(loss.node);
  return lost;
}

}  // namespace

std::shared_ptr<const Snapshot> part_of_loss(const View& view, const Scenario& scenario, const RecordCounts& counts) {
  const Snapshot& snapshot = view.snapshot();
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(snapshot.ontology());
  if (!is_only_losses(scenario) || view.options().edge_mask) return nullptr;
  if (!detail::is_plain(snapshot, rules, counts) || may_hold_parts(snapshot, counts)) {
    const auto whole = unchanged_if_large(view.shared_snapshot());
    return whole ? detail::ruled_part_of_loss(*whole, view, lost_in(scenario), !scenario.losses.empty(), counts)
                 : nullptr;
  }
  RequirementOptions options;
  options.affected_by = lost_in(scenario);
  options.affected_in_part = !scenario.losses.empty();
  const auto affected = detail::affected_nodes(view, rules, false, options, detail::most_of_a_part(counts));
  return affected ? part_around(snapshot, detail::marked_nodes(*affected)) : nullptr;
}

std::shared_ptr<const Snapshot> part_of_loss(const DeltaSnapshot& whole, const View& base, const Scenario& scenario,
                                             const RecordCounts& counts) {
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(whole.rows().ontology());
  if (!is_only_losses(scenario) || base.options().edge_mask) return nullptr;
  if (!detail::is_plain(whole.rows(), rules, counts) || may_hold_parts(*whole.base(), counts) ||
      may_hold_parts(whole.rows(), counts))
    return detail::ruled_part_of_loss(whole, base, lost_in(scenario), !scenario.losses.empty(), counts);
  detail::DeltaNodes nodes(whole);
  for (const Vertex v : lost_in(scenario)) nodes.add(v);
  const detail::TouchedRequirements touched(whole, rules);
  const auto search = [&](const std::vector<Vertex>& starts) {
    RequirementOptions options;
    options.affected_by = starts;
    options.affected_in_part = !scenario.losses.empty() || detail::states_shares(whole.rows());
    return detail::affected_nodes(base, rules, false, options, detail::most_of_a_part(counts));
  };
  // Whoever has a share that lies in a place which only the delta has is not searched for.
  const bool is_found = nodes.gather(search, [&] { touched.add_affected(nodes); });
  return is_found && !nodes.has_new_place() ? whole.part(nodes.nodes(), false) : nullptr;
}

}  // namespace chokepoint
