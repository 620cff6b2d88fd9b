// Question: what is known of one node? Method: the questions of the other commands are asked one after the other and
// what answers them is kept; nothing is worked out here a second time, so that a page agrees with them.

#include "chokepoint/query/brief.hpp"

#include "chokepoint/query/measures.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/briefs/brief_maker.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace detail {

namespace {

/// Graphs with more edges than this are asked less, so that a page takes seconds.
constexpr std::size_t large_graph = 200'000;

BriefKind kind_of(Session& session, const Node& node, const std::vector<Edge>& about) {
  const Ontology& ontology = session.ontology();
  const auto graph = session.graph();
  const Vertex v = vertex_of(*graph, node.id);
  const Layer layer = graph->layer(v);
  if (layer == Layer::place) return BriefKind::place;
  if (layer == Layer::actor) return BriefKind::actor;
  bool is_needed = false;
  for (const Edge& edge : about) {
    const Role role = role_of(ontology, edge.type);
    const bool begins = edge.from == node.id;
    if ((begins && (role == Role::restrict || role == Role::amend)) ||
        (edge.to == node.id && (role == Role::issue || role == Role::amend)))
      return BriefKind::measure;
    const auto type = ontology.edge_type(edge.type);
    is_needed = is_needed || (type && ontology.edge_types()[*type].dependency);
  }
  const MeasureDates dates = dates_of(node);
  const bool is_dated = !dates.announced.empty() || !dates.effective.empty();
  return is_dated && !is_needed ? BriefKind::measure : BriefKind::thing;
}

}  // namespace

void BriefMaker::read_node() {
  const Reader reader = session_->reader();
  out_.node = reader.node(reader.resolve(params_->node).id).value();
  about_ = reader.edges_about(out_.node.id);
  out_.kind = kind_of(*session_, out_.node, about_);
  out_.is_there = holds_on(out_.node.since, out_.node.until, session_->as_of());
  out_.limit = params_->limit;
  out_.is_large = session_->edge_count() > large_graph;
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
    const bool is_money = what == Role::fund;
    if (!is_money && edge.status != Status::reported && edge.status != Status::estimated) continue;
    const bool is_seat = what == Role::seat && claims_.role_of(edge).empty();
    const bool says_what = (begins && (is_seat || what == Role::variant || what == Role::part)) ||
                           (!begins && (what == Role::make || what == Role::own || what == Role::issue)) || is_money ||
                           (!begins && what == Role::join && out_.kind == BriefKind::measure);
    if (says_what && seen.emplace(edge.type, edge.from, edge.to).second) out_.identity.push_back(edge);
    if (!begins && is_seat && out_.kind == BriefKind::place && seen.emplace(edge.type, edge.from, edge.to).second)
      out_.seats.push_back(edge);
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

}  // namespace detail

std::string_view to_string(BriefKind kind) {
  switch (kind) {
    case BriefKind::thing: return "thing";
    case BriefKind::actor: return "actor";
    case BriefKind::place: return "place";
    case BriefKind::measure: return "measure";
  }
  return {};
}

BriefResult make_brief(Session& session, const BriefParams& params) {
  return session.on_sound_snapshot([&] { return detail::BriefMaker(session, params).make(); });
}

}  // namespace chokepoint
