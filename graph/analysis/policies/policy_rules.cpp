#include "analysis/policies/policy_rules.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace chokepoint::detail {

namespace {

bool has(const std::vector<Vertex>& sorted, Vertex v) { return std::binary_search(sorted.begin(), sorted.end(), v); }

/// The things of the target that a rule concerns: limited to an item and its variants when it names one.
std::vector<Vertex> concerned_items(const View& view, const std::vector<EdgeRule>& rules, const PolicyRule& rule,
                                    Vertex item) {
  if (rule.aim != PolicyAim::thing) {
    return item == no_vertex ? std::vector<Vertex>{} : variant_closure(view, rules, item);
  }
  std::vector<Vertex> things = variant_closure(view, rules, rule.target);
  if (item == no_vertex) return things;
  const std::vector<Vertex> limit = variant_closure(view, rules, item);
  std::vector<Vertex> both;
  std::set_intersection(things.begin(), things.end(), limit.begin(), limit.end(), std::back_inserter(both));
  return both.empty() ? limit : both;
}

const PolicyTerms* terms_of(std::span<const PolicyTerms> terms, Vertex policy) {
  const auto place =
      std::find_if(terms.begin(), terms.end(), [&](const PolicyTerms& each) { return each.policy == policy; });
  return place == terms.end() ? nullptr : &*place;
}

}  // namespace

std::optional<Date> start_of(const SnapshotColumns& columns, std::span<const PolicyTerms> terms, Arc e) {
  const PolicyTerms* own = terms_of(terms, columns.from[e]);
  if (own != nullptr && own->effective) return own->effective;
  if (columns.valid_from[e] == day_open_from) return std::nullopt;
  return Date{columns.valid_from[e]};
}

bool acts(const View& view, std::span<const PolicyTerms> terms, Arc e) {
  const Date day = view.options().as_of;
  const auto start = start_of(view.snapshot().columns(), terms, e);
  if (!view.has_edge(e) || (start && day < *start)) return false;
  const PolicyTerms* own = terms_of(terms, view.snapshot().columns().from[e]);
  return own == nullptr || std::none_of(own->suspended.begin(), own->suspended.end(),
                                        [&](const Validity& pause) { return pause.contains(day); });
}

bool is_barred(const View& view, Arc e) {
  const SnapshotColumns& columns = view.snapshot().columns();
  const ViewOptions& options = view.options();
  const auto status = static_cast<Status>(columns.status[e]);
  const bool is_stated = status == Status::reported || status == Status::estimated ||
                         (status == Status::derived && options.include_derived) ||
                         std::find(options.include.begin(), options.include.end(), status) != options.include.end();
  const bool is_weak = options.min_confidence && columns.confidence[e] < static_cast<float>(*options.min_confidence);
  const bool is_masked = options.edge_mask && (*options.edge_mask)[e] == 0;
  return !is_stated || is_weak || is_masked;
}

std::vector<Arc> restrictions_of(const View& view, const Enforcement& enforcement, Vertex policy,
                                 std::vector<PolicyNote>& notes) {
  const Snapshot& snapshot = view.snapshot();
  const bool is_enforced = lists(enforcement.enforced, policy);
  std::vector<Arc> arcs;
  std::set<std::uint64_t> facts;
  const auto range = snapshot.out_edges(policy);
  for (const bool wants_view : {true, false}) {
    for (Arc e = range.first; e < range.last; ++e) {
      if (snapshot.role(e) != Role::restrict || view.has_edge(e) != wants_view) continue;
      if (!view.has_node(snapshot.columns().to[e])) continue;
      if (!is_enforced && !acts(view, enforcement.terms, e)) continue;
      if (!wants_view && is_barred(view, e)) {
        notes.push_back({e, PolicyGap::not_stated});
      } else if (facts.insert(snapshot.columns().claim[e]).second) {
        arcs.push_back(e);
      }
    }
  }
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

namespace {

/// What a policy's open responses replace, and its variants; sorted.
std::vector<Vertex> exempt_from(const View& view, const std::vector<EdgeRule>& rules, Vertex policy,
                                std::span<const PolicyResponse> responses) {
  std::vector<Vertex> exempt;
  for (const PolicyResponse& response : responses) {
    if (response.to != policy || response.closed_by != no_vertex) continue;
    const std::vector<Vertex> family = variant_closure(view, rules, response.response);
    exempt.insert(exempt.end(), family.begin(), family.end());
  }
  std::sort(exempt.begin(), exempt.end());
  return exempt;
}

/// What a restriction states, its items and aim still open.
PolicyRule stated_rule(const SnapshotColumns& columns, Arc e, Vertex policy, const std::vector<Vertex>& jurisdiction) {
  PolicyRule rule;
  rule.arc = e;
  rule.policy = policy;
  rule.target = columns.to[e];
  rule.is_ban = columns.mode[e] == 0;
  rule.jurisdiction = jurisdiction;
  rule.market = columns.market[e] == no_vertex ? Market{true, jurisdiction} : Market{false, {columns.market[e]}};
  if (columns.origin[e] != no_vertex) rule.origin = {columns.origin[e]};
  return rule;
}

}  // namespace

std::vector<PolicyRule> policy_rules(const View& view, const std::vector<EdgeRule>& rules, Containment& containment,
                                     const Enforcement& enforcement, std::span<const PolicyResponse> responses,
                                     std::vector<PolicyNote>& notes) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::vector<PolicyRule> all;
  for (const Vertex policy : enforcement.policies) {
    const std::vector<Vertex> ruled = jurisdiction(view, rules, policy);
    const std::vector<Vertex> exempt = exempt_from(view, rules, policy, responses);
    for (const Arc e : restrictions_of(view, enforcement, policy, notes)) {
      PolicyRule rule = stated_rule(columns, e, policy, ruled);
      if (rule.market.is_outside && ruled.empty()) {
        notes.push_back({e, PolicyGap::no_issuer});
        continue;
      }
      if (has(exempt, rule.target)) continue;
      if (snapshot.layer(rule.target) != Layer::none) {
        rule.aim = rule.market.contains(rule.target, containment) ? PolicyAim::insider : PolicyAim::outsider;
      }
      rule.is_any_item = rule.aim != PolicyAim::thing && columns.item[e] == no_vertex;
      rule.items = concerned_items(view, rules, rule, columns.item[e]);
      std::erase_if(rule.items, [&](Vertex v) { return has(exempt, v); });
      rule.generics = generic_closure(view, rules, rule.items);
      all.push_back(std::move(rule));
    }
  }
  std::sort(notes.begin(), notes.end(), [](const PolicyNote& a, const PolicyNote& b) { return a.arc < b.arc; });
  return all;
}

Bearing bearing_of(const PolicyRule& rule, const Flow& flow, const FlowTable& recorded, Containment& containment) {
  if (flow.customer == no_vertex) return Bearing::none;
  const Bearing full = rule.is_ban ? Bearing::whole : Bearing::maybe;
  const bool is_item = rule.is_any_item || has(rule.items, flow.item);
  if (rule.aim == PolicyAim::insider) return is_item && flow.customer == rule.target ? full : Bearing::none;
  const bool is_generic = rule.aim == PolicyAim::thing && has(rule.generics, flow.item);
  if ((!is_item && !is_generic) || !rule.market.contains(flow.customer, containment)) return Bearing::none;
  if (is_item) return full;
  // Only what the generic delivers is recorded: the thing may be none or all of it.
  const FlowEntry* entry = recorded.find(flow);
  if (entry == nullptr || entry->origin != FlowOrigin::recorded) return Bearing::none;
  const bool has_own = std::any_of(rule.items.begin(), rule.items.end(), [&](Vertex item) {
    return recorded.find({item, flow.customer}) != nullptr;
  });
  return has_own ? Bearing::none : Bearing::maybe;
}

bool concerns(const PolicyRule& rule, Vertex supplier, Containment& containment) {
  if (!rule.origin.empty() && !containment.is_in(supplier, rule.origin)) return false;
  switch (rule.aim) {
    case PolicyAim::thing: return !rule.market.contains(supplier, containment);
    case PolicyAim::outsider: return containment.is_in(supplier, {rule.target});
    case PolicyAim::insider: return containment.is_in(supplier, rule.jurisdiction);
  }
  return false;
}

}  // namespace chokepoint::detail
