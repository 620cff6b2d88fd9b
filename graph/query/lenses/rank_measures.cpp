#include "query/lenses/rank_measures.hpp"

#include "chokepoint/analysis/concentration.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/support/error.hpp"
#include "algorithms/closure_sizes.hpp"
#include "algorithms/components.hpp"
#include "algorithms/dominators.hpp"
#include "analysis/removal/removal_impact.hpp"
#include "query/session/policy_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

namespace chokepoint {

namespace detail {

namespace {

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

Measured betweenness(const RankQuestion& asked) {
  BetweennessOptions options;
  options.threads = asked.params.threads;
  options.failure_chance = sample_failure_chance;
  const std::size_t wanted = asked.params.sample;
  const std::size_t sources = wanted == 0 ? no_vertex : std::min<std::size_t>(wanted, no_vertex);
  SampledBetweenness sample =
      sample_betweenness(ArcGraph(asked.view, asked.choice), static_cast<std::uint32_t>(sources), options);
  Measured found(std::exchange(sample.values, {}));
  found.sample = std::move(sample);
  return found;
}

/// What fails when a node alone is removed: nodes and deliveries, in both readings of unsettled variants.
Measured stops(const RankQuestion& asked) {
  const Vertex n = asked.view.snapshot().vertex_count();
  Scenario scenario;
  scenario.terms = policy_terms(asked.session, asked.view.snapshot());
  scenario.in_force = acting_policies(asked.view, scenario.terms);
  const std::vector<Vertex> candidates = cut_candidates(asked.view, {.types = asked.types});
  const RemovalImpacts impacts = removal_impacts(asked.view, scenario, candidates, asked.params.threads);
  Values nodes(n, 0), nodes_all(n, 0), flows(n, 0), flows_all(n, 0);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    nodes[candidates[i]] = impacts.any[i].nodes;
    nodes_all[candidates[i]] = impacts.all[i].nodes;
    flows[candidates[i]] = impacts.any[i].flows;
    flows_all[candidates[i]] = impacts.all[i].flows;
  }
  Measured found(std::move(nodes));
  found.more.push_back(
      {"value_all", "stops_all", "Stops, all variants needed", std::move(nodes_all), LikeValues::value});
  found.more.push_back({"flows", "stops_flows", "Stops deliveries", std::move(flows), LikeValues::zero});
  found.more.push_back({"flows_all", "stops_flows_all", "Stops deliveries, all variants needed", std::move(flows_all),
                        LikeValues::previous});
  found.policies_in_force = scenario.in_force.size();
  return found;
}

constexpr std::string_view plain_lens =
    "a plain-graph lens: it counts arrows and does not know all-of from any-of; see `chokepoints`";
constexpr std::string_view concentration_lens =
    "HHI from 0 (many small) to 10000 (one) of its most concentrated supply; where shares are unknown, the least it "
    "can be";

constexpr std::string_view requirement_lens =
    "what becomes impossible when it alone goes, by all-of and any-of, as `whatif --remove` says: places are judged by "
    "where suppliers are, all others by the suppliers themselves";

constexpr std::array measures{
    RankMeasure{"betweenness", "Betweenness", betweenness, plain_lens, true},
    RankMeasure{
        "page-rank", "PageRank",
        [](const RankQuestion& asked) -> Measured { return find_page_rank(ArcGraph(asked.view, asked.choice)); },
        plain_lens},
    RankMeasure{"k-core", "k-core",
                [](const RankQuestion& asked) -> Measured {
                  return as_doubles(find_core_numbers(ArcGraph(asked.view, asked.choice, Walk::either)));
                },
                plain_lens},
    RankMeasure{"dominated", "Dominated",
                [](const RankQuestion& asked) -> Measured {
                  const ArcGraph graph(asked.view, asked.choice);
                  return as_doubles(find_dominators(graph, roots_of(graph)).dominated_counts());
                },
                plain_lens},
    RankMeasure{"dependents", "Dependents",
                [](const RankQuestion& asked) -> Measured {
                  const ArcGraph graph(asked.view, asked.choice, Walk::backward);
                  return as_doubles(count_reachable(graph, asked.params.threads));
                },
                plain_lens},
    RankMeasure{"dependencies", "Dependencies",
                [](const RankQuestion& asked) -> Measured {
                  return as_doubles(count_reachable(ArcGraph(asked.view, asked.choice), asked.params.threads));
                },
                plain_lens},
    RankMeasure{"suppliers", "Suppliers",
                [](const RankQuestion& asked) -> Measured { return supplier_counts(asked.view); },
                "recorded suppliers and makers, any of which may do; more of them may exist than are recorded"},
    RankMeasure{
        "component", "Component",
        [](const RankQuestion& asked) -> Measured { return component_sizes(ArcGraph(asked.view, asked.choice)); },
        plain_lens},
    RankMeasure{"articulation", "Articulation point",
                [](const RankQuestion& asked) -> Measured {
                  return articulation(ArcGraph(asked.view, asked.choice, Walk::either));
                },
                plain_lens},
    RankMeasure{
        "bridges", "Bridges",
        [](const RankQuestion& asked) -> Measured { return bridges(ArcGraph(asked.view, asked.choice, Walk::either)); },
        plain_lens},
    RankMeasure{"sole-supplies", "Sole supplies",
                [](const RankQuestion& asked) -> Measured { return sole_supplies(asked.view); },
                "supplies it holds alone, as far as recorded; what its loss stops, `chokepoints` and `whatif` tell"},
    RankMeasure{"lost-share", "Lost share",
                [](const RankQuestion& asked) -> Measured { return lost_shares(asked.view); },
                "known shares of all supplies that go with it, added up: 1 is one whole supply; unknown shares count "
                "as nothing"},
    RankMeasure{"hhi-country", "HHI by country",
                [](const RankQuestion& asked) -> Measured { return indices(asked.view, Layer::place); },
                concentration_lens},
    RankMeasure{"hhi-firm", "HHI by firm",
                [](const RankQuestion& asked) -> Measured { return indices(asked.view, Layer::actor); },
                concentration_lens},
    RankMeasure{"controlled", "Controlled",
                [](const RankQuestion& asked) -> Measured { return controlled(asked.view); },
                "what it certainly controls, directly or through others: half or more, held together; unknown holdings "
                "count as nothing"},
    RankMeasure{"stops", "Stops", stops, requirement_lens, false, true},
};

}  // namespace

const RankMeasure& require_rank_measure(const std::string& name) {
  const auto found = std::ranges::find(measures, std::string_view(name), &RankMeasure::name);
  if (found != measures.end()) return *found;
  const auto all = rank_measures();
  throw UsageError(fmt::format("--by: no measure is called \"{}\"{}; there are {}", name,
                               did_you_mean(suggest(name, all, 1)), fmt::join(all, ", ")));
}

}  // namespace detail

std::vector<std::string> rank_measures() {
  std::vector<std::string> names;
  for (const detail::RankMeasure& measure : detail::measures) names.emplace_back(measure.name);
  return names;
}

RankMeasureText rank_measure_text(const std::string& name) {
  const detail::RankMeasure& measure = detail::require_rank_measure(name);
  return {measure.column, measure.remark};
}

}  // namespace chokepoint
