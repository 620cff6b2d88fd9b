#include "analysis/requirements/roles.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace chokepoint::detail {

namespace {

GroupKind kind_of(Role role) {
  switch (role) {
    case Role::flow:
    case Role::supply: return GroupKind::supplier;
    case Role::make: return GroupKind::maker;
    case Role::need: return GroupKind::need;
    case Role::variant: return GroupKind::variant;
    case Role::step: return GroupKind::step;
    case Role::seat: return GroupKind::seat;
    default: return GroupKind::other;
  }
}

/// Adds the other ends of the variant edges at `v`: those it depends on, or those that depend on it.
void variant_neighbours(const View& view, const std::vector<EdgeRule>& rules, Vertex v, bool wants_variants,
                        std::vector<Vertex>& out) {
  const Snapshot& snapshot = view.snapshot();
  const auto add = [&](Arc e) {
    const EdgeRule& rule = rules[snapshot.columns().edge_type[e]];
    if (!rule.is_hard) return;
    const Vertex generic = dependent_of(snapshot, rule, e);
    const Vertex variant = provider_of(snapshot, rule, e);
    if (wants_variants && generic == v) out.push_back(variant);
    if (!wants_variants && variant == v) out.push_back(generic);
  };
  for_each_out(view, Role::variant, v, add);
  for_each_in(view, Role::variant, v, add);
}

std::vector<Vertex> closure(const View& view, const std::vector<EdgeRule>& rules, std::vector<Vertex> start,
                            bool wants_variants) {
  std::unordered_set<Vertex> seen(start.begin(), start.end());
  std::vector<Vertex> near;
  for (std::size_t i = 0; i < start.size(); ++i) {
    near.clear();
    variant_neighbours(view, rules, start[i], wants_variants, near);
    for (const Vertex w : near) {
      if (seen.insert(w).second) start.push_back(w);
    }
  }
  std::sort(start.begin(), start.end());
  return start;
}

/// Whether edges of a type may hand something on in a way that is not that from provider to dependent.
bool has_ways_of_its_own(const EdgeType& type, const EdgeRule& rule) {
  if (type.role == Role::restrict) return true;
  return rule.is_hard && (rule.is_flow || rule.kind == GroupKind::variant || rule.kind == GroupKind::step);
}

}  // namespace

const EdgeRule& checked_rule(const Snapshot& snapshot, const std::vector<EdgeRule>& rules, Arc e) {
  const SnapshotColumns& columns = snapshot.columns();
  if (e >= snapshot.edge_count()) throw DamagedSnapshot("names an edge that is not there");
  const auto is_there = [&](Vertex v) { return v < snapshot.vertex_count(); };
  if (columns.edge_type[e] >= rules.size() || !is_there(columns.from[e]) || !is_there(columns.to[e]) ||
      !(columns.item[e] == no_vertex || is_there(columns.item[e])))
    throw DamagedSnapshot("names a node or a type that is not there");
  return rules[columns.edge_type[e]];
}

bool is_plain(const Snapshot& snapshot, const std::vector<EdgeRule>& rules, const RecordCounts& counts) {
  if (counts.edge_types.size() != rules.size()) return false;
  const auto& types = snapshot.ontology().edge_types();
  for (std::size_t type = 0; type < rules.size(); ++type)
    if (counts.edge_types[type] > 0 && has_ways_of_its_own(types[type], rules[type])) return false;
  return true;
}

bool states_shares(const Snapshot& snapshot) {
  const Column<float>& shares = snapshot.columns().share;
  return !shares.is_constant() || (!shares.empty() && !std::isnan(shares.front()));
}

std::vector<EdgeRule> edge_rules(const Ontology& ontology) {
  std::vector<EdgeRule> rules;
  rules.reserve(ontology.edge_types().size());
  for (const EdgeType& type : ontology.edge_types()) {
    EdgeRule rule;
    rule.kind = kind_of(type.role);
    rule.is_flow = type.role == Role::flow;
    if (type.dependency) {
      rule.rule = type.dependency->group;
      rule.from_depends = type.dependency->from_depends;
      rule.is_hard = type.dependency->strength == Strength::hard && rule.rule != GroupRule::soft;
    }
    rules.push_back(rule);
  }
  return rules;
}

void variants_of(const View& view, const std::vector<EdgeRule>& rules, Vertex generic, std::vector<Vertex>& out) {
  variant_neighbours(view, rules, generic, true, out);
}

void generics_of(const View& view, const std::vector<EdgeRule>& rules, Vertex variant, std::vector<Vertex>& out) {
  variant_neighbours(view, rules, variant, false, out);
}

std::vector<Vertex> variant_closure(const View& view, const std::vector<EdgeRule>& rules, Vertex thing) {
  return closure(view, rules, {thing}, true);
}

std::vector<Vertex> generic_closure(const View& view, const std::vector<EdgeRule>& rules,
                                    const std::vector<Vertex>& things) {
  std::vector<Vertex> above = closure(view, rules, things, false);
  std::erase_if(above, [&](Vertex v) { return std::binary_search(things.begin(), things.end(), v); });
  return above;
}

}  // namespace chokepoint::detail
