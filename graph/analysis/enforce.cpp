#include "chokepoint/analysis/policy.hpp"
#include "analysis/policy_rules.hpp"
#include "analysis/vertex_lists.hpp"

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
  const auto known = [&](const auto& column) {
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
    if (rule.kind == GroupKind::variant && detail::provider_of(snapshot, rule, e) == variant)
      found = std::min(found, e);
  });
  return found;
}

/// Whether what an edge says holds for a flow: it names no market, or one that the customer is in.
bool holds_for(const SnapshotColumns& columns, Arc e, const Flow& flow, Containment& containment) {
  return columns.market[e] == no_vertex || containment.is_in(flow.customer, {columns.market[e]});
}

/// Open responses and substitutes for everything that the rules of answered policies bear on.
std::vector<Refill> refills_for(const View& view, const std::vector<EdgeRule>& edge_rules,
                                std::span<const std::pair<Flow, const PolicyRule*>> borne,
                                std::span<const PolicyResponse> responses, const Enforcement& enforcement,
                                Containment& containment) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::vector<Refill> refills;
  for (const auto& [flow, rule] : borne) {
    if (!detail::lists(enforcement.answered, rule->policy)) continue;
    for (const PolicyResponse& response : responses) {
      if (response.to != rule->policy || response.closed_by != no_vertex) continue;
      if (snapshot.layer(response.response) != Layer::none) continue;
      if (!holds_for(columns, response.arc, flow, containment)) continue;
      const std::vector<Vertex> above = detail::generic_closure(view, edge_rules, {response.response});
      if (!std::binary_search(above.begin(), above.end(), flow.item)) continue;
      const Arc kinship = variant_arc(view, edge_rules, response.response, flow.item);
      refills.push_back(refill_of(columns, flow, response.response, response.arc, kinship));
    }
    detail::for_each_in(view, Role::substitute, flow.item, [&, item_flow = flow](Arc e) {
      if (snapshot.layer(columns.from[e]) == Layer::none && holds_for(columns, e, item_flow, containment)) {
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

/// What a rule did: whether it bore on a flow, and whether it cut a row.
struct RuleEffect {
  bool bore = false;
  bool cut = false;
};

/// What the rules cut of one flow.
void cut_flow(const Requirements& requirements, SystemNode node, std::span<const PolicyRule> rules,
              const FlowTable& recorded, Containment& containment, std::vector<RuleEffect>& effects,
              EnforcedRequirements& result) {
  const Flow flow = requirements.flow(node);
  const std::size_t before = result.rows.size();
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const PolicyRule& rule = rules[r];
    const Bearing bearing = bearing_of(rule, flow, recorded, containment);
    if (bearing == Bearing::none) continue;
    effects[r].bore = true;
    for (const GroupIndex g : requirements.groups_of(node)) {
      const RequirementGroup& group = requirements.group(g);
      if (group.owner != node || group.kind != GroupKind::supplier) continue;
      const auto members = requirements.members(g);
      for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i].is_refill || !concerns(rule, members[i].node, containment)) continue;
        const MemberIndex m = requirements.first_member(g) + static_cast<MemberIndex>(i);
        const bool is_whole = bearing == Bearing::whole;
        result.cuts.push_back({m, 0, is_whole ? 0.0 : 1.0});
        result.rows.push_back({{flow.item, flow.customer},
                               requirements.subject(members[i].node),
                               members[i].arc,
                               rule.policy,
                               rule.arc,
                               is_whole});
        effects[r].cut = true;
      }
    }
  }
  if (result.rows.size() > before) result.cut_flows.push_back({flow.item, flow.customer});
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
  if (!enforcement.answered.empty()) {
    options.refills = refills_for(view, edge_rules, borne, responses, enforcement, containment);
  }
  result.requirements = build_requirements(view, options);
  const Requirements& requirements = result.requirements;
  std::vector<RuleEffect> effects(rules.size());
  for (SystemNode n = requirements.vertex_count(); n < requirements.node_count(); ++n) {
    cut_flow(requirements, n, rules, recorded, containment, effects, result);
  }
  detail::sort_unique(result.rows);
  detail::sort_unique(result.cut_flows);
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (!effects[r].cut)
      result.notes.push_back({rules[r].arc, effects[r].bore ? PolicyGap::no_supplier : PolicyGap::no_flow});
  }
  std::sort(result.notes.begin(), result.notes.end(),
            [](const PolicyNote& a, const PolicyNote& b) { return a.arc < b.arc; });
  return result;
}

}  // namespace chokepoint
