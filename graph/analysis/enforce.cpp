#include "chokepoint/analysis/policy.hpp"

#include "analysis/policy_rules.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chokepoint {

namespace {

using detail::Bearing;
using detail::Containment;
using detail::EdgeRule;
using detail::FlowTable;
using detail::PolicyRule;

/// How much of a flow a thing refills: its volume where an edge says so, else up to its performance.
Refill refill_of(const SnapshotColumns& columns, const Flow& flow, Vertex by, Arc arc, Arc second) {
  Refill refill{flow, by, 0, 1, arc};
  const auto known = [&](std::span<const float> column) {
    const float first = column[arc];
    return std::isnan(first) && second != no_arc ? column[second] : first;
  };
  const float volume = known(columns.share);
  const float performance = known(columns.performance);
  if (!std::isnan(volume)) {
    refill.low = refill.high = static_cast<double>(volume);
  } else if (!std::isnan(performance)) {
    refill.high = std::min(1.0, static_cast<double>(performance));
  }
  return refill;
}

/// The edge that makes `variant` a variant of `generic`, if there is a direct one.
Arc variant_arc(const View& view, const std::vector<EdgeRule>& rules, Vertex variant, Vertex generic) {
  const Snapshot& snapshot = view.snapshot();
  Arc found = no_arc;
  detail::for_each_requirement(view, rules, generic, [&](Arc e) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    if (rule.kind == GroupKind::variant && detail::provider_of(snapshot, rule, e) == variant) found = std::min(found, e);
  });
  return found;
}

/// Open responses and substitutes for everything that the rules bear on.
std::vector<Refill> refills_for(const View& view, const std::vector<EdgeRule>& edge_rules,
                                std::span<const std::pair<Flow, const PolicyRule*>> borne,
                                std::span<const PolicyResponse> responses) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::vector<Refill> refills;
  for (const auto& [flow, rule] : borne) {
    for (const PolicyResponse& response : responses) {
      if (response.to != rule->policy || response.closed_by != no_vertex) continue;
      if (snapshot.layer(response.response) != Layer::none) continue;
      const std::vector<Vertex> above = detail::generic_closure(view, edge_rules, {response.response});
      if (!std::binary_search(above.begin(), above.end(), flow.item)) continue;
      const Arc kinship = variant_arc(view, edge_rules, response.response, flow.item);
      refills.push_back(refill_of(columns, flow, response.response, response.arc, kinship));
    }
    detail::for_each_in(view, Role::substitute, flow.item, [&, item_flow = flow](Arc e) {
      if (snapshot.layer(columns.from[e]) == Layer::none) {
        refills.push_back(refill_of(columns, item_flow, columns.from[e], e, no_arc));
      }
    });
  }
  // One thing refills a flow once, in the way that gives most.
  std::sort(refills.begin(), refills.end(), [](const Refill& a, const Refill& b) {
    return std::tuple(a.flow, a.by, -a.high, -a.low, a.arc) < std::tuple(b.flow, b.by, -b.high, -b.low, b.arc);
  });
  refills.erase(std::unique(refills.begin(), refills.end(),
                            [](const Refill& a, const Refill& b) { return a.flow == b.flow && a.by == b.by; }),
                refills.end());
  return refills;
}

/// What the rules cut of one flow.
void cut_flow(const Requirements& requirements, SystemNode node, std::span<const PolicyRule> rules,
              const FlowTable& recorded, Containment& containment, EnforcedRequirements& result) {
  const Flow flow = requirements.flow(node);
  bool is_cut = false;
  for (const PolicyRule& rule : rules) {
    const Bearing bearing = bearing_of(rule, flow, recorded, containment);
    if (bearing == Bearing::none) continue;
    for (const GroupIndex g : requirements.groups_of(node)) {
      const RequirementGroup& group = requirements.group(g);
      if (group.owner != node || group.kind != GroupKind::supplier) continue;
      const auto members = requirements.members(g);
      for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i].is_refill || !concerns(rule, members[i].node, containment)) continue;
        const MemberIndex m = requirements.first_member(g) + static_cast<MemberIndex>(i);
        result.cuts.push_back({m, 0, bearing == Bearing::whole ? 0.0 : 1.0});
        is_cut = true;
      }
    }
  }
  if (is_cut) result.cut_flows.push_back(flow);
}

}  // namespace

EnforcedRequirements enforce(const View& view, const Enforcement& enforcement, RequirementOptions options,
                             bool is_layer_fixed) {
  EnforcedRequirements result;
  const std::vector<EdgeRule> edge_rules = detail::edge_rules(view.snapshot().ontology());
  Containment containment(view, edge_rules, options.keep_minor);
  const std::vector<PolicyResponse> responses = responses_to(view, enforcement);
  const std::vector<PolicyRule> rules =
      detail::policy_rules(view, edge_rules, containment, enforcement, responses, result.notes);
  const FlowTable recorded(view, edge_rules, containment, {});
  options.derive = detail::flows_to_derive(view, edge_rules, rules, recorded, containment);
  const FlowTable all(view, edge_rules, containment, options.derive);
  std::vector<std::pair<Flow, const PolicyRule*>> borne;
  for (const detail::FlowEntry& entry : all.entries()) {
    for (const PolicyRule& rule : rules) {
      if (bearing_of(rule, entry.flow, recorded, containment) == Bearing::none) continue;
      borne.emplace_back(entry.flow, &rule);
      if (!is_layer_fixed) options.actor_first.push_back(entry.flow);
    }
  }
  if (enforcement.with_responses) options.refills = refills_for(view, edge_rules, borne, responses);
  result.requirements = build_requirements(view, options);
  const Requirements& requirements = result.requirements;
  for (SystemNode n = requirements.vertex_count(); n < requirements.node_count(); ++n) {
    cut_flow(requirements, n, rules, recorded, containment, result);
  }
  return result;
}

}  // namespace chokepoint
