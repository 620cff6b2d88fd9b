#include "chokepoint/analysis/policy.hpp"
#include "analysis/policies/policy_rules.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace chokepoint {

namespace {

using detail::Bearing;
using detail::Containment;
using detail::EdgeRule;
using detail::FlowTable;
using detail::PolicyRule;

/// What a flow is refilled by: beside its suppliers, and by a variant of it that is among its choices.
struct Refills {
  std::vector<Refill> beside;
  std::vector<Refill> as_choice;
};

/// The number that a column's float was written as: the shortest that gives this float, so that 0.7 is 0.7 again.
double as_written(float value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  double written = static_cast<double>(value);
  std::from_chars(text.data(), end, written);
  return written;
}

/// The performance that an edge states, else a second one; NaN when neither does.
float performance_of(const View& view, Arc arc, Arc second) {
  const float own = view.performance(arc);
  return std::isnan(own) && second != no_arc ? view.performance(second) : own;
}

/// How much of a flow a thing refills: its volume where an edge says so, else up to its performance.
Refill refill_of(const View& view, const Flow& flow, Vertex by, Arc arc, Arc second) {
  Refill refill{flow, by, 0, 1, arc};
  const SnapshotColumns& columns = view.snapshot().columns();
  const float own_volume = columns.share[arc];
  const float volume = std::isnan(own_volume) && second != no_arc ? columns.share[second] : own_volume;
  const float performance = performance_of(view, arc, second);
  if (!std::isnan(volume)) {
    refill.low = refill.high = as_written(volume);
  } else if (!std::isnan(performance)) {
    refill.high = std::min(1.0, as_written(performance));
  }
  return refill;
}

/// The same of a variant that is a choice of the flow: its volume is the least, its performance the most it counts.
Refill choice_of(const View& view, const Flow& flow, Vertex by, Arc arc, Arc kinship) {
  Refill refill = refill_of(view, flow, by, arc, kinship);
  const float performance = performance_of(view, arc, kinship);
  refill.high = std::isnan(performance) ? 1.0 : std::min(1.0, as_written(performance));
  refill.low = std::min(refill.low, refill.high);
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

/// One thing refills a flow once, in the way that gives most.
void keep_the_most(std::vector<Refill>& refills) {
  std::sort(refills.begin(), refills.end(), [](const Refill& a, const Refill& b) {
    return std::tuple(a.flow, a.by, -a.high, -a.low, a.arc) < std::tuple(b.flow, b.by, -b.high, -b.low, b.arc);
  });
  refills.erase(std::unique(refills.begin(), refills.end(),
                            [](const Refill& a, const Refill& b) { return a.flow == b.flow && a.by == b.by; }),
                refills.end());
}

/// Open responses and substitutes for everything that the rules of answered policies bear on.
Refills refills_for(const View& view, const std::vector<EdgeRule>& edge_rules, const FlowTable& flows,
                    std::span<const std::pair<Flow, const PolicyRule*>> borne,
                    std::span<const PolicyResponse> responses, const Enforcement& enforcement,
                    Containment& containment) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  Refills refills;
  for (const auto& [flow, rule] : borne) {
    if (!detail::lists(enforcement.answered, rule->policy)) continue;
    for (const PolicyResponse& response : responses) {
      if (response.to != rule->policy || response.closed_by != no_vertex) continue;
      if (snapshot.layer(response.response) != Layer::none) continue;
      if (!holds_for(columns, response.arc, flow, containment)) continue;
      const std::vector<Vertex> above = detail::generic_closure(view, edge_rules, {response.response});
      if (!std::binary_search(above.begin(), above.end(), flow.item)) continue;
      const Arc kinship = variant_arc(view, edge_rules, response.response, flow.item);
      switch (flows.is_among(flow, response.response, containment)) {
        case FlowTable::Among::no:
          refills.beside.push_back(refill_of(view, flow, response.response, response.arc, kinship));
          break;
        case FlowTable::Among::member:
          refills.as_choice.push_back(choice_of(view, flow, response.response, response.arc, kinship));
          break;
        case FlowTable::Among::behind: break;  // it counts in the flow of the variant that it is a variant of
      }
    }
    detail::for_each_in(view, Role::substitute, flow.item, [&, item_flow = flow](Arc e) {
      if (snapshot.layer(columns.from[e]) != Layer::none || !holds_for(columns, e, item_flow, containment)) return;
      if (flows.is_among(item_flow, columns.from[e], containment) != FlowTable::Among::no) return;
      refills.beside.push_back(refill_of(view, item_flow, columns.from[e], e, no_arc));
    });
  }
  keep_the_most(refills.beside);
  keep_the_most(refills.as_choice);
  return refills;
}

/// The flows that rules bear on, each with each of them.
std::vector<std::pair<Flow, const PolicyRule*>> borne_by(std::span<const PolicyRule> rules, const FlowTable& flows,
                                                         const FlowTable& recorded, Containment& containment) {
  std::vector<std::pair<Flow, const PolicyRule*>> borne;
  for (const detail::FlowEntry& entry : flows.entries()) {
    for (const PolicyRule& rule : rules) {
      if (bearing_of(rule, entry.flow, recorded, containment) != Bearing::none) borne.emplace_back(entry.flow, &rule);
    }
  }
  return borne;
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
                               is_whole,
                               m});
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
  // What is exempt is still read as the flows that the policy would cut, so that both worlds have the same flows.
  std::vector<PolicyNote> notes_of_all;
  const std::vector<PolicyRule> all_rules =
      detail::policy_rules(view, edge_rules, containment, enforcement, {}, notes_of_all);
  const std::vector<PolicyResponse> responses = responses_to(view, enforcement);
  const std::vector<PolicyRule> rules =
      detail::policy_rules(view, edge_rules, containment, enforcement, responses, result.notes);
  const FlowTable recorded(view, edge_rules, containment, {});
  options.derive = detail::flows_to_derive(view, edge_rules, all_rules, recorded, containment);
  const FlowTable flows(view, edge_rules, containment, options.derive);
  for (const auto& [flow, rule] : borne_by(all_rules, flows, recorded, containment)) {
    if (!is_layer_fixed) options.actor_first.push_back(flow);
    if (options.affected_by) options.affected_by->push_back(flow.item);
  }
  if (!enforcement.answered.empty()) {
    const auto borne = borne_by(rules, flows, recorded, containment);
    Refills refills = refills_for(view, edge_rules, flows, borne, responses, enforcement, containment);
    options.refills = std::move(refills.beside);
    options.scaled = std::move(refills.as_choice);
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
