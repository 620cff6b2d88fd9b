#include "chokepoint/query/rank.hpp"

#include "chokepoint/model/error.hpp"
#include "query/evidence.hpp"
#include "query/names.hpp"
#include "query/rank_measures.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

/// What a reader must know of a sampled value.
void tell_of_sample(const Session& session, const SampledBetweenness& sampled, Answer& answer) {
  if (sampled.sources == sampled.of_sources) return;
  Json sample = Json::object();
  sample.set("sources", static_cast<std::int64_t>(sampled.sources));
  sample.set("of", static_cast<std::int64_t>(sampled.of_sources));
  sample.set("error_bound", sampled.error_bound);
  sample.set("confidence", 1 - detail::sample_failure_chance);
  answer.coverage.set("sample", std::move(sample));
  answer.remarks.push_back(detail::say(
      session, "estimated from {} of {} sources: with 95 % confidence no value is off by more than {}", sampled.sources,
      sampled.of_sources, fmt::format("{:.3g}", sampled.error_bound)));
}

}  // namespace

Answer rank_nodes(Session& session, const RankParams& params) {
  const detail::RankMeasure& measure = detail::require_rank_measure(params.by);
  if (params.sample > 0 && !measure.takes_sample)
    throw UsageError("--sample estimates betweenness; every other measure is exact in little time");
  std::vector<std::uint16_t> types;
  for (const std::string& type : params.types) types.push_back(detail::require_node_type(session, type));
  const auto view = make_view(session, params.view);
  const Snapshot& snapshot = view->snapshot();
  const ArcChoice choice{.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}};
  const detail::Measured measured = measure.compute(*view, choice, params);
  const detail::Values& values = measured.values;

  std::vector<Vertex> order;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v)
    if (view->has_node(v) && values[v] > 0 &&
        (types.empty() || std::ranges::find(types, snapshot.columns().node_type[v]) != types.end()))
      order.push_back(v);
  std::ranges::stable_sort(order, [&](Vertex a, Vertex b) { return values[a] > values[b]; });
  const std::size_t all = order.size();
  if (params.limit > 0 && order.size() > params.limit) order.resize(params.limit);

  detail::Names names(session);
  Answer answer{.command = "rank", .result = Json::array(), .coverage = Json::object()};
  Table table;
  table.columns = {detail::column(session, "id", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "value", measure.column),
                   detail::column(session, "rests_on", "Rests on", true)};
  Table data;
  data.columns = {{"id", "id"}, {"type", "type"}, {"label", "label"}, {"value", params.by}};
  for (const Vertex v : order) {
    const std::string id(snapshot.id(v));
    const detail::Footing footing = detail::footing_of(session, snapshot, detail::dependency_arcs(*view, v));
    Json entry = names.json(id);
    entry.set("value", values[v]);
    entry.set("rests_on", detail::footing_json(footing));
    answer.result.push(std::move(entry));
    table.rows.push_back({names.named(id), names.type_label(id), values[v], detail::footing_text(session, footing)});
    data.rows.push_back({id, snapshot.type(v).id, names.label(id), values[v]});
  }
  answer.tables.push_back(std::move(table));
  answer.data = std::move(data);
  if (all > order.size())
    answer.remarks.push_back(
        detail::say(session, "{} more have a value above 0; --limit 0 lists all", all - order.size()));
  answer.remarks.push_back(detail::say(session, measure.remark));
  Subgraph subgraph;
  subgraph.view = view;
  subgraph.vertices = order;
  std::ranges::sort(subgraph.vertices);
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (view->has_edge(e) && std::ranges::binary_search(subgraph.vertices, snapshot.columns().from[e]) &&
        std::ranges::binary_search(subgraph.vertices, snapshot.columns().to[e]))
      subgraph.arcs.push_back(e);
  auto& column = subgraph.columns.by_name[params.by];
  for (const Vertex v : subgraph.vertices) column.emplace_back(values[v]);
  answer.coverage = coverage_of(session, *view, subgraph.vertices);
  tell_of_sample(session, measured.sample, answer);
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
