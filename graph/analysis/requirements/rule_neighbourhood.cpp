#include "analysis/requirements/rule_neighbourhood.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::detail {

namespace {

/// What a need brings with it.
unsigned with_smaller(unsigned needs) {
  if ((needs & need_handed) != 0) needs |= need_touched;
  if ((needs & need_touched) != 0) needs |= need_passing | need_flows;
  if ((needs & need_read) != 0) needs |= need_known | need_flows;
  if ((needs & need_lent) != 0) needs |= need_supply;
  if ((needs & (need_passing | need_supply)) != 0) needs |= need_known;
  if ((needs & need_known) != 0) needs |= need_kin;
  return needs;
}

}  // namespace

RuleNeighbourhood::RuleNeighbourhood(const DeltaSnapshot& whole, const RecordCounts& counts, Aim aim, std::size_t most)
    : whole_(whole), aim_(aim), most_(most), needs_(whole.number_count(), 0) {
  const auto& types = whole.rows().ontology().edge_types();
  const std::vector<EdgeRule> rules = edge_rules(whole.rows().ontology());
  for (std::size_t number = 0; number < types.size(); ++number) {
    const Type& type =
        types_.emplace_back(Type{rules[number], types[number].role, types[number].dependency.has_value()});
    const bool is_kin =
        type.rule.is_hard && (type.rule.kind == GroupKind::variant || type.rule.kind == GroupKind::step);
    const auto is_seen = [&](bool at_begin) {
      if (type.role == Role::part && at_begin) return true;
      if (type.role == Role::issue && !at_begin) return true;
      return type.rule.is_hard && (is_kin || type.rule.from_depends == at_begin);
    };
    for (const bool at_begin : {true, false}) {
      (at_begin ? looked_at_.at_begin : looked_at_.at_end).push_back(is_seen(at_begin) ? 1 : 0);
      (at_begin ? looked_at_in_loss_.at_begin : looked_at_in_loss_.at_end)
          .push_back(is_seen(at_begin) || type.rule.is_hard ? 1 : 0);
    }
    const bool is_there = number >= counts.edge_types.size() || counts.edge_types[number] > 0;
    has_deliveries_ = has_deliveries_ || (is_there && type.rule.is_flow && type.rule.is_hard);
    has_restrictions_ = has_restrictions_ || (is_there && type.role == Role::restrict);
  }
  find_deliveries();
}

void RuleNeighbourhood::find_deliveries() {
  if (!has_deliveries_) return;
  std::vector<std::uint8_t> wanted;
  for (const Type& type : types_) wanted.push_back(type.rule.is_flow && type.rule.is_hard ? 1 : 0);
  whole_.for_each_of_types(wanted, [&](const Snapshot& snapshot, Arc e, std::uint16_t type) {
    const SnapshotColumns& columns = snapshot.columns();
    const Vertex item = whole_.number(snapshot, columns.item[e]);
    if (item == no_vertex) return;
    const Vertex from = whole_.number(snapshot, columns.from[e]), to = whole_.number(snapshot, columns.to[e]);
    const bool from_depends = types_[type].rule.from_depends;
    deliveries_.push_back({item, from_depends ? to : from, from_depends ? from : to, e, &snapshot == &whole_.rows()});
  });
  std::sort(deliveries_.begin(), deliveries_.end(),
            [](const Delivery& a, const Delivery& b) { return a.item < b.item; });
}

void RuleNeighbourhood::add(Vertex v, unsigned needs) {
  if (v == no_vertex) return;
  // Where policies take something from others, too, what a loss comes to may rest on that.
  if ((needs & (need_touched | need_handed)) != 0 && !restrictions_.empty()) needs |= need_read;
  const unsigned added = with_smaller(needs) & ~unsigned{needs_[v]};
  if (added == 0) return;
  if (needs_[v] == 0) ++count_;
  needs_[v] |= static_cast<std::uint16_t>(added);
  if ((added & need_touched) != 0) loses_place_ = loses_place_ || whole_.layer(v) == Layer::place;
  queue_.emplace_back(v, static_cast<std::uint16_t>(added));
}

bool RuleNeighbourhood::spread() {
  while (true) {
    while (!queue_.empty() && count_ <= most_) {
      const auto [v, needs] = queue_.back();
      queue_.pop_back();
      follow(v, needs);
    }
    if (count_ > most_) return false;
    follow_restrictions();
    if (aim_ == Aim::answer && loses_place_ && !std::exchange(has_open_rests_, true)) add_open_rests();
    if (queue_.empty()) return count_ <= most_;
  }
}

void RuleNeighbourhood::follow(Vertex v, unsigned needs) {
  const bool is_lost = (needs & (need_touched | need_handed)) != 0;
  spare_.begin_node();
  for_each_side(v, is_lost ? looked_at_in_loss_ : looked_at_, [&](const Side& side) { follow_side(side, needs); });
  if ((needs & need_known) != 0 && is_actor(v)) follow_makers_of_variant(v);
  if ((needs & (need_flows | need_read)) != 0) follow_deliveries_of(v, needs);
}

void RuleNeighbourhood::follow_side(const Side& side, unsigned needs) {
  const bool is_known = (needs & need_known) != 0;
  if (is_known &&
      ((side.type->role == Role::part && side.is_begin) || (side.type->role == Role::issue && !side.is_begin)))
    add(side.there, need_known);
  if (!side.type->rule.is_hard) return;
  if (side.type->rule.is_flow)
    follow_delivery(side, needs);
  else if (side.is_dependent())
    follow_to_provider(side, needs);
  else
    follow_to_dependent(side, needs);
}

/// What a node looks at of what it depends on.
void RuleNeighbourhood::follow_to_provider(const Side& side, unsigned needs) {
  const bool is_known = (needs & need_known) != 0;
  bool is_read = (needs & need_read) != 0;
  const Layer layer = whole_.layer(side.here);
  switch (side.type->rule.kind) {
    // What a generic lacks its variants lack, which have its needs and take its suppliers over.
    case GroupKind::variant:
      add(side.there, needs & (need_read | need_handed | need_flows));
      if ((needs & (need_flows | need_passing)) != 0) add(side.there, need_known);
      return;
    case GroupKind::step:
      if (is_known) add(side.there, need_kin);
      if ((needs & need_passing) != 0) add(side.there, need_known);
      add(side.there, needs & (need_read | need_handed));
      if ((needs & need_lent) != 0) add(side.there, need_read);
      return;
    case GroupKind::supplier:
    case GroupKind::maker:
      // Actors and places do not stop for want of a supply.
      if (is_known && layer == Layer::none) add(side.there, need_known);
      if ((needs & (need_read | need_supply)) != 0 && layer == Layer::none) add(side.there, need_read);
      return;
    default: break;
  }
  const bool is_need = side.type->rule.kind == GroupKind::need;
  is_read = is_read || (is_need && (needs & need_lent) != 0);
  const bool is_seat = side.type->rule.kind == GroupKind::seat;
  if (is_known) add(side.there, is_seat ? need_known : need_kin);
  if (is_need && (needs & need_passing) != 0) add(side.there, need_known | need_flows);
  if (!is_read) return;
  // What a place lacks is passed on to nobody; a walk ends there.
  if (layer == Layer::place && aim_ == Aim::answer && !is_seat) return;
  const bool is_end = aim_ == Aim::walk && whole_.layer(side.there) == Layer::place;
  add(side.there, is_end ? need_known : need_read);
}

/// What a node looks at of what depends on it.
void RuleNeighbourhood::follow_to_dependent(const Side& side, unsigned needs) {
  const EdgeRule& rule = side.type->rule;
  if (rule.kind == GroupKind::variant) {
    add(side.there, needs & (need_lent | need_supply | need_touched | need_passing | need_known | need_kin));
    if ((needs & need_read) != 0) add(side.there, need_lent);
    return;
  }
  if (rule.kind == GroupKind::step) {
    if ((needs & need_touched) != 0) add(side.there, need_handed);
    if ((needs & need_read) != 0) add(side.there, need_supply);
    return;
  }
  if ((needs & need_touched) == 0 || !counts(side)) return;
  const Layer layer = whole_.layer(side.there);
  // A place fails with the place that it lies in, and with nothing else.
  const bool is_in_place =
      rule.kind == GroupKind::seat && (aim_ == Aim::answer || whole_.layer(side.here) == Layer::place);
  const bool is_held_place = layer == Layer::place && !is_in_place;
  const bool is_held_actor =
      layer == Layer::actor && is_provision(rule.kind) && !restricts_actors_ && !has_variants(side.there);
  const bool is_handed_on = is_provision(rule.kind) || rule.kind == GroupKind::need;
  if (is_held_place || is_held_actor || !has_less(side))
    add(side.there, need_passing);
  else
    add(side.there, is_handed_on ? need_handed : need_touched);
}

RuleNeighbourhood::Alternatives RuleNeighbourhood::alternatives_of(const Side& side) const {
  const SnapshotColumns& columns = side.snapshot->columns();
  return {side.is_dependent() ? side.here : side.there, columns.edge_type[side.arc],
          std::string(side.snapshot->group_name(side.arc)),
          side.type->rule.kind == GroupKind::seat && columns.mode[side.arc] != 0};
}

std::int64_t RuleNeighbourhood::spare_of(const Alternatives& group) const {
  std::vector<Vertex> members;
  std::uint32_t k = 1;
  for_each_side(group.owner, looked_at_, [&](const Side& side) {
    const bool is_row = side.type->rule.is_hard && side.is_dependent() && counts(side);
    if (!is_row || alternatives_of(side) != group) return;
    members.push_back(side.there);
    k = std::max(k, side.snapshot->columns().k[side.arc]);
  });
  sort_unique(members);
  return static_cast<std::int64_t>(members.size()) - k;
}

bool RuleNeighbourhood::has_less(const Side& side) {
  const EdgeRule& rule = side.type->rule;
  if (!base_ || !all_or_nothing_ || is_provision(rule.kind)) return true;
  const Alternatives group = alternatives_of(side);
  if (rule.rule == GroupRule::all && group.name.empty() && !group.is_site) return true;
  // What a generic needs its variants need, some of them without some of the alternatives.
  if (rule.kind == GroupKind::need && has_variants(side.there)) return true;
  return spare_.has_less_without(group, [&] { return spare_of(group); });
}

bool RuleNeighbourhood::has_variants(Vertex v) const {
  bool has = false;
  for_each_side(v, looked_at_, [&](const Side& side) {
    has = has || (side.type->rule.is_hard && side.type->rule.kind == GroupKind::variant && side.is_dependent());
  });
  return has;
}

/// A delivery, seen by who supplies it or who gets it.
void RuleNeighbourhood::follow_delivery(const Side& side, unsigned needs) {
  const Vertex item = whole_.number(*side.snapshot, side.snapshot->columns().item[side.arc]);
  if (item == no_vertex) return;
  const bool is_start = (needs & need_start) != 0;
  if (side.is_dependent()) {
    // A place is short of what is delivered into it.
    if (is_start && (needs & need_read) != 0) {
      add(item, need_read);
      add(side.there, need_read);
    }
    return;
  }
  if ((needs & need_touched) == 0) return;
  add_lost_in(side.there, item);
  if (aim_ == Aim::walk && whole_.layer(side.there) == Layer::place) add(side.there, need_passing);
}

/// The makers of an actor, which are looked at only where it is a variant of something.
void RuleNeighbourhood::follow_makers_of_variant(Vertex actor) {
  bool is_variant = false;
  std::vector<Vertex> makers;
  for_each_side(actor, looked_at_, [&](const Side& side) {
    const EdgeRule& rule = side.type->rule;
    if (!rule.is_hard || rule.is_flow) return;
    is_variant = is_variant || rule.kind == GroupKind::variant;
    if (is_provision(rule.kind) && side.is_dependent()) makers.push_back(side.there);
  });
  if (!is_variant) return;
  for (const Vertex maker : makers) add(maker, need_known);
}

void RuleNeighbourhood::follow_deliveries_of(Vertex item, unsigned needs) {
  auto delivery = std::lower_bound(deliveries_.begin(), deliveries_.end(), item,
                                   [](const Delivery& each, Vertex v) { return each.item < v; });
  for (; delivery != deliveries_.end() && delivery->item == item; ++delivery) {
    add(delivery->customer, need_known);
    add(delivery->supplier, (needs & need_read) != 0 ? need_read : need_known);
  }
}

Vertex RuleNeighbourhood::owner_of(const Snapshot& snapshot, Arc e, const Type& type) const {
  const SnapshotColumns& columns = snapshot.columns();
  const Vertex owner = type.rule.is_flow ? columns.item[e] : type.rule.from_depends ? columns.from[e] : columns.to[e];
  return whole_.number(snapshot, owner);
}

void RuleNeighbourhood::begin_loss(bool in_part) {
  // Cycles through what alternatives hold matter where anything may have a part, see affected_nodes.
  all_or_nothing_ = !in_part && !has_restrictions_ && !states_shares(*whole_.base()) && !states_shares(whole_.rows());
  if (restrictions_.empty()) add_lacking();
}

/// Who asks for several members may lack some whatever is lost.
void RuleNeighbourhood::add_lacking() {
  const auto asks_for_several = [](const SnapshotColumns& columns) {
    return !columns.k.is_constant() || (!columns.k.empty() && columns.k.front() > 1);
  };
  if (!asks_for_several(whole_.base()->columns()) && !asks_for_several(whole_.rows().columns())) return;
  std::vector<std::uint8_t> hard;
  for (const Type& type : types_) hard.push_back(type.rule.is_hard ? 1 : 0);
  whole_.for_each_of_types(hard, [&](const Snapshot& snapshot, Arc e, std::uint16_t type) {
    if (snapshot.columns().k[e] > 1 && count_ <= most_) add(owner_of(snapshot, e, types_[type]), need_handed);
  });
}

/// What is left of a supply that names shares may lie anywhere.
void RuleNeighbourhood::add_open_rests() {
  std::vector<std::uint8_t> supplies;
  for (const Type& type : types_)
    supplies.push_back(type.rule.is_hard && (type.rule.kind == GroupKind::supplier || type.rule.is_flow) ? 1 : 0);
  whole_.for_each_of_types(supplies, [&](const Snapshot& snapshot, Arc e, std::uint16_t type) {
    if (!std::isnan(snapshot.columns().share[e]) && count_ <= most_)
      add(owner_of(snapshot, e, types_[type]), need_handed);
  });
}

EdgeChoice RuleNeighbourhood::choice(unsigned needs) const {
  EdgeChoice choice;
  const bool is_known = (needs & need_known) != 0, is_walked = (needs & (need_read | need_touched)) != 0;
  for (const Type& type : types_) {
    const bool is_walk = aim_ == Aim::walk && is_walked;
    const auto is_taken = [&](bool at_begin) {
      if (is_known && at_begin && (type.role == Role::part || type.role == Role::restrict)) return true;
      if (is_known && !at_begin && type.role == Role::issue) return true;
      // Deliveries come with their items.
      if (type.rule.is_flow && type.rule.is_hard && !is_walk) return false;
      if (is_walked && (!type.is_dependency || type.rule.from_depends == at_begin)) return true;
      if (!type.rule.is_hard) return false;
      if (is_walk && (needs & need_touched) != 0) return true;
      return type.rule.from_depends == at_begin && (is_known || type.rule.kind == GroupKind::variant);
    };
    choice.at_begin.push_back(is_taken(true) ? 1 : 0);
    choice.at_end.push_back(is_taken(false) ? 1 : 0);
  }
  return choice;
}

/// Whatever else is said of two nodes that an answer may name.
void RuleNeighbourhood::add_edges_between(DeltaArcs& arcs) const {
  std::vector<Vertex> known;
  for (Vertex v = 0; v < needs_.size(); ++v)
    if (has(v, need_known)) known.push_back(v);
  whole_.add_between(
      known, [this](Vertex other) { return has(other, need_known); }, arcs);
}

std::shared_ptr<const Snapshot> RuleNeighbourhood::part(std::vector<PartPiece> pieces, DeltaArcs more) const {
  const std::size_t first = pieces.size();
  for (const unsigned needs : {0U + need_kin, 0U + need_known, need_known | need_read, need_known | need_touched,
                               need_known | need_read | need_touched})
    pieces.push_back({{}, choice(needs)});
  for (Vertex v = 0; v < needs_.size(); ++v) {
    if (needs_[v] == 0) continue;
    const bool is_read = has(v, need_read), is_touched = has(v, need_touched);
    const std::size_t piece = !has(v, need_known) ? 0 : 1U + (is_read ? 1U : 0U) + (is_touched ? 2U : 0U);
    pieces[first + piece].nodes.push_back(v);
  }
  add_edges_between(more);
  for (const Delivery& each : deliveries_)
    if (has(each.item, need_flows)) (each.is_of_rows ? more.of_rows : more.of_base).push_back(each.arc);
  return whole_.part(pieces, std::move(more));
}

}  // namespace chokepoint::detail
