// What policies bear on: of a question about what something rests on, the flows that they derive for others too; of a
// loss, all that they may take from anybody.
#include "analysis/requirements/rule_neighbourhood.hpp"

#include <algorithm>

namespace chokepoint::detail {

void RuleNeighbourhood::obey_policies(const View& base) {
  base_ = base;
  rows_ = View::local(whole_.shared_rows(), base.options());
  if (!has_restrictions_) return;
  const auto wanted = edge_types_of(whole_.rows().ontology(), Role::restrict);
  whole_.for_each_of_types(wanted, [&](const Snapshot& snapshot, Arc e, std::uint16_t) {
    // One that does not hold on the day acts for nobody who was not named.
    if (!(&snapshot == &whole_.rows() ? *rows_ : base).has_edge(e)) return;
    const SnapshotColumns& columns = snapshot.columns();
    const Restriction restriction{whole_.number(snapshot, columns.from[e]), whole_.number(snapshot, columns.to[e]),
                                  whole_.number(snapshot, columns.item[e]), whole_.number(snapshot, columns.market[e])};
    add(restriction.policy, need_known);
    for (const Vertex place : {columns.market[e], columns.origin[e]}) add(whole_.number(snapshot, place), need_known);
    restricts_actors_ = restricts_actors_ || is_actor(restriction.target);
    restrictions_.push_back(restriction);
  });
}

/// Of a thing and its kin what is delivered into a market or to a customer: whoever requires it there may lack it.
void RuleNeighbourhood::add_lost_in(Vertex market, Vertex thing) {
  for (const Vertex kin : family_of(thing)) {
    // What is delivered needs what the thing needs, which policies may have cut.
    add(kin, need_passing | need_flows | (restrictions_.empty() ? 0U : need_read));
    std::vector<Vertex> needy;
    for_each_side(kin, looked_at_in_loss_, [&](const Side& side) {
      // Only needs draw on deliveries.
      if (side.type->rule.is_hard && side.type->rule.kind == GroupKind::need && !side.is_dependent())
        needy.push_back(side.there);
    });
    for (const Vertex v : needy) {
      // What a generic or a whole requires, those below require, too.
      const std::vector<Vertex> below = family_of(v);
      if (std::any_of(below.begin(), below.end(), [&](Vertex each) { return may_be_in(each, market); }))
        add(v, whole_.layer(v) == Layer::place ? need_passing : need_handed);  // a place lacks it and goes on
    }
  }
}

/// A thing, and whatever variant edges link it with.
std::vector<Vertex> RuleNeighbourhood::family_of(Vertex thing) const {
  std::vector<Vertex> family{thing};
  std::unordered_set<Vertex> seen{thing};
  for (std::size_t i = 0; i < family.size() && family.size() <= most_; ++i) {
    for_each_side(family[i], looked_at_, [&](const Side& side) {
      const EdgeRule& rule = side.type->rule;
      if (rule.is_hard && rule.kind == GroupKind::variant && seen.insert(side.there).second)
        family.push_back(side.there);
    });
  }
  return family;
}

/// Whether a way leads from a node to a place, by where it is, or by who makes it or anything that it is a variant of.
bool RuleNeighbourhood::may_be_in(Vertex v, Vertex place) const {
  std::vector<Vertex> found = family_of(v);
  std::unordered_set<Vertex> seen(found.begin(), found.end());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == place || found.size() > most_) return true;
    const bool is_thing = !is_actor(found[i]);
    for_each_side(found[i], looked_at_, [&](const Side& side) {
      const EdgeRule& rule = side.type->rule;
      const bool is_whole = side.type->role == Role::part && side.is_begin;
      const bool is_maker = rule.is_hard && !rule.is_flow && side.is_dependent() &&
                            (rule.kind == GroupKind::seat || (is_thing && is_provision(rule.kind)));
      if ((is_whole || is_maker) && seen.insert(side.there).second) found.push_back(side.there);
    });
  }
  return false;
}

void RuleNeighbourhood::follow_restrictions() {
  for (const Restriction& each : restrictions_) follow_restriction(each);
}

void RuleNeighbourhood::follow_restriction(const Restriction& restriction) {
  if (is_actor(restriction.target)) {
    if (!has(restriction.target, need_known)) return;
    std::vector<Vertex> provided;
    for_each_side(restriction.target, looked_at_in_loss_, [&](const Side& side) {
      const EdgeRule& rule = side.type->rule;
      const bool is_provided = rule.is_hard && !rule.is_flow && !side.is_dependent() && is_provision(rule.kind);
      if (is_provided) provided.push_back(side.there);
    });
    add(restriction.item, need_known);
    for (const Vertex thing : provided) {
      add(thing, need_known);
      add_family(thing);
    }
    return;
  }
  constexpr unsigned is_drawn_on = need_read | need_lent;
  const bool is_met =
      has(restriction.target, is_drawn_on) || (restriction.item != no_vertex && has(restriction.item, is_drawn_on));
  if (!is_met) return;
  for (const Vertex thing : {restriction.target, restriction.item}) {
    if (thing == no_vertex) continue;
    add(thing, need_known);
    add_family(thing);
  }
}

/// Whoever requires a thing, or what it is a variant of, or a variant of it: for them too flows of it are derived.
void RuleNeighbourhood::add_family(Vertex thing) {
  for (const Vertex kin : family_of(thing))
    if (has(kin, need_read | need_lent)) add_dependents_of(kin);
}

void RuleNeighbourhood::add_dependents_of(Vertex thing) {
  if (!asked_for_dependents_.insert(thing).second) return;
  for_each_side(thing, looked_at_in_loss_, [&](const Side& side) {
    if (side.type->rule.is_hard && side.type->rule.kind == GroupKind::need && !side.is_dependent())
      add(side.there, need_known);
  });
}

}  // namespace chokepoint::detail
