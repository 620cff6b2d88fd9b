#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/query/chokepoints.hpp"
#include "chokepoint/query/ground.hpp"
#include "analysis/removal/removal_impact.hpp"
#include "query/session/policy_terms.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

/// Larger graphs are not searched beside another question.
constexpr std::size_t most_ranked_edges = 200'000;

/// Whether it is known where each maker is: by place, one that is nowhere is left out.
bool are_seated(const View& view, std::span<const Arc> arcs) {
  const Snapshot& snapshot = view.snapshot();
  return std::ranges::all_of(arcs, [&](Arc made) {
    const Vertex maker = snapshot.columns().from[made];
    if (snapshot.layer(maker) == Layer::place) return true;
    const auto out = snapshot.out_edges(maker);
    for (Arc e = out.first; e < out.last; ++e)
      if (snapshot.role(e) == Role::seat && view.has_edge(e)) return true;
    return false;
  });
}

/// The only firm, else the only place, in a group of those who make or design a thing, minor ones left out, whose loss
/// is told of, too. Places and firms are two descriptions of one supply.
Vertex only_maker(const View& view, Vertex thing, const std::set<Vertex>& known) {
  const Snapshot& snapshot = view.snapshot();
  const SnapshotColumns& columns = snapshot.columns();
  std::map<std::tuple<bool, std::uint16_t, std::uint32_t>, std::set<Vertex>> groups;  // firms first
  for (const Arc e : snapshot.in_edges(thing)) {
    const Role role = snapshot.role(e);
    if ((role != Role::supply && role != Role::make) || !view.has_edge(e)) continue;
    if (static_cast<Significance>(columns.significance[e]) == Significance::minor) continue;
    const Vertex maker = columns.from[e];
    groups[{snapshot.layer(maker) == Layer::place, columns.edge_type[e], columns.group[e]}].insert(maker);
  }
  for (const auto& [key, makers] : groups)
    if (makers.size() == 1 && known.contains(*makers.begin())) return *makers.begin();
  return no_vertex;
}

void find_hands(const View& view, std::vector<RankedStop>& stops) {
  const Snapshot& snapshot = view.snapshot();
  std::set<Vertex> known;
  std::map<Vertex, RankedStop*> things;
  for (RankedStop& stop : stops) {
    known.insert(stop.vertex);
    if (snapshot.layer(stop.vertex) == Layer::none) things.emplace(stop.vertex, &stop);
  }
  for (auto& [thing, stop] : things)
    if (const Vertex maker = only_maker(view, thing, known); maker != no_vertex) {
      stop->holder = maker;
      stop->hands = snapshot.layer(maker) == Layer::place ? Hands::one_place : Hands::one_firm;
    }
  if (things.empty()) return;
  for (const Concentration& supply : find_concentration(view)) {
    const auto at = things.find(supply.node);
    const bool is_made = snapshot.ontology().edge_types()[supply.edge_type].role == Role::supply;
    if (at == things.end() || !is_made || supply.customer != no_vertex || supply.layer != Layer::place) continue;
    if (at->second->hands != Hands::several || supply.suppliers != 1 || supply.holders.empty()) continue;
    const Vertex place = supply.holders.front().owner;
    if (!known.contains(place) || !are_seated(view, supply.arcs)) continue;
    at->second->hands = Hands::one_place;
    at->second->holder = place;
  }
}

void find_tiers(const View& view, Vertex target, std::vector<RankedStop>& stops) {
  ReachOptions options;
  options.list_arcs = false;
  std::map<Vertex, std::uint32_t> tiers;
  for (const DependencyNode& node : find_dependencies(view, target, options).nodes)
    tiers.emplace(node.vertex, node.tier);
  for (RankedStop& stop : stops)
    if (const auto tier = tiers.find(stop.vertex); tier != tiers.end()) stop.tier = tier->second;
}

/// How many nodes of the whole graph fail without each, asked once for all.
void count_stopped(Session& session, ViewParams params, std::span<const CutSetsResult* const> found,
                   std::vector<std::vector<RankedStop>>& ranked) {
  params.derived = true;
  const auto view = make_view(session, params);
  Scenario scenario;
  scenario.terms = detail::policy_terms(session, view->snapshot());
  scenario.in_force = acting_policies(*view, scenario.terms);
  std::map<Vertex, std::vector<RankedStop*>> of;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (RankedStop& stop : ranked[i]) {
      const auto v = view->snapshot().find(found[i]->view->snapshot().id(stop.vertex));
      if (v && view->has_node(*v)) of[*v].push_back(&stop);
    }
  std::vector<Vertex> candidates;
  for (const auto& [v, stops] : of) candidates.push_back(v);
  if (candidates.empty()) return;
  const RemovalImpacts impacts = removal_impacts(*view, scenario, candidates, 1);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    for (RankedStop* stop : of.at(candidates[i])) stop->stops = impacts.any[i].nodes;
}

/// Those that stop it alone, with what is known of them beside the target; not yet ranked.
std::vector<RankedStop> single_stops(const CutSetsResult& found) {
  std::vector<RankedStop> stops;
  for (const CutSet& set : found.any.sets)
    if (set.members.size() == 1) stops.push_back({.vertex = set.members.front()});
  if (stops.empty()) return stops;
  find_hands(*found.view, stops);
  find_tiers(*found.view, found.vertex, stops);
  return stops;
}

void rank(const Snapshot& snapshot, std::vector<RankedStop>& stops) {
  std::ranges::sort(stops, {}, [&](const RankedStop& stop) {
    const Layer layer = snapshot.layer(stop.vertex);
    const int kind = layer == Layer::place ? 0 : layer == Layer::actor ? 1 : 2;
    const std::uint32_t fewer = std::numeric_limits<std::uint32_t>::max() - stop.stops.value_or(0);
    return std::tuple(kind, stop.hands, stop.tier.value_or(std::numeric_limits<std::uint32_t>::max()), fewer,
                      snapshot.id(stop.vertex));
  });
}

}  // namespace

std::string_view to_string(Hands hands) {
  constexpr std::string_view names[] = {"one-firm", "one-place", "several"};
  return names[static_cast<std::size_t>(hands)];
}

std::vector<std::vector<RankedStop>> rank_stops(Session& session, std::span<const CutSetsResult* const> found) {
  std::vector<std::vector<RankedStop>> ranked;
  for (const CutSetsResult* each : found) ranked.push_back(single_stops(*each));
  const bool has_any = std::ranges::any_of(ranked, [](const auto& stops) { return !stops.empty(); });
  if (has_any && session.edge_count() <= most_ranked_edges) count_stopped(session, found.front()->asked, found, ranked);
  for (std::size_t i = 0; i < found.size(); ++i) rank(found[i]->view->snapshot(), ranked[i]);
  return ranked;
}

std::vector<RankedStop> rank_stops(Session& session, const CutSetsResult& found) {
  const CutSetsResult* const one = &found;
  return std::move(rank_stops(session, std::span(&one, 1)).front());
}

}  // namespace chokepoint
