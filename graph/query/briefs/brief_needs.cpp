// What the node of a brief rests on, what stops it, who rests on it, and how concentrated its supplies are: as
// `depends`, `chokepoints`, `dependents`, `whatif` and `concentration` say.
#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/evidence_summary.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/briefs/brief_maker.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

/// Dependents of which the edges are read.
constexpr std::size_t most_dependents = 3000;
/// Graphs with more edges than this are searched for single chokepoints only, and without proofs.
constexpr std::size_t large_search = 20'000;
/// Sets of a reading that are proved.
constexpr std::size_t most_proved = 1000;

/// Ids of the sources of what proves a set.
std::vector<std::string> proof_of(const Session& session, const CutSetsResult& found, const CutSet& set,
                                  Variants variants) {
  const NodeFate fate = prove(found, set, variants);
  std::set<std::int64_t> keys;
  for (const ChainLink& link : fate.chain)
    for (const LinkMember& member : link.members)
      if (member.arc != no_arc) keys.insert(found.view->snapshot().columns().edge_key[member.arc]);
  const std::vector<std::int64_t> list(keys.begin(), keys.end());
  std::set<std::string> sources;
  for (const Edge& edge : session.reader().edges(list))
    for (const Citation& citation : edge.sources) sources.insert(citation.source);
  return {sources.begin(), sources.end()};
}

/// The sets of both readings, each once. @param proves  with the sources of what proves them
std::map<std::vector<std::string>, BriefCutSet> brief_sets(const Session& session, const CutSetsResult& found,
                                                           bool proves) {
  std::map<std::vector<std::string>, BriefCutSet> sets;
  for (const CutSetsReading* reading : {&found.any, &found.all})
    for (std::size_t i = 0; i < reading->sets.size(); ++i) {
      std::vector<std::string> members;
      for (const Vertex v : reading->sets[i].members) members.emplace_back(found.view->snapshot().id(v));
      BriefCutSet& set = sets[members];
      set.members = std::move(members);
      (reading == &found.all ? set.all : set.any) = true;
      if (proves && set.sources.empty() && i < most_proved)
        set.sources = proof_of(session, found, reading->sets[i], reading->variants);
    }
  return sets;
}

/// Who rests on whom directly.
std::map<Vertex, std::vector<Vertex>> dependents_of(const DependsResult& found) {
  std::map<Vertex, std::vector<Vertex>> below;
  for (const Arc e : found.report.arcs)
    if (found.snapshot().type_of_edge(e).dependency)
      below[dependency_of(found.snapshot(), e)].push_back(dependent_of(found.snapshot(), e));
  return below;
}

/// How many rest on a node, itself among them.
std::size_t weight_of(const std::map<Vertex, std::vector<Vertex>>& below, Vertex node) {
  std::set<Vertex> seen{node};
  std::vector<Vertex> open{node};
  while (!open.empty()) {
    const auto next = below.find(open.back());
    open.pop_back();
    if (next == below.end()) continue;
    for (const Vertex other : next->second)
      if (seen.insert(other).second) open.push_back(other);
  }
  return seen.size();
}

}  // namespace

/// The groups that the page tells, and by what the node is the kind that needs them.
void BriefMaker::draw_needs(const std::shared_ptr<const View>& view) {
  constexpr std::size_t most_drawn = 60;
  const Snapshot& snapshot = view->snapshot();
  const Vertex subject = snapshot.find(out_.node.id).value();
  std::set<Vertex> vertices{subject};
  std::set<std::pair<Vertex, Vertex>> told;
  for (const BriefNeed& need : out_.needs) {
    if (need.tier > 1 && (need.rule == "all" || vertices.size() + need.edges.size() > most_drawn)) continue;
    for (const Edge& edge : need.edges) {
      const auto from = snapshot.find(edge.from), to = snapshot.find(edge.to);
      if (!from || !to) continue;
      vertices.insert({*from, *to});
      told.emplace(*from, *to);
    }
  }
  BriefPart part{.view = view, .vertices = {vertices.begin(), vertices.end()}, .arcs = {}};
  for (const Vertex v : vertices) {
    const auto range = snapshot.out_edges(v);
    for (Arc e = range.first; e < range.last; ++e) {
      const Vertex to = snapshot.columns().to[e];
      const bool is_need = snapshot.type_of_edge(e).dependency && told.contains({v, to});
      if ((is_need || snapshot.role(e) == Role::variant) && vertices.contains(to) && view->has_edge(e))
        part.arcs.push_back(e);
    }
  }
  out_.drawn.needs = std::move(part);
}

BriefNeed BriefMaker::need_of(const DependsResult& found, const DependencyGroup& group,
                              const std::map<std::string, std::uint32_t>& tiers) const {
  const Snapshot& snapshot = found.snapshot();
  const EdgeType& type = snapshot.ontology().edge_types()[group.type];
  BriefNeed need;
  need.of = snapshot.id(group.dependent);
  need.type = type.id;
  need.rule = to_string(group.rule);
  need.needs_from = type.dependency->from_depends;
  need.k = group.k;
  need.n = group.members;
  if (group.item != no_vertex) need.item = snapshot.id(group.item);
  // A need that was passed on by a generic stands at it; how near it is, its members say.
  need.tier = 3;
  std::set<std::string> seen;
  for (const Arc e : group.arcs) {
    const Edge& edge = found.edges.at(e);
    if (const auto member = tiers.find(need.member(edge)); member != tiers.end())
      need.tier = std::min(need.tier, member->second);
    if (seen.insert(need.member(edge)).second) need.edges.push_back(edge);
  }
  std::ranges::stable_sort(need.edges,
                           [](const Edge& a, const Edge& b) { return a.share.value_or(-1) > b.share.value_or(-1); });
  return need;
}

/// What is needed whatever happens first, then what only one is recorded for; where an actor is comes last.
void BriefMaker::sort_needs() {
  std::ranges::stable_sort(out_.needs, {}, [&](const BriefNeed& need) {
    const bool is_all = need.rule == "all", is_seat = role_of(session_->ontology(), need.type) == Role::seat;
    const int own = (is_all ? 0 : 1) + (need.of == out_.node.id ? 0 : 2), next = need.is_sole() ? 0 : is_all ? 2 : 1;
    return std::tuple(need.tier, is_seat ? 4 : need.tier == 1 ? own : next);
  });
}

void BriefMaker::ask_needs() {
  DependsParams question{.node = out_.node.id, .edges = false, .view = params_->view};
  out_.rests_on = follow_dependencies(*session_, question).nodes().size();
  if (out_.rests_on == 0) return;
  question.edges = true;
  question.depth = 2;
  const DependsResult found = follow_dependencies(*session_, question);
  std::map<std::string, std::uint32_t> tiers{{out_.node.id, 0}};
  for (const DependencyNode& node : found.nodes()) tiers.emplace(found.snapshot().id(node.vertex), node.tier);
  for (const DependencyGroup& group : found.groups) {
    BriefNeed need = need_of(found, group, tiers);
    if (need.tier == 0 || need.tier > 2) continue;
    const bool is_own = need.of == out_.node.id;
    if (is_own) need.tier = 1;
    // What a tier 1 node needs stands on tier 2, also where its member was met before.
    if (!is_own && tiers.contains(need.of) && tiers.at(need.of) == 1) need.tier = 2;
    out_.needs.push_back(std::move(need));
  }
  sort_needs();
  if (params_->drawn) draw_needs(found.view);
}

/// What stops it alone by rank; all else nearest to the node first, as `depends` counts the tiers.
void BriefMaker::sort_stops(BriefStops& stops, const CutSetsResult& found) {
  std::map<std::string, std::size_t> ranks;
  const Snapshot& snapshot = found.view->snapshot();
  for (const RankedStop& stop : rank_stops(*session_, found)) {
    const std::string id(snapshot.id(stop.vertex));
    ranks.emplace(id, ranks.size());
    const auto set = std::ranges::find(stops.alone, std::vector{id}, &BriefCutSet::members);
    if (set != stops.alone.end() && stop.holder != no_vertex) set->holder = snapshot.id(stop.holder);
  }
  const DependsResult reached =
      follow_dependencies(*session_, {.node = out_.node.id, .edges = false, .view = params_->view});
  std::map<std::string, std::uint64_t> tiers;
  for (const DependencyNode& node : reached.nodes()) tiers.emplace(reached.snapshot().id(node.vertex), node.tier);
  const auto tier_of = [&](const BriefCutSet& set) {
    std::uint64_t sum = 0;
    for (const std::string& id : set.members) sum += tiers.contains(id) ? tiers.at(id) : 1000;
    const auto rank = ranks.find(set.members.front());
    const bool is_ranked = set.members.size() == 1 && rank != ranks.end();
    return std::tuple(!set.any, is_ranked ? rank->second : ranks.size(), sum, set.members);
  };
  for (auto* list : {&stops.alone, &stops.pairs})
    std::ranges::sort(*list, [&](const BriefCutSet& a, const BriefCutSet& b) { return tier_of(a) < tier_of(b); });
}

void BriefMaker::read_unknown(const CutSetsResult& found) {
  const TargetCoverage& layer = found.layers.back();
  const RequirementCoverage& coverage = layer.requirements;
  constexpr std::size_t most_named = 100;
  BriefUnknown& unknown = out_.unknown;
  unknown.without_supplier = coverage.without_supplier.size();
  unknown.supplies = coverage.supplier_groups;
  unknown.unknown_shares = coverage.groups_of_unknown_share;
  unknown.rests = coverage.groups_with_rest;
  unknown.edges = layer.evidence.size();
  if (layer.evidence.size() <= most_counted_edges)
    unknown.on_one_source = count_evidence(*session_, found.view->snapshot(), layer.evidence).single_source;
  for (std::size_t i = 0; i < std::min(coverage.without_supplier.size(), most_named); ++i)
    unknown.unsupplied.emplace_back(found.view->snapshot().id(coverage.without_supplier[i]));
}

void BriefMaker::ask_stops() {
  BriefStops stops;
  stops.asked = !out_.is_large;
  if (!stops.asked) {
    out_.stops = std::move(stops);
    return;
  }
  const bool is_small = session_->edge_count() <= large_search;
  stops.order = is_small ? 2 : 1;
  ChokepointsParams question{.target = out_.node.id, .order = stops.order};
  question.threads = params_->threads;
  question.keep_going = params_->keep_going;
  question.view = params_->view;
  const auto found = std::make_shared<const CutSetsResult>(find_cut_sets(*session_, question));
  stops.complete = found->complete();
  stops.impossible = found->impossible();
  for (const CutSetsReading* reading : {&found->all, &found->any})
    if (reading->impossible && !reading->impossible->policies.empty()) {
      stops.policies.clear();
      for (const Vertex v : reading->impossible->policies) stops.policies.emplace_back(found->view->snapshot().id(v));
    }
  for (auto& [members, set] : brief_sets(*session_, *found, is_small))
    (members.size() == 1 ? stops.alone : stops.pairs).push_back(std::move(set));
  sort_stops(stops, *found);
  stops.with_remainder = remainder_sets(*found);
  read_unknown(*found);
  const bool is_found = !stops.alone.empty() || !stops.pairs.empty();
  if (params_->drawn && is_found) out_.drawn.stops = found;
  out_.stops = std::move(stops);
}

/// What is impossible without the node, in the order of how much rests on it in turn.
void BriefMaker::ask_stopped(const DependsResult& found) {
  if (!found.stops) return;
  const auto below = dependents_of(found);
  const Snapshot& snapshot = found.snapshot();
  std::vector<std::tuple<bool, std::size_t, std::string>> order;
  for (const Vertex v : found.stops->alone) {
    if (!found.stops->alone_if_all.contains(v)) continue;
    // Things before those who make them.
    const bool is_thing = snapshot.layer(v) == Layer::none;
    order.emplace_back(!is_thing, std::numeric_limits<std::size_t>::max() - weight_of(below, v), snapshot.id(v));
  }
  out_.dependents->may_stop = found.stops->alone.size() + found.stops->alone_if_all.size() - 2 * order.size();
  std::ranges::sort(order);
  for (auto& [is_other, rank, id] : order) out_.dependents->stopped.push_back(std::move(id));
}

void BriefMaker::ask_dependents() {
  DependsParams question{.node = out_.node.id, .dependents = true, .edges = false, .view = params_->view};
  const DependsResult counted = follow_dependencies(*session_, question);
  const DependsCounts counts = count_nodes(counted);
  BriefDependents dependents;
  dependents.count = counts.nodes;
  if (dependents.count == 0) return;
  for (const DependsTier& tier : counts.tiers)
    if (tier.tier == 1) dependents.direct = tier.count;
  for (const DependsType& type : counts.types)
    dependents.types.emplace_back(counted.snapshot().ontology().node_types()[type.type].id, type.count);
  std::ranges::stable_sort(dependents.types, std::greater<>{}, [](const auto& type) { return type.second; });
  out_.dependents = std::move(dependents);
  if (out_.is_large || out_.dependents->count > most_dependents) return;
  question.edges = true;
  question.stops = true;
  const DependsResult found = follow_dependencies(*session_, question);
  std::set<std::string> direct;
  for (const DependencyNode& node : found.nodes())
    if (node.tier == 1) direct.emplace(found.snapshot().id(node.vertex));
  std::map<std::string, const Edge*> by_id;
  for (const auto& [arc, edge] : found.edges) by_id.emplace(edge.id, &edge);
  for (const auto& [id, edge] : by_id) {
    const bool is_direct = (edge->to == out_.node.id && direct.contains(edge->from)) ||
                           (edge->from == out_.node.id && direct.contains(edge->to));
    if (is_direct) out_.dependents->edges.push_back(*edge);
  }
  ask_stopped(found);
}

/// @param node  empty: of every supply
ConcentrationResult BriefMaker::concentration_of(const std::string& node) {
  ConcentrationParams question;
  question.node = node;
  question.view = params_->view;
  return measure_concentration(*session_, question);
}

/// Of the thing itself, or of what it needs directly; for an actor or a place, the supplies that it leads.
void BriefMaker::read_supplies(const ConcentrationResult& found) {
  std::set<std::string> wanted{out_.node.id};
  for (const BriefNeed& need : out_.needs)
    if (need.tier == 1)
      for (const Edge& edge : need.edges) wanted.insert(need.member(edge));
  const auto id_of = [&](Vertex v) {
    return v == no_vertex ? std::string() : std::string(found.view->snapshot().id(v));
  };
  const bool leads = out_.kind == BriefKind::actor || out_.kind == BriefKind::place;
  for (const Concentration& each : found.supplies) {
    BriefConcentration row;
    row.node = id_of(each.node);
    row.customer = id_of(each.customer);
    row.top = id_of(each.top);
    row.by_place = each.layer == Layer::place;
    const bool is_own = row.node == out_.node.id || row.customer == out_.node.id;
    const bool is_led = leads && row.top == out_.node.id;
    if (!is_led && !is_own && !(row.customer.empty() && wanted.contains(row.node) && !leads)) continue;
    if (!is_led && leads && !is_own) continue;
    row.suppliers = each.suppliers;
    row.hhi_low = each.hhi_low;
    row.hhi_high = each.hhi_high;
    row.top_share = each.top_share;
    row.recorded_sum = each.recorded_sum;
    row.share_sum = each.share_sum;
    row.complete = each.complete;
    out_.concentration.push_back(std::move(row));
  }
}

/// The sources of the first rows.
void BriefMaker::read_supply_sources() {
  std::size_t shown = 0;
  for (BriefConcentration& row : out_.concentration) {
    if (params_->limit > 0 && ++shown > 2 * params_->limit) break;
    const ConcentrationResult single = concentration_of(row.node);
    std::set<std::string> sources;
    std::set<Arc> arcs;
    for (const Concentration& each : single.supplies) arcs.insert(each.arcs.begin(), each.arcs.end());
    std::vector<std::int64_t> keys;
    for (const Arc e : arcs) keys.push_back(single.view->snapshot().columns().edge_key[e]);
    for (const Edge& edge : session_->reader().edges(keys))
      for (const Citation& citation : edge.sources) sources.insert(citation.source);
    row.sources.assign(sources.begin(), sources.end());
  }
}

void BriefMaker::ask_concentration() {
  read_supplies(concentration_of(out_.is_large ? out_.node.id : std::string()));
  const bool leads = out_.kind == BriefKind::actor || out_.kind == BriefKind::place;
  std::ranges::stable_sort(out_.concentration, {}, [&](const BriefConcentration& row) {
    const bool is_own = row.node == out_.node.id;
    return std::tuple(!is_own, row.share_sum <= 0, leads ? -row.top_share : -row.hhi_low);
  });
  // Nothing is known of a supply without shares but how many they are.
  bool is_told = false;
  std::erase_if(out_.concentration, [&](const BriefConcentration& row) {
    if (row.share_sum > 0) return false;
    return row.node != out_.node.id || !row.customer.empty() || std::exchange(is_told, true);
  });
  read_supply_sources();
  if (params_->drawn && out_.kind == BriefKind::thing) out_.drawn.supplies = concentration_of(out_.node.id);
}

}  // namespace chokepoint::detail
