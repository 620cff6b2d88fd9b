#include "chokepoint/query/rank.hpp"

#include "chokepoint/query/evidence_summary.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/support/error.hpp"
#include "query/lenses/rank_measures.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace chokepoint {

namespace {

using detail::LikeValues;
using detail::Measured;
using detail::MoreValues;
using detail::RankMeasure;

/// The nodes that have a value, in their order.
std::vector<Vertex> ranked(const View& view, const std::vector<std::uint16_t>& types, const Measured& measured) {
  const Snapshot& snapshot = view.snapshot();
  const auto has_value = [&](Vertex v) {
    return measured.values[v] > 0 ||
           std::ranges::any_of(measured.more, [&](const MoreValues& more) { return more.values[v] > 0; });
  };
  std::vector<Vertex> order;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v)
    if (view.has_node(v) && has_value(v) &&
        (types.empty() || std::ranges::find(types, snapshot.columns().node_type[v]) != types.end()))
      order.push_back(v);
  std::ranges::stable_sort(order, [&](Vertex a, Vertex b) {
    if (measured.values[a] != measured.values[b]) return measured.values[a] > measured.values[b];
    for (const MoreValues& more : measured.more)
      if (more.values[a] != more.values[b]) return more.values[a] > more.values[b];
    return false;
  });
  return order;
}

/// Whether further values say of some node what a reader would not expect without them.
bool tells_more(const Measured& measured, std::size_t number, const std::vector<Vertex>& nodes) {
  const MoreValues& more = measured.more[number];
  const auto expected = [&](Vertex v) {
    switch (more.like) {
      case LikeValues::value: return measured.values[v];
      case LikeValues::previous: return measured.more[number - 1].values[v];
      case LikeValues::zero: break;
    }
    return 0.0;
  };
  return std::ranges::any_of(nodes, [&](Vertex v) { return more.values[v] != expected(v); });
}

}  // namespace

RankResult rank_nodes(Session& session, const RankParams& params) {
  const RankMeasure& measure = detail::require_rank_measure(params.by);
  if (params.sample > 0 && !measure.takes_sample)
    throw UsageError("--sample estimates betweenness; every other measure is exact in little time");
  std::vector<std::uint16_t> types;
  for (const std::string& type : params.types) types.push_back(require_node_type(session, type));
  ViewParams view_params = params.view;
  view_params.derived |= measure.reads_requirements;
  RankResult found;
  found.by = params.by;
  found.view = make_view(session, view_params);
  const Snapshot& snapshot = found.view->snapshot();
  const ArcChoice choice{.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}};
  const Measured measured = measure.compute({session, *found.view, choice, types, params});
  std::vector<Vertex> order = ranked(*found.view, types, measured);
  found.valued = order.size();
  if (params.limit > 0 && order.size() > params.limit) order.resize(params.limit);
  for (std::size_t i = 0; i < measured.more.size(); ++i) {
    const MoreValues& more = measured.more[i];
    found.more.push_back(
        {std::string(more.key), std::string(more.name), std::string(more.column), tells_more(measured, i, order)});
  }
  for (const Vertex v : order) {
    RankedNode row{v, measured.values[v], {}, summarise_evidence(session, snapshot, dependency_arcs(*found.view, v))};
    for (const MoreValues& more : measured.more) row.more.push_back(more.values[v]);
    found.rows.push_back(std::move(row));
  }
  const SampledBetweenness& sample = measured.sample;
  if (sample.sources != sample.of_sources)
    found.sample = {sample.sources, sample.of_sources, sample.error_bound, 1 - detail::sample_failure_chance};
  found.policies_in_force = measured.policies_in_force;
  return found;
}

}  // namespace chokepoint
