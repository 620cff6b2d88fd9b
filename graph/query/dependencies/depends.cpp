#include "chokepoint/query/depends.hpp"

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/analysis/whatif.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/depends.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/session/policy_terms.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

namespace {

/// Larger graphs and longer answers are not searched for what stops whom; a line names the command that does.
constexpr std::size_t most_searched_edges = 200'000, most_searched_nodes = 5000;

ReachOptions reach_options(Session& session, const DependsParams& params) {
  ReachOptions options{.depth = params.depth,
                       .edge_types = {},
                       .soft = params.soft,
                       .asked = params.asked,
                       .through_places = params.through_places,
                       .list_arcs = params.edges};
  for (const std::string& type : params.edge_types) options.edge_types.push_back(require_edge_type(session, type));
  return options;
}

DependencyReport walk(const View& view, Vertex node, bool dependents, const ReachOptions& options) {
  return dependents ? find_dependents(view, node, options) : find_dependencies(view, node, options);
}

void choose(Session& session, const std::vector<std::string>& names, DependsResult& found) {
  std::vector<std::uint16_t> types;
  for (const std::string& type : names) types.push_back(require_node_type(session, type));
  if (types.empty()) return;
  found.chosen = found.report.nodes;
  std::erase_if(*found.chosen, [&](const DependencyNode& node) {
    return std::ranges::find(types, found.snapshot().columns().node_type[node.vertex]) == types.end();
  });
}

void read_edges(const Session& session, DependsResult& found) {
  found.groups = group_arcs(*found.view, found.report.arcs);
  std::vector<std::int64_t> keys;
  for (const Arc e : found.report.arcs) keys.push_back(found.snapshot().columns().edge_key[e]);
  auto records = session.reader().edges(keys);
  for (std::size_t i = 0; i < records.size(); ++i)
    found.edges.emplace_hint(found.edges.end(), found.report.arcs[i], std::move(records[i]));
}

/// How many nodes only what is listed but never needed leads to.
std::size_t count_beside(Session& session, const DependsResult& found, ReachOptions options) {
  if (options.soft || session.edge_count() > most_searched_edges) return 0;
  options.soft = true;
  options.list_arcs = false;
  const DependencyReport all = walk(*found.view, found.report.node, found.dependents, options);
  return all.nodes.size() - std::min(all.nodes.size(), found.report.nodes.size());
}

/// What fails without the node.
std::optional<DependsStops> stopped_without(Session& session, const DependsResult& found, ViewParams view_params) {
  view_params.derived = true;
  const auto view = make_view(session, view_params);
  const auto node = view->snapshot().find(found.snapshot().id(found.report.node));
  if (!node || !view->has_node(*node)) return std::nullopt;
  Scenario scenario;
  scenario.removed = {*node};
  scenario.terms = detail::policy_terms(session, view->snapshot());
  scenario.in_force = acting_policies(*view, scenario.terms);
  const WhatIf answer = what_if(*view, scenario);
  DependsStops stops;
  for (std::size_t reading = 0; reading < 2; ++reading)
    for (const Vertex v : answer.state.bounds[reading].impossible)
      if (v != *node) (reading == 0 ? stops.alone : stops.alone_if_all).insert(v);
  return stops;
}

/// What stops the node.
DependsStops stops_before(Session& session, const DependsResult& found, const ViewParams& view) {
  const Snapshot& snapshot = found.snapshot();
  ChokepointsParams question;
  question.target = snapshot.id(found.report.node);
  question.view = view;
  const CutSetsResult cuts = find_cut_sets(session, question);
  DependsStops stops;
  stops.is_impossible = cuts.impossible();
  stops.with_remainder = remainder_sets(cuts);
  const auto here = [&](Vertex v) { return snapshot.find(cuts.view->snapshot().id(v)).value(); };
  stops.ranked = rank_stops(session, cuts);
  for (RankedStop& stop : stops.ranked) {
    stop.vertex = here(stop.vertex);
    if (stop.holder != no_vertex) stop.holder = here(stop.holder);
  }
  for (const CutSetsReading* reading : {&cuts.any, &cuts.all})
    for (const CutSet& set : reading->sets) {
      std::vector<Vertex> members;
      for (const Vertex v : set.members) members.push_back(here(v));
      if (members.size() == 1)
        (reading == &cuts.any ? stops.alone : stops.alone_if_all).insert(members.front());
      else if (reading == &cuts.any)
        stops.pairs.push_back(std::move(members));
    }
  return stops;
}

/// The whole graph, or what the walk needs of one that changed since its snapshot was made, or that has rules that hand
/// things on sideways.
std::shared_ptr<const View> view_for_walk(Session& session, const DependsParams& params, const ReachOptions& options) {
  const RecordCounts counts = session.graph_counts();  // first, since it may make the snapshot anew
  const DeltaSnapshot* delta = session.delta();
  const bool is_only_walk = !(params.stops || params.count_soft) || session.edge_count() > most_searched_edges;
  if (!is_only_walk || !params.view.without_sources.empty()) return make_local_view(session, params.view);
  const ViewOptions view = view_options(session, params.view);
  std::shared_ptr<const Snapshot> part;
  if (delta != nullptr) {
    const Vertex node = resolve_vertex(session, *delta, params.node);
    part = part_of_walk(*delta, view, node, params.dependents, options, counts);
  } else if (const auto whole = session.local_snapshot(); !whole->columns().requirements_are_arcs) {
    const Vertex node = resolve_vertex(session, *whole, params.node);
    part = part_of_walk(whole, view, node, params.dependents, options, counts);
  }
  if (part) return std::make_shared<const View>(View::local(std::move(part), view));
  return make_local_view(session, params.view);
}

DependsResult follow(Session& session, const DependsParams& params) {
  DependsResult found;
  found.dependents = params.dependents;
  const ReachOptions options = reach_options(session, params);
  found.view = view_for_walk(session, params, options);
  const Vertex node = resolve_vertex(session, found.snapshot(), params.node);
  found.report = walk(*found.view, node, params.dependents, options);
  choose(session, params.types, found);
  if (params.edges) read_edges(session, found);
  if (params.count_soft) found.softly_beside = count_beside(session, found, options);
  if (params.stops && !found.report.nodes.empty()) found.stops = find_stops(session, found, params.view);
  return found;
}

}  // namespace

std::optional<DependsStops> find_stops(Session& session, const DependsResult& found, const ViewParams& view) {
  const Snapshot& snapshot = found.snapshot();
  if (session.edge_count() > most_searched_edges) return std::nullopt;
  if (found.dependents) return stopped_without(session, found, view);
  const bool is_place = snapshot.layer(found.report.node) == Layer::place;
  if (is_place || found.report.nodes.size() > most_searched_nodes) return std::nullopt;
  return stops_before(session, found, view);
}

DependsResult follow_dependencies(Session& session, const DependsParams& params) {
  return session.on_sound_snapshot([&] { return follow(session, params); });
}

}  // namespace chokepoint
