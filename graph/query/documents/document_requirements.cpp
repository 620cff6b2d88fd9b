#include "chokepoint/analysis/reach.hpp"
#include "chokepoint/query/subgraph_document.hpp"
#include "chokepoint/query/view_params.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace chokepoint {

namespace {

constexpr Arc most_edges = 200'000;

/// Ids of the edges, by arc.
std::map<Arc, std::string> edge_ids(Session& session, const Snapshot& snapshot, const RequirementMap& map) {
  std::set<Arc> arcs;
  for (const RequirementMap::Step& step : map.steps)
    if (step.arc != no_arc) arcs.insert(step.arc);
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(snapshot.columns().edge_key[e]);
  const std::vector<Edge> edges = session.reader().edges(keys);
  std::map<Arc, std::string> ids;
  std::size_t next = 0;
  for (const Arc e : arcs) ids.emplace(e, edges[next++].id);
  return ids;
}

}  // namespace

void add_requirements(Session& session, GraphDocument& document) {
  const auto view = make_view(session, ViewParams{});
  const Snapshot& snapshot = view->snapshot();
  if (snapshot.edge_count() > most_edges) return;
  std::set<std::string_view> shown;
  for (const Node& node : document.nodes) shown.insert(node.id);
  const RequirementMap map = read_requirements(*view);
  const auto ids = edge_ids(session, snapshot, map);
  RequirementGraph graph;
  std::vector<std::size_t> number(map.states.size(), map.states.size());
  for (std::size_t i = 0; i < map.states.size(); ++i) {
    const RequirementMap::State& state = map.states[i];
    if (state.listed == no_vertex || !shown.contains(snapshot.id(state.listed))) continue;
    number[i] = graph.states.size();
    graph.states.push_back({std::string(snapshot.id(state.listed)), state.is_delivery,
                            !state.is_delivery && snapshot.layer(state.listed) == Layer::place});
  }
  for (const RequirementMap::Step& step : map.steps) {
    const std::size_t from = number[step.from], to = number[step.to];
    if (from == map.states.size() || to == map.states.size()) continue;
    graph.steps.push_back({from, to, step.arc == no_arc ? std::string() : ids.at(step.arc)});
  }
  document.requirements = std::move(graph);
}

}  // namespace chokepoint
