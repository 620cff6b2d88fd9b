#include "analysis/removal/whatif_world.hpp"

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

/// Limits that take the edges away, wherever rows rest on them.
void cut_edges(const Requirements& requirements, std::vector<Arc> arcs, std::vector<MemberLimit>& cuts) {
  if (arcs.empty()) return;
  std::sort(arcs.begin(), arcs.end());
  for (MemberIndex m = 0; m < requirements.member_count(); ++m) {
    if (std::binary_search(arcs.begin(), arcs.end(), requirements.member(m).arc)) cuts.push_back({m, 0, 0});
  }
}

/// Where the losses of a scenario begin, policies aside.
std::vector<Vertex> first_losses(const View& view, const Scenario& scenario) {
  const SnapshotColumns& columns = view.snapshot().columns();
  std::vector<Vertex> losses = scenario.removed;
  for (const PartialLoss& loss : scenario.losses) losses.push_back(loss.node);
  for (const Arc e : scenario.cut) {
    for (const Vertex end : {columns.from[e], columns.to[e], columns.item[e]})
      if (end != no_vertex) losses.push_back(end);
  }
  sort_unique(losses);
  return losses;
}

}  // namespace

std::vector<Vertex> policies_in(const Scenario& scenario, Standing standing) {
  std::vector<Vertex> policies = scenario.in_force;
  if (standing == Standing::as_is) {
    std::erase_if(policies, [&](Vertex p) { return lists(scenario.enforced, p); });
  } else {
    policies.insert(policies.end(), scenario.enforced.begin(), scenario.enforced.end());
    std::erase_if(policies, [&](Vertex p) { return lists(scenario.without, p); });
  }
  sort_unique(policies);
  return policies;
}

std::vector<Vertex> answered_in(const Scenario& scenario) {
  if (scenario.enforced.empty()) return policies_in(scenario, Standing::asked);
  std::vector<Vertex> answered = scenario.enforced;
  sort_unique(answered);
  return answered;
}

Disruption without_answered(const Scenario& scenario, const World& world) {
  const std::vector<Vertex> answered = answered_in(scenario);
  Disruption disruption;
  disruption.removed = world.disruption.removed;
  disruption.limits = world.disruption.limits;
  for (const PolicyCut& row : world.enforced.rows) {
    if (!lists(answered, row.policy)) disruption.cuts.push_back({row.member, 0, row.is_whole ? 0.0 : 1.0});
  }
  cut_edges(world.enforced.requirements, scenario.cut, disruption.cuts);
  return disruption;
}

World make_world(const View& view, const Scenario& scenario, Layer layer, Standing standing, WorldExtent extent) {
  Enforcement enforcement;
  enforcement.policies = policies_in(scenario, standing);
  if (standing != Standing::as_is) {
    enforcement.enforced = scenario.enforced;
    enforcement.without = scenario.without;
  }
  if (standing == Standing::adapted) enforcement.answered = answered_in(scenario);
  enforcement.terms = scenario.terms;
  RequirementOptions options;
  options.layer = layer;
  options.keep_minor = scenario.keep_minor;
  if (extent == WorldExtent::affected && scenario.cycles == Cycles::hold) {
    options.affected_by = first_losses(view, scenario);
    options.affected_in_part = !scenario.losses.empty();
    if (scenario.target) options.targets.push_back(scenario.target->node);
  }
  World world;
  if (enforcement.policies.empty()) {
    world.enforced.requirements = build_requirements(view, options);
  } else {
    world.enforced = enforce(view, enforcement, options, scenario.layer.has_value());
  }
  world.nothing.cuts = world.enforced.cuts;
  world.disruption.cuts = world.enforced.cuts;
  world.disruption.removed = scenario.removed;
  for (const PartialLoss& loss : scenario.losses) world.disruption.limits.push_back({loss.node, loss.remaining});
  cut_edges(world.enforced.requirements, scenario.cut, world.disruption.cuts);
  return world;
}

}  // namespace chokepoint::detail
