#include "chokepoint/query/rank.hpp"

#include "chokepoint/model/error.hpp"
#include "query/evidence.hpp"
#include "query/names.hpp"
#include "query/rank_measures.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::LikeValues;
using detail::Measured;
using detail::MoreValues;
using detail::RankMeasure;
using detail::Values;

/// What a reader must know of a sampled value.
void tell_of_sample(const Session& session, const SampledBetweenness& sampled, Answer& answer) {
  if (sampled.sources == sampled.of_sources) return;
  Json sample = Json::object();
  sample.set("sources", static_cast<std::int64_t>(sampled.sources));
  sample.set("of", static_cast<std::int64_t>(sampled.of_sources));
  sample.set("error_bound", sampled.error_bound);
  sample.set("confidence", 1 - detail::sample_failure_chance);
  answer.coverage.set("sample", std::move(sample));
  answer.remarks.push_back(
      detail::say(session, "estimated from {} of {} sources: with 95 % confidence no value is off by more than {}",
                  sampled.sources, sampled.of_sources, fmt::format("{:.3g}", sampled.error_bound)));
}

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

Answer rank_nodes(Session& session, const RankParams& params) {
  const RankMeasure& measure = detail::require_rank_measure(params.by);
  if (params.sample > 0 && !measure.takes_sample)
    throw UsageError("--sample estimates betweenness; every other measure is exact in little time");
  std::vector<std::uint16_t> types;
  for (const std::string& type : params.types) types.push_back(detail::require_node_type(session, type));
  ViewParams view_params = params.view;
  view_params.derived |= measure.reads_requirements;
  const auto view = make_view(session, view_params);
  const Snapshot& snapshot = view->snapshot();
  const ArcChoice choice{.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}};
  const Measured measured = measure.compute({session, *view, choice, types, params});
  std::vector<Vertex> order = ranked(*view, types, measured);
  const std::size_t all = order.size();
  if (params.limit > 0 && order.size() > params.limit) order.resize(params.limit);

  detail::Names names(session);
  Answer answer{.command = "rank", .result = Json::array(), .coverage = Json::object()};
  Table table;
  table.columns = {detail::column(session, "id", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "value", measure.column)};
  Table data;
  data.columns = {{"id", "id"}, {"type", "type"}, {"label", "label"}, {"value", params.by}};
  std::vector<bool> is_shown;
  for (std::size_t i = 0; i < measured.more.size(); ++i) {
    const MoreValues& more = measured.more[i];
    data.columns.push_back({std::string(more.name), std::string(more.name)});
    is_shown.push_back(tells_more(measured, i, order));
    if (is_shown.back()) table.columns.push_back(detail::column(session, std::string(more.key), more.column));
  }
  table.columns.push_back(detail::column(session, "rests_on", "Rests on", true));
  for (const Vertex v : order) {
    const std::string id(snapshot.id(v));
    const detail::Footing footing = detail::footing_of(session, snapshot, detail::dependency_arcs(*view, v));
    Json entry = names.json(id);
    entry.set("value", measured.values[v]);
    std::vector<Cell> row{names.named(id), names.type_label(id), measured.values[v]};
    std::vector<Cell> data_row{id, snapshot.type(v).id, names.label(id), measured.values[v]};
    for (std::size_t i = 0; i < measured.more.size(); ++i) {
      const double value = measured.more[i].values[v];
      entry.set(std::string(measured.more[i].key), value);
      data_row.emplace_back(value);
      if (is_shown[i]) row.emplace_back(value);
    }
    entry.set("rests_on", detail::footing_json(footing));
    row.emplace_back(detail::footing_text(session, footing));
    answer.result.push(std::move(entry));
    table.rows.push_back(std::move(row));
    data.rows.push_back(std::move(data_row));
  }
  answer.tables.push_back(std::move(table));
  answer.data = std::move(data);
  if (all > order.size())
    answer.remarks.push_back(
        detail::say(session, "{} more have a value above 0; --limit 0 lists all", all - order.size()));
  answer.remarks.push_back(detail::say(session, measure.remark));
  std::ranges::copy(measured.remarks, std::back_inserter(answer.remarks));
  Subgraph subgraph;
  subgraph.view = view;
  subgraph.vertices = order;
  std::ranges::sort(subgraph.vertices);
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (view->has_edge(e) && std::ranges::binary_search(subgraph.vertices, snapshot.columns().from[e]) &&
        std::ranges::binary_search(subgraph.vertices, snapshot.columns().to[e]))
      subgraph.arcs.push_back(e);
  const auto add_column = [&](std::string_view name, const Values& values) {
    auto& column = subgraph.columns.by_name[std::string(name)];
    for (const Vertex v : subgraph.vertices) column.emplace_back(values[v]);
  };
  add_column(params.by, measured.values);
  for (const MoreValues& more : measured.more) add_column(more.name, more.values);
  answer.coverage = coverage_of(session, *view, subgraph.vertices);
  tell_of_sample(session, measured.sample, answer);
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
