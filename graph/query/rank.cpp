#include "chokepoint/query/rank.hpp"

#include "chokepoint/algorithms/centrality.hpp"
#include "chokepoint/algorithms/closure_sizes.hpp"
#include "chokepoint/algorithms/components.hpp"
#include "chokepoint/algorithms/dominators.hpp"
#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "query/evidence.hpp"
#include "query/names.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
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

/// By place for places and by firm for all others: calls `visit(supply, holder)` for every hand in every supply.
template <typename Visit>
void for_each_holder(const View& view, const Visit& visit) {
  for (const Concentration& supply : find_concentration(view)) {
    for (const Holder& holder : supply.holders) {
      const bool is_place = view.snapshot().layer(holder.owner) == Layer::place;
      if (is_place == (supply.layer == Layer::place)) visit(supply, holder);
    }
  }
}

/// How many supplies a node holds alone, as far as recorded.
Values sole_supplies(const View& view) {
  Values counts(view.snapshot().vertex_count(), 0);
  for_each_holder(view, [&](const Concentration& supply, const Holder& holder) {
    if (supply.suppliers == 1) counts[holder.owner] += 1;
  });
  return counts;
}

/// The known shares of all supplies that go with a node, added up.
Values lost_shares(const View& view) {
  Values sums(view.snapshot().vertex_count(), 0);
  for_each_holder(view, [&](const Concentration&, const Holder& holder) { sums[holder.owner] += holder.share; });
  for (double& sum : sums) sum = std::round(sum * 1e9) / 1e9;
  return sums;
}

/// The most concentrated supply of a thing at one layer, its least possible index.
Values indices(const View& view, Layer layer) {
  Values most(view.snapshot().vertex_count(), 0);
  for (const Concentration& supply : find_concentration(view))
    if (supply.layer == layer) most[supply.node] = std::max(most[supply.node], supply.hhi_low);
  return most;
}

/// 1 for a node without which its component falls apart.
Values articulation(const ArcGraph& graph) {
  Values values(graph.vertex_count(), 0);
  for (const Vertex v : find_cut_points(graph).articulation_points) values[v] = 1;
  return values;
}

/// How many bridges end at a node.
Values bridges(const ArcGraph& graph) {
  Values values(graph.vertex_count(), 0);
  const SnapshotColumns& columns = graph.view().snapshot().columns();
  for (const Arc e : find_cut_points(graph).bridges) {
    values[columns.from[e]] += 1;
    values[columns.to[e]] += 1;
  }
  return values;
}

/// How many others a node certainly controls, directly or through others.
Values controlled(const View& view) {
  const Snapshot& snapshot = view.snapshot();
  Values counts(snapshot.vertex_count(), 0);
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    bool owns = false;
    const auto out = snapshot.out_edges(v);
    for (Arc e = out.first; e < out.last && !owns; ++e) owns = snapshot.role(e) == Role::own && view.has_edge(e);
    if (!owns) continue;
    const std::array owner{v};
    for (const OwnedVertex& owned : find_ownership(view, owner).owned) counts[v] += owned.certain ? 1 : 0;
  }
  return counts;
}

constexpr std::string_view betweenness_name = "betweenness";
constexpr double sample_failure_chance = 0.05;

SampledBetweenness betweenness(const View& view, const ArcChoice& choice, const RankParams& params) {
  BetweennessOptions options;
  options.threads = params.threads;
  options.failure_chance = sample_failure_chance;
  const std::size_t sources = params.sample == 0 ? no_vertex : std::min<std::size_t>(params.sample, no_vertex);
  return sample_betweenness(ArcGraph(view, choice), static_cast<std::uint32_t>(sources), options);
}

/// What a reader must know of a sampled value.
void tell_of_sample(const Session& session, const SampledBetweenness& sampled, Answer& answer) {
  if (sampled.sources == sampled.of_sources) return;
  Json sample = Json::object();
  sample.set("sources", static_cast<std::int64_t>(sampled.sources));
  sample.set("of", static_cast<std::int64_t>(sampled.of_sources));
  sample.set("error_bound", sampled.error_bound);
  sample.set("confidence", 1 - sample_failure_chance);
  answer.coverage.set("sample", std::move(sample));
  answer.remarks.push_back(detail::say(
      session, "estimated from {} of {} sources: with 95 % confidence no value is off by more than {}", sampled.sources,
      sampled.of_sources, fmt::format("{:.3g}", sampled.error_bound)));
}

constexpr std::string_view plain_lens =
    "a plain-graph lens: it counts arrows and does not know all-of from any-of; see `chokepoints`";
constexpr std::string_view concentration_lens =
    "HHI from 0 (many small) to 10000 (one) of its most concentrated supply; where shares are unknown, the least it can be";

struct Measure {
  std::string_view name;
  std::string_view column;
  Values (*compute)(const View& view, const ArcChoice& choice, unsigned threads);
  std::string_view remark = plain_lens;  ///< what the number says, and what it does not
};

constexpr std::array measures{
    Measure{"betweenness", "Betweenness",
            [](const View& view, const ArcChoice& choice, unsigned) { return betweenness(view, choice, {}).values; }},
    Measure{"page-rank", "PageRank",
            [](const View& view, const ArcChoice& choice, unsigned) { return find_page_rank(ArcGraph(view, choice)); }},
    Measure{"k-core", "k-core",
            [](const View& view, const ArcChoice& choice, unsigned) {
              return as_doubles(find_core_numbers(ArcGraph(view, choice, Walk::either)));
            }},
    Measure{"dominated", "Dominated",
            [](const View& view, const ArcChoice& choice, unsigned) {
              const ArcGraph graph(view, choice);
              return as_doubles(find_dominators(graph, roots_of(graph)).dominated_counts());
            }},
    Measure{"dependents", "Dependents",
            [](const View& view, const ArcChoice& choice, unsigned threads) {
              return as_doubles(count_reachable(ArcGraph(view, choice, Walk::backward), threads));
            }},
    Measure{"dependencies", "Dependencies",
            [](const View& view, const ArcChoice& choice, unsigned threads) {
              return as_doubles(count_reachable(ArcGraph(view, choice), threads));
            }},
    Measure{"suppliers", "Suppliers", [](const View& view, const ArcChoice&, unsigned) { return supplier_counts(view); },
            "recorded suppliers and makers, any of which may do; more of them may exist than are recorded"},
    Measure{"component", "Component",
            [](const View& view, const ArcChoice& choice, unsigned) { return component_sizes(ArcGraph(view, choice)); }},
    Measure{"articulation", "Articulation point",
            [](const View& view, const ArcChoice& choice, unsigned) {
              return articulation(ArcGraph(view, choice, Walk::either));
            }},
    Measure{"bridges", "Bridges",
            [](const View& view, const ArcChoice& choice, unsigned) { return bridges(ArcGraph(view, choice, Walk::either)); }},
    Measure{"sole-supplies", "Sole supplies", [](const View& view, const ArcChoice&, unsigned) { return sole_supplies(view); },
            "supplies it holds alone, as far as recorded; what its loss stops, `chokepoints` and `whatif` tell"},
    Measure{"lost-share", "Lost share", [](const View& view, const ArcChoice&, unsigned) { return lost_shares(view); },
            "known shares of all supplies that go with it, added up: 1 is one whole supply; unknown shares count as nothing"},
    Measure{"hhi-country", "HHI by country",
            [](const View& view, const ArcChoice&, unsigned) { return indices(view, Layer::place); }, concentration_lens},
    Measure{"hhi-firm", "HHI by firm", [](const View& view, const ArcChoice&, unsigned) { return indices(view, Layer::actor); },
            concentration_lens},
    Measure{"controlled", "Controlled", [](const View& view, const ArcChoice&, unsigned) { return controlled(view); },
            "what it certainly controls, directly or through others: half or more, held together; unknown holdings count as "
            "nothing"},
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
  const ArcChoice choice{.dependencies = true, .soft = params.soft, .asked = false, .edge_types = {}};
  SampledBetweenness sampled;
  Values values;
  if (measure.name == betweenness_name) {
    sampled = betweenness(*view, choice, params);
    values = sampled.values;
  } else if (params.sample > 0) {
    throw UsageError("--sample estimates betweenness; every other measure is exact in little time");
  } else {
    values = measure.compute(*view, choice, params.threads);
  }

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
  tell_of_sample(session, sampled, answer);
  answer.subgraph = std::move(subgraph);
  return answer;
}

}  // namespace chokepoint
