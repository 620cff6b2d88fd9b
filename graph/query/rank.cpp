#include "chokepoint/query/rank.hpp"

#include "chokepoint/algorithms/centrality.hpp"
#include "chokepoint/algorithms/components.hpp"
#include "chokepoint/algorithms/dominators.hpp"
#include "chokepoint/algorithms/reachability.hpp"
#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "query/names.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace chokepoint {

namespace {

using Values = std::vector<double>;

template <typename Numbers>
Values as_doubles(const Numbers& numbers) {
  return Values(numbers.begin(), numbers.end());
}

/// Nodes on which nothing rests: walks along the dependencies start there.
std::vector<Vertex> roots_of(const ArcGraph& graph) {
  std::vector<Vertex> roots;
  for (Vertex v = 0; v < graph.vertex_count(); ++v)
    if (graph.view().has_node(v) && graph.in(v).empty() && !graph.out(v).empty()) roots.push_back(v);
  return roots;
}

Values closure_sizes(const ArcGraph& graph) {
  Values sizes(graph.vertex_count(), 0);
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    const std::array start{v};
    if (graph.view().has_node(v)) sizes[v] = static_cast<double>(reach(graph, start).size());
  }
  return sizes;
}

/// Distinct suppliers and makers: nodes that a thing depends on through rows any of which would do.
Values supplier_counts(const View& view) {
  const Snapshot& snapshot = view.snapshot();
  Values counts(snapshot.vertex_count(), 0);
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    std::set<Vertex> suppliers;
    for (const Arc e : snapshot.in_edges(v))
      if (view.has_edge(e) && snapshot.role(e) == Role::supply) suppliers.insert(snapshot.columns().from[e]);
    counts[v] = static_cast<double>(suppliers.size());
  }
  return counts;
}

Values component_sizes(const ArcGraph& graph) {
  const Components components = find_strong_components(graph);
  Values sizes(graph.vertex_count(), 0);
  for (Vertex v = 0; v < graph.vertex_count(); ++v)
    if (components.of[v] != no_component) sizes[v] = components.size[components.of[v]];
  return sizes;
}

struct Measure {
  std::string_view name;
  std::string_view column;
  Values (*compute)(const View& view, const ArcChoice& choice);
};

constexpr std::array measures{
    Measure{"betweenness", "Betweenness",
            [](const View& view, const ArcChoice& choice) { return find_betweenness(ArcGraph(view, choice)); }},
    Measure{"page-rank", "PageRank",
            [](const View& view, const ArcChoice& choice) { return find_page_rank(ArcGraph(view, choice)); }},
    Measure{"k-core", "k-core",
            [](const View& view, const ArcChoice& choice) {
              return as_doubles(find_core_numbers(ArcGraph(view, choice, Walk::either)));
            }},
    Measure{"dominated", "Dominated",
            [](const View& view, const ArcChoice& choice) {
              const ArcGraph graph(view, choice);
              return as_doubles(find_dominators(graph, roots_of(graph)).dominated_counts());
            }},
    Measure{"dependents", "Dependents",
            [](const View& view, const ArcChoice& choice) {
              return closure_sizes(ArcGraph(view, choice, Walk::backward));
            }},
    Measure{"dependencies", "Dependencies",
            [](const View& view, const ArcChoice& choice) { return closure_sizes(ArcGraph(view, choice)); }},
    Measure{"suppliers", "Suppliers", [](const View& view, const ArcChoice&) { return supplier_counts(view); }},
    Measure{"component", "Component",
            [](const View& view, const ArcChoice& choice) { return component_sizes(ArcGraph(view, choice)); }},
};

const Measure& require_measure(const std::string& name) {
  const auto found = std::ranges::find(measures, std::string_view(name), &Measure::name);
  if (found != measures.end()) return *found;
  const auto all = rank_measures();
  throw UsageError(fmt::format("--by: no measure is called \"{}\"{}; there are {}", name,
                               detail::did_you_mean(suggest(name, all, 1)), fmt::join(all, ", ")));
}

}  // namespace

std::vector<std::string> rank_measures() {
  std::vector<std::string> names;
  for (const Measure& measure : measures) names.emplace_back(measure.name);
  return names;
}

Answer rank_nodes(Session& session, const RankParams& params) {
  const Measure& measure = require_measure(params.by);
  std::vector<std::uint16_t> types;
  for (const std::string& type : params.types) types.push_back(detail::require_node_type(session, type));
  const auto view = make_view(session, params.view);
  const Snapshot& snapshot = view->snapshot();
  const Values values =
      measure.compute(*view, {.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}});

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
                   detail::column(session, "value", measure.column)};
  Table data;
  data.columns = {{"id", "id"}, {"type", "type"}, {"label", "label"}, {"value", params.by}};
  for (const Vertex v : order) {
    const std::string id(snapshot.id(v));
    Json entry = names.json(id);
    entry.set("value", values[v]);
    answer.result.push(std::move(entry));
    table.rows.push_back({names.named(id), names.type_label(id), values[v]});
    data.rows.push_back({id, snapshot.type(v).id, names.label(id), values[v]});
  }
  answer.tables.push_back(std::move(table));
  answer.data = std::move(data);
  if (all > order.size())
    answer.remarks.push_back(
        detail::say(session, "{} more have a value above 0; --limit 0 lists all", all - order.size()));
  answer.remarks.push_back(detail::say(
      session, "a plain-graph lens: it counts arrows and does not know all-of from any-of; see `chokepoints`"));
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
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
