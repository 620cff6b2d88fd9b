// Question: what is known of one node? Method: the questions of the other commands are asked one after the other and
// what answers them is kept; nothing is worked out here a second time, so that a page agrees with them.

#include "chokepoint/query/brief.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/concentration.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/figures.hpp"
#include "chokepoint/query/timeline.hpp"
#include "chokepoint/query/whatif.hpp"
#include "query/facts/claims.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/later.hpp"
#include "query/facts/measures.hpp"
#include "query/facts/subgraphs.hpp"
#include "query/session/policy_terms.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

/// Graphs with more edges than this are asked less, so that a page takes seconds.
constexpr std::size_t large_graph = 200'000;
/// Dependents of which the edges are read.
constexpr std::size_t most_dependents = 3000;
/// Graphs with more edges than this are searched for single chokepoints only, and without proofs.
constexpr std::size_t large_search = 20'000;

const Json::Array& list_of(const Json& object, std::string_view key) {
  static const Json::Array none;
  const Json* found = object.is_object() ? object.find(key) : nullptr;
  return found != nullptr && found->is_array() ? found->as_array() : none;
}

std::string text_of(const Json& object, std::string_view key) {
  const Json* found = object.is_object() ? object.find(key) : nullptr;
  return found != nullptr && found->is_string() ? found->as_string() : std::string();
}

/// The id of a ref; nothing for null.
std::string ref_of(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  return found == nullptr || found->is_null() ? std::string() : text_of(*found, "id");
}

std::uint64_t count_of(const Json& object, std::string_view key) {
  const Json* found = object.is_object() ? object.find(key) : nullptr;
  return found == nullptr ? 0 : static_cast<std::uint64_t>(found->to_integer().value_or(0));
}

std::vector<std::string> texts_of(const Json::Array& list) {
  std::vector<std::string> out;
  for (const Json& each : list) out.push_back(each.as_string());
  return out;
}

std::map<std::string, Edge> edges_by_id(const Json& result) {
  std::map<std::string, Edge> edges;
  for (const Json& each : list_of(result, "edges")) {
    Edge edge = edge_from_json(each);
    std::string id = edge.id;
    edges.emplace(std::move(id), std::move(edge));
  }
  return edges;
}

class BriefMaker {
 public:
  BriefMaker(Session& session, const BriefParams& params)
      : session_(&session), params_(&params), claims_(session), later_(session) {}

  BriefResult make();

 private:
  [[nodiscard]] Role role(const Edge& edge) const { return detail::role_of(session_->ontology(), edge.type); }
  [[nodiscard]] bool holds(const Edge& edge) {
    return detail::holds_on(edge.since, edge.until, session_->as_of()) && !later_.is_later(edge);
  }
  void read_node();
  void read_identity();
  void ask_needs();
  void draw_needs(const std::shared_ptr<const View>& view);
  void ask_stops();
  void mark_picture();
  void ask_dependents();
  void ask_stopped(const Json& result);
  [[nodiscard]] ConcentrationResult concentration_of(const std::string& node);
  void ask_concentration();
  void ask_restrictions();
  void ask_restricted_needs();
  void ask_measure(const Json& entries);
  void ask_changes();
  void ask_figures();
  void read_sources();

  Session* session_;
  const BriefParams* params_;
  detail::Claims claims_;
  detail::Later later_;
  BriefResult out_;
  std::vector<Edge> about_;  ///< every edge at the node, of every day
};

BriefKind kind_of(Session& session, const Node& node, const std::vector<Edge>& about) {
  const Ontology& ontology = session.ontology();
  const auto snapshot = session.snapshot();
  const Layer layer = snapshot->layer(snapshot->find(node.id).value());
  if (layer == Layer::place) return BriefKind::place;
  if (layer == Layer::actor) return BriefKind::actor;
  bool is_needed = false;
  for (const Edge& edge : about) {
    const Role role = detail::role_of(ontology, edge.type);
    const bool begins = edge.from == node.id;
    if ((begins && (role == Role::restrict || role == Role::amend)) ||
        (edge.to == node.id && (role == Role::issue || role == Role::amend)))
      return BriefKind::measure;
    const auto type = ontology.edge_type(edge.type);
    is_needed = is_needed || (type && ontology.edge_types()[*type].dependency);
  }
  const detail::MeasureDates dates = detail::dates_of(node);
  const bool is_dated = !dates.announced.empty() || !dates.effective.empty();
  return is_dated && !is_needed ? BriefKind::measure : BriefKind::thing;
}

void BriefMaker::read_node() {
  const Reader reader = session_->reader();
  out_.node = reader.node(reader.resolve(params_->node).id).value();
  about_ = reader.edges_about(out_.node.id);
  out_.kind = kind_of(*session_, out_.node, about_);
  out_.is_there = detail::holds_on(out_.node.since, out_.node.until, session_->as_of());
  out_.limit = params_->limit;
  out_.is_large = session_->snapshot()->edge_count() > large_graph;
}

void BriefMaker::read_identity() {
  const std::string& id = out_.node.id;
  std::vector<Edge> edges;
  for (const Edge& edge : about_)
    if ((edge.from == id || edge.to == id) && holds(edge)) edges.push_back(edge);
  claims_.drop_later_measures(edges);
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const Edge& edge : edges) {
    const Role what = role(edge);
    const bool begins = edge.from == id;
    if (edge.status != Status::reported && edge.status != Status::estimated) continue;
    const bool is_seat = what == Role::seat && claims_.role_of(edge).empty();
    const bool says_what = (begins && (is_seat || what == Role::variant || what == Role::part)) ||
                           (!begins && (what == Role::make || what == Role::own || what == Role::issue));
    if (says_what && seen.emplace(edge.type, edge.from, edge.to).second) out_.identity.push_back(edge);
    if (!begins && is_seat && out_.kind == BriefKind::place && seen.emplace(edge.type, edge.from, edge.to).second)
      out_.seats.push_back(edge);
  }
}

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
  Subgraph picture = detail::induced_subgraph(view, {vertices.begin(), vertices.end()});
  std::erase_if(picture.arcs, [&](Arc e) {
    const Vertex from = snapshot.columns().from[e], to = snapshot.columns().to[e];
    const bool is_need = snapshot.type_of_edge(e).dependency && told.contains({from, to});
    return !is_need && snapshot.role(e) != Role::variant;
  });
  out_.picture = std::move(picture);
}

void BriefMaker::ask_needs() {
  DependsParams question{.node = out_.node.id, .count = true, .view = params_->view};
  question.edges = false;
  out_.rests_on = count_of(*follow_dependencies(*session_, question).result.find("counts"), "nodes");
  if (out_.rests_on == 0) return;
  question.count = false;
  question.edges = true;
  question.depth = 2;
  const Answer answer = follow_dependencies(*session_, question);
  std::map<std::string, std::uint32_t> tiers{{out_.node.id, 0}};
  for (const Json& node : list_of(answer.result, "nodes"))
    tiers[text_of(node, "id")] = static_cast<std::uint32_t>(count_of(node, "tier"));
  const auto edges = edges_by_id(answer.result);
  const Ontology& ontology = session_->ontology();
  for (const Json& group : list_of(answer.result, "groups")) {
    BriefNeed need;
    need.of = text_of(group, "of");
    need.type = text_of(group, "type");
    need.rule = text_of(group, "rule");
    need.needs_from = ontology.edge_types()[ontology.edge_type(need.type).value()].dependency->from_depends;
    need.k = static_cast<std::uint32_t>(count_of(group, "k"));
    need.n = static_cast<std::uint32_t>(count_of(group, "n"));
    need.item = text_of(group, "item");
    // A need that was passed on by a generic stands at it; how near it is, its members say.
    std::uint32_t tier = 3;
    std::set<std::string> seen;
    for (const Json& edge_id : list_of(group, "edges")) {
      const Edge& edge = edges.at(edge_id.as_string());
      if (const auto member = tiers.find(need.member(edge)); member != tiers.end())
        tier = std::min(tier, member->second);
      if (seen.insert(need.member(edge)).second) need.edges.push_back(edge);
    }
    if (tier == 0 || tier > 2) continue;
    need.tier = need.of == out_.node.id ? 1 : tier;
    // What a tier 1 node needs stands on tier 2, also where its member was met before.
    if (need.of != out_.node.id && tiers.contains(need.of) && tiers.at(need.of) == 1) need.tier = 2;
    std::ranges::stable_sort(need.edges,
                             [](const Edge& a, const Edge& b) { return a.share.value_or(-1) > b.share.value_or(-1); });
    out_.needs.push_back(std::move(need));
  }
  const auto is_seat = [&](const BriefNeed& need) { return detail::role_of(ontology, need.type) == Role::seat; };
  std::ranges::stable_sort(out_.needs, {}, [&](const BriefNeed& need) {
    const bool is_all = need.rule == "all";
    const int own = (is_all ? 0 : 1) + (need.of == out_.node.id ? 0 : 2), next = need.is_sole() ? 0 : is_all ? 2 : 1;
    return std::tuple(need.tier, is_seat(need) ? 4 : need.tier == 1 ? own : next);
  });
  if (params_->pictures && answer.subgraph) draw_needs(answer.subgraph->view);
}

/// Ids of the sources that a certificate cites.
std::vector<std::string> proof_of(const Json& chain) {
  std::set<std::string> sources;
  for (const Json& step : chain.as_array())
    for (const Json& edge : list_of(step, "edges"))
      for (const Json& citation : list_of(edge, "sources")) sources.insert(text_of(citation, "source"));
  return {sources.begin(), sources.end()};
}

void BriefMaker::ask_stops() {
  BriefStops stops;
  stops.asked = !out_.is_large;
  if (!stops.asked) {
    out_.stops = std::move(stops);
    return;
  }
  ChokepointsParams question{.target = out_.node.id};
  const bool is_small = session_->snapshot()->edge_count() <= large_search;
  question.order = stops.order = is_small ? 2 : 1;
  question.why = is_small;
  question.limit = 1;
  question.threads = params_->threads;
  question.keep_going = params_->keep_going;
  question.view = params_->view;
  const Answer answer = find_chokepoints(*session_, question);
  const Json* complete = answer.result.find("complete");
  stops.complete = complete == nullptr || complete->as_bool();
  std::map<std::vector<std::string>, BriefCutSet> sets;
  for (const Json& bound : list_of(answer.result, "bounds")) {
    const bool all = text_of(bound, "variants") == "all";
    const auto& found = list_of(bound, "cut_sets");
    const auto& proofs = list_of(bound, "certificates");
    for (std::size_t i = 0; i < found.size(); ++i) {
      std::vector<std::string> members = texts_of(found[i].as_array());
      BriefCutSet& set = sets[members];
      set.members = std::move(members);
      (all ? set.all : set.any) = true;
      if (set.sources.empty() && i < proofs.size()) set.sources = proof_of(proofs[i]);
    }
    if (const Json* already = bound.find("already_impossible"); already != nullptr) {
      stops.impossible = true;
      if (stops.policies.empty()) stops.policies = texts_of(list_of(*already, "policies"));
    }
  }
  for (auto& [members, set] : sets) (members.size() == 1 ? stops.alone : stops.pairs).push_back(std::move(set));
  // Nearest to the node first, as `depends` counts the tiers.
  DependsParams tiers_asked{.node = out_.node.id, .view = params_->view};
  tiers_asked.edges = false;
  std::map<std::string, std::uint64_t> tiers;
  const Answer reached = follow_dependencies(*session_, tiers_asked);
  for (const Json& node : list_of(reached.result, "nodes")) tiers[text_of(node, "id")] = count_of(node, "tier");
  const auto tier_of = [&](const BriefCutSet& set) {
    std::uint64_t sum = 0;
    for (const std::string& id : set.members) sum += tiers.contains(id) ? tiers.at(id) : 1000;
    return std::tuple(!set.any, sum, set.members);
  };
  for (auto* list : {&stops.alone, &stops.pairs})
    std::ranges::sort(*list, [&](const BriefCutSet& a, const BriefCutSet& b) { return tier_of(a) < tier_of(b); });
  const Json* coverage = answer.coverage.find("requirements");
  if (coverage != nullptr) {
    BriefUnknown& unknown = out_.unknown;
    unknown.without_supplier = count_of(*coverage, "without_supplier");
    unknown.supplies = count_of(*coverage, "supplier_groups");
    unknown.unknown_shares = count_of(*coverage, "groups_with_unknown_shares");
    unknown.rests = count_of(*coverage, "groups_with_anonymous_rest");
    unknown.edges = count_of(*coverage, "edges");
    unknown.on_one_source = count_of(*coverage, "edges_on_one_source");
    unknown.unsupplied = texts_of(list_of(*coverage, "nodes_without_supplier"));
  }
  const bool is_found = !stops.alone.empty() || !stops.pairs.empty();
  if (params_->pictures && is_found)
    out_.pictures.insert(out_.pictures.end(), answer.pictures.begin(), answer.pictures.end());
  out_.stops = std::move(stops);
  mark_picture();
}

/// Marks in the picture of what it needs what stops it alone.
void BriefMaker::mark_picture() {
  if (!out_.picture) return;
  std::set<std::string_view> alone;
  for (const BriefCutSet& set : out_.stops->alone) alone.insert(set.members.front());
  out_.picture->marks.clear();
  for (const Vertex v : out_.picture->vertices) {
    const std::string_view id = out_.picture->view->snapshot().id(v);
    out_.picture->marks.push_back(id == out_.node.id   ? Mark::subject
                                  : alone.contains(id) ? Mark::chokepoint
                                                       : Mark::none);
  }
}

/// What is impossible without the node, in the order of how much rests on it in turn.
void BriefMaker::ask_stopped(const Json& result) {
  WhatIfParams question;
  question.remove = {out_.node.id};
  question.limit = 1;
  question.view = params_->view;
  const Answer answer = what_if(*session_, question);
  std::map<std::string, int> stopped;
  for (const Json& bound : list_of(answer.result, "bounds"))
    for (const Json& id : list_of(bound, "impossible")) ++stopped[id.as_string()];
  stopped.erase(out_.node.id);
  std::map<std::string, std::vector<std::string>> below;  // who rests on whom directly
  const Ontology& ontology = session_->ontology();
  for (const Json& each : list_of(result, "edges")) {
    const auto type = ontology.edge_type(text_of(each, "type"));
    if (!type || !ontology.edge_types()[*type].dependency) continue;
    const bool from_depends = ontology.edge_types()[*type].dependency->from_depends;
    below[text_of(each, from_depends ? "to" : "from")].push_back(text_of(each, from_depends ? "from" : "to"));
  }
  const auto weight = [&](const std::string& id) {
    std::set<std::string_view> seen{id};
    std::vector<std::string_view> open{id};
    while (!open.empty()) {
      const auto next = below.find(std::string(open.back()));
      open.pop_back();
      if (next == below.end()) continue;
      for (const std::string& other : next->second)
        if (seen.insert(other).second) open.push_back(other);
    }
    return seen.size();
  };
  std::vector<std::tuple<bool, std::size_t, std::string>> order;
  const auto snapshot = session_->snapshot();
  for (const auto& [id, readings] : stopped) {
    if (readings < 2) {
      ++out_.dependents->may_stop;
      continue;
    }
    // Things before those who make them.
    const auto vertex = snapshot->find(id);
    const bool is_thing = vertex && snapshot->layer(*vertex) == Layer::none;
    order.emplace_back(!is_thing, std::numeric_limits<std::size_t>::max() - weight(id), id);
  }
  std::ranges::sort(order);
  for (auto& [is_other, rank, id] : order) out_.dependents->stopped.push_back(std::move(id));
}

void BriefMaker::ask_dependents() {
  DependsParams question{.node = out_.node.id, .dependents = true, .count = true, .view = params_->view};
  question.edges = false;
  const Answer counted = follow_dependencies(*session_, question);
  const Json& counts = *counted.result.find("counts");
  BriefDependents found;
  found.count = count_of(counts, "nodes");
  if (found.count == 0) return;
  for (const Json& tier : list_of(counts, "tiers"))
    if (count_of(tier, "tier") == 1) found.direct = count_of(tier, "count");
  for (const Json& type : list_of(counts, "types"))
    found.types.emplace_back(text_of(type, "type"), count_of(type, "count"));
  std::ranges::stable_sort(found.types, std::greater<>{}, [](const auto& type) { return type.second; });
  out_.dependents = std::move(found);
  if (out_.is_large || out_.dependents->count > most_dependents) return;
  question.count = false;
  question.edges = true;
  const Answer answer = follow_dependencies(*session_, question);
  std::set<std::string> direct;
  for (const Json& node : list_of(answer.result, "nodes"))
    if (count_of(node, "tier") == 1) direct.insert(text_of(node, "id"));
  for (auto& [id, edge] : edges_by_id(answer.result)) {
    const bool is_direct = (edge.to == out_.node.id && direct.contains(edge.from)) ||
                           (edge.from == out_.node.id && direct.contains(edge.to));
    if (is_direct) out_.dependents->edges.push_back(edge);
  }
  ask_stopped(answer.result);
}

/// @param node  empty: of every supply
ConcentrationResult BriefMaker::concentration_of(const std::string& node) {
  ConcentrationParams question;
  question.node = node;
  question.view = params_->view;
  return measure_concentration(*session_, question);
}

void BriefMaker::ask_concentration() {
  // Of the thing itself, or of what it needs directly; for an actor or a place, the supplies that it leads.
  std::set<std::string> wanted{out_.node.id};
  for (const BriefNeed& need : out_.needs)
    if (need.tier == 1)
      for (const Edge& edge : need.edges) wanted.insert(need.member(edge));
  const ConcentrationResult found = concentration_of(out_.is_large ? out_.node.id : std::string());
  const auto id_of = [&](Vertex v) { return v == no_vertex ? std::string() : std::string(found.view->snapshot().id(v)); };
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
    row.share_sum = each.share_sum;
    row.complete = each.complete;
    out_.concentration.push_back(std::move(row));
  }
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
  if (params_->pictures && out_.kind == BriefKind::thing) {
    const Answer own = concentration_answer(*session_, concentration_of(out_.node.id));
    out_.pictures.insert(out_.pictures.end(), own.pictures.begin(), own.pictures.end());
  }
}

void BriefMaker::ask_restrictions() {
  RestrictionsParams question{.view = params_->view};
  const auto keep = [&](std::optional<RestrictionsResult>& place) {
    RestrictionsResult found = find_restrictions(*session_, question);
    if (!found.acting.empty() || !found.suspended.empty() || found.ended + found.not_begun > 0)
      place = std::move(found);
  };
  if (out_.kind == BriefKind::measure) {
    question.issuer = out_.node.id;
    keep(out_.restricted);
    return;
  }
  if (out_.kind != BriefKind::place) {
    question.item = out_.node.id;
    out_.restricted = find_restrictions(*session_, question);
    ask_restricted_needs();
  } else {
    question.market = out_.node.id;
    keep(out_.market);
  }
  if (out_.kind == BriefKind::thing) return;
  RestrictionsParams issued{.issuer = out_.node.id, .view = params_->view};
  question = issued;
  keep(out_.issued);
}

/// On its direct needs; what bears on the node itself is told already.
void BriefMaker::ask_restricted_needs() {
  std::set<std::string> needs, own;
  for (const BriefNeed& need : out_.needs)
    if (need.tier == 1)
      for (const Edge& edge : need.edges) needs.insert(need.member(edge));
  for (const Restriction& each : out_.restricted->acting) own.insert(each.edge.id);
  RestrictionsParams question;
  question.view = params_->view;
  for (Restriction& each : find_restrictions(*session_, question).acting)
    if (!each.is_on_actor && needs.contains(each.edge.to) && !own.contains(each.edge.id))
      out_.restricted_needs.push_back(std::move(each));
  std::ranges::stable_sort(out_.restricted_needs, {}, &Restriction::mode_order);
}

void BriefMaker::ask_measure(const Json& entries) {
  if (out_.kind != BriefKind::measure) return;
  const detail::MeasureDates dates = detail::dates_of(out_.node);
  BriefMeasure measure;
  measure.announced = dates.announced;
  measure.effective = dates.effective;
  measure.suspended = dates.suspended;
  measure.since = dates.since;
  measure.until = dates.until;
  for (const Json& entry : entries.as_array()) {
    if (text_of(entry, "kind") != "measure" || ref_of(entry, "node") != out_.node.id) continue;
    for (const auto& [key, list] : {std::pair{"issued", &measure.issued}, std::pair{"amends", &measure.amends},
                                    std::pair{"amended_by", &measure.amended_by}})
      for (const Json& edge : list_of(entry, key)) list->push_back(edge_from_json(edge));
  }
  for (const Edge& edge : about_)
    if (edge.from == out_.node.id && role(edge) == Role::target && holds(edge)) measure.targets.push_back(edge);
  out_.measure = std::move(measure);
}

/// The day one year before; 29 February becomes 1 March.
Date a_year_before(Date day) {
  std::string text = to_string(day);
  const int year = std::stoi(text.substr(0, 4)) - 1;
  std::string number = std::to_string(std::max(1, year));
  number.insert(0, 4 - number.size(), '0');
  const auto before = parse_partial_date(number + text.substr(4));
  return before ? before->first : parse_partial_date(number + "-03-01")->first;
}

/// The first days of a measure's suspensions.
std::vector<std::string> pauses_of(const Node& node) {
  std::vector<std::string> days;
  if (node.attributes.empty()) return days;
  const Json attributes = parse_json(node.attributes);
  const Json* suspended = attributes.is_object() ? attributes.find("suspended") : nullptr;
  if (suspended == nullptr) return days;
  for (const Validity& pause : detail::suspensions(*suspended))
    if (pause.from) days.push_back(to_string(*pause.from));
  return days;
}

void BriefMaker::ask_changes() {
  const Date last = session_->as_of();
  const Date first{a_year_before(last).days + 1};
  const auto in_year = [&](std::string_view date) {
    const auto day = detail::first_day(date);
    return day && first <= *day && *day <= last;
  };
  TimelineParams question;
  question.node = out_.node.id;
  if (out_.kind != BriefKind::measure) {
    question.from = to_string(first);
    question.to = to_string(last);
  }
  const Answer answer = tell_timeline(*session_, question);
  ask_measure(answer.result);
  std::set<std::string> told;
  for (const Json& entry : answer.result.as_array()) {
    if (text_of(entry, "kind") != "measure") continue;
    const std::string id = ref_of(entry, "node");
    if (!told.insert(id).second) continue;
    const auto node = session_->reader().node(id);
    const auto add = [&](const char* key, BriefChange::What what) {
      const std::string date = text_of(entry, key);
      if (in_year(date))
        out_.changes.push_back({what, date, id, std::nullopt, node ? node->sources : std::vector<Citation>{}});
    };
    const std::size_t before = out_.changes.size();
    add("announced", BriefChange::What::announced);
    if (text_of(entry, "effective") != text_of(entry, "announced")) add("effective", BriefChange::What::effective);
    if (node)
      for (const std::string& pause : pauses_of(*node))
        if (in_year(pause))
          out_.changes.push_back({BriefChange::What::suspended, pause, id, std::nullopt, node->sources});
    if (out_.changes.size() == before && in_year(text_of(entry, "date"))) add("date", BriefChange::What::began);
  }
  for (const Edge& edge : about_) {
    const bool is_told = told.contains(edge.from) || told.contains(edge.to);
    if (edge.from != out_.node.id && edge.to != out_.node.id && edge.item != out_.node.id) continue;
    if (later_.is_later(edge)) continue;
    if (in_year(edge.since) && !is_told)
      out_.changes.push_back({BriefChange::What::began, edge.since, "", edge, edge.sources});
    const auto validity = parse_validity(edge.since, edge.until);
    const bool has_ended = validity && validity->to && first <= *validity->to && *validity->to <= last;
    if (!edge.until.empty() && has_ended && edge.since != edge.until)
      out_.changes.push_back({BriefChange::What::ended, edge.until, "", edge, edge.sources});
  }
  std::ranges::stable_sort(out_.changes, [](const BriefChange& a, const BriefChange& b) {
    return detail::first_day(a.date) > detail::first_day(b.date);
  });
  if (!params_->pictures || out_.kind == BriefKind::place) return;
  TimelineParams all;
  all.node = out_.node.id;
  const Answer drawn = tell_timeline(*session_, all);
  out_.pictures.insert(out_.pictures.end(), drawn.pictures.begin(), drawn.pictures.end());
}

void BriefMaker::ask_figures() {
  FiguresParams question;
  question.node = out_.node.id;
  const Answer answer = list_figures(*session_, question);
  std::map<std::string, Observation> all;
  std::vector<std::string> counting;
  for (const Json& each : answer.result.as_array()) {
    Observation figure = observation_from_json(each);
    const std::string id = figure.id;
    if (each.find("counts")->as_bool()) counting.push_back(id);
    all.emplace(id, std::move(figure));
  }
  std::map<std::string, std::vector<std::string>> rivals;
  for (const Json& set : list_of(answer.coverage, "rivals"))
    for (const Json& id : set.as_array())
      for (const Json& other : set.as_array())
        if (id.as_string() != other.as_string()) rivals[id.as_string()].push_back(other.as_string());
  for (const std::string& id : counting) {
    BriefFigure figure{.figure = all.at(id), .rivals = {}};
    for (const std::string& other : rivals[id])
      if (detail::contradict(figure.figure, all.at(other))) figure.rivals.push_back(all.at(other));
    out_.figures.push_back(std::move(figure));
  }
  std::ranges::stable_sort(out_.figures, [&](const BriefFigure& a, const BriefFigure& b) {
    const auto key = [&](const BriefFigure& f) {
      const auto day = detail::figure_day(f.figure);
      return std::tuple(f.figure.subject != out_.node.id, f.rivals.empty(), looks_ahead(f.figure.status),
                        day ? -day->days : std::numeric_limits<std::int32_t>::max());
    };
    return key(a) < key(b);
  });
}

void BriefMaker::read_sources() {
  std::set<std::string> ids;
  const auto add = [&](const std::vector<Citation>& citations) {
    for (const Citation& each : citations) ids.insert(each.source);
  };
  const auto add_edges = [&](const std::vector<Edge>& edges) {
    for (const Edge& edge : edges) add(edge.sources);
  };
  add(out_.node.sources);
  add_edges(out_.identity);
  add_edges(out_.seats);
  for (const BriefNeed& need : out_.needs) add_edges(need.edges);
  if (out_.stops)
    for (const auto* list : {&out_.stops->alone, &out_.stops->pairs})
      for (const BriefCutSet& set : *list) ids.insert(set.sources.begin(), set.sources.end());
  if (out_.dependents) add_edges(out_.dependents->edges);
  for (const BriefConcentration& row : out_.concentration) ids.insert(row.sources.begin(), row.sources.end());
  for (const auto* result : {&out_.restricted, &out_.market, &out_.issued}) {
    if (!*result) continue;
    for (const auto* list : {&(*result)->acting, &(*result)->suspended})
      for (const Restriction& each : *list) add(each.edge.sources);
    for (const RestrictionResponse& each : (*result)->responses) add(each.edge.sources);
    for (const RestrictionSubstitute& each : (*result)->substitutes) add(each.edge.sources);
  }
  if (out_.measure)
    for (const auto* list :
         {&out_.measure->issued, &out_.measure->amends, &out_.measure->amended_by, &out_.measure->targets})
      add_edges(*list);
  for (const Restriction& each : out_.restricted_needs) add(each.edge.sources);
  for (const BriefChange& change : out_.changes) add(change.sources);
  for (const BriefFigure& figure : out_.figures) {
    add(figure.figure.sources);
    for (const Observation& rival : figure.rivals) add(rival.sources);
  }
  for (const std::string& id : ids)
    if (auto source = session_->reader().source(id)) out_.sources.push_back(*std::move(source));
}

BriefResult BriefMaker::make() {
  read_node();
  read_identity();
  if (out_.kind != BriefKind::measure && out_.is_there) {
    if (out_.kind != BriefKind::place) {
      ask_needs();
      if (out_.rests_on > 0) ask_stops();
    }
    ask_dependents();
    ask_concentration();
  }
  ask_restrictions();
  ask_changes();
  ask_figures();
  read_sources();
  return std::move(out_);
}

}  // namespace

std::string_view to_string(BriefKind kind) {
  switch (kind) {
    case BriefKind::thing: return "thing";
    case BriefKind::actor: return "actor";
    case BriefKind::place: return "place";
    case BriefKind::measure: return "measure";
  }
  return {};
}

BriefResult make_brief(Session& session, const BriefParams& params) { return BriefMaker(session, params).make(); }

}  // namespace chokepoint
