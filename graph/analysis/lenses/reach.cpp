#include "chokepoint/analysis/reach.hpp"

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/tier_search.hpp"
#include "algorithms/tiers.hpp"
#include "analysis/lenses/requirement_reach.hpp"
#include "analysis/requirements/delta_nodes.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/ruled_part.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

namespace chokepoint {

namespace {

ArcChoice choice_of(const ReachOptions& options) {
  return {.dependencies = true, .soft = options.soft, .asked = options.asked, .edge_types = options.edge_types};
}

std::optional<Layer> end_of_walk(const ReachOptions& options) {
  return options.through_places ? std::nullopt : std::optional(Layer::place);
}

/// Marks the nodes that no walk over hard arcs reaches. Asked-for dependencies are as hard as their type says.
void mark_soft(const View& view, const ReachOptions& options, Walk walk, DependencyReport& report) {
  ArcChoice hard = choice_of(options);
  hard.soft = false;
  const ArcGraph graph(view, hard, walk);
  // Most are come to over hard arcs within the depth; the others may be further away.
  std::vector<Vertex> near = find_tiers(graph, std::array{report.node}, options.depth, end_of_walk(options)).vertices;
  std::sort(near.begin(), near.end());
  std::vector<Vertex> vertices;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < report.nodes.size(); ++i) {
    if (std::binary_search(near.begin(), near.end(), report.nodes[i].vertex)) continue;
    vertices.push_back(report.nodes[i].vertex);
    places.push_back(i);
  }
  if (vertices.empty()) return;
  const auto is_hard = options.depth ? reaches(graph, std::array{report.node}, vertices, end_of_walk(options))
                                     : std::vector<bool>(vertices.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) report.nodes[places[i]].soft = !is_hard[i];
}

/// Lists every arc that the search walked: those that leave the start and the nodes it went on from.
void list_arcs(const ArcGraph& graph, const ReachOptions& options, DependencyReport& report) {
  const auto add = [&](Vertex v) {
    for (const ArcStep step : graph.out(v)) {
      report.arcs.push_back(step.arc);
      report.hops.push_back({step.arc, step.source, step.target});
    }
  };
  const auto ends = end_of_walk(options);
  if (options.depth.value_or(1) > 0) add(report.node);
  for (const DependencyNode& node : report.nodes) {
    const bool is_end = ends && graph.view().snapshot().layer(node.vertex) == *ends;
    if (!is_end && (!options.depth || node.tier < *options.depth)) add(node.vertex);
  }
  std::sort(report.arcs.begin(), report.arcs.end());
  std::sort(report.hops.begin(), report.hops.end());
}

DependencyReport walk_dependencies(const View& view, Vertex node, const ReachOptions& options, Walk walk) {
  if (!view.snapshot().columns().requirements_are_arcs) return detail::walk_requirements(view, node, options, walk);
  const ArcGraph graph(view, choice_of(options), walk);
  DependencyReport report;
  report.node = node;
  Tiers tiers = find_tiers(graph, std::array{node}, options.depth, end_of_walk(options));
  report.nodes.reserve(tiers.vertices.size());
  for (std::size_t number = 1; number <= tiers.ends.size(); ++number) {
    for (const Vertex vertex : tiers.tier(number))
      report.nodes.push_back({vertex, static_cast<std::uint32_t>(number), false});
  }
  report.hidden = std::move(tiers.hidden);
  if (options.soft && tiers.met_soft) mark_soft(view, options, walk, report);
  if (options.list_arcs) list_arcs(graph, options, report);
  return report;
}

}  // namespace

DependencyReport find_dependencies(const View& view, Vertex node, const ReachOptions& options) {
  return walk_dependencies(view, node, options, Walk::forward);
}

DependencyReport find_dependents(const View& view, Vertex node, const ReachOptions& options) {
  return walk_dependencies(view, node, options, Walk::backward);
}

std::shared_ptr<const Snapshot> part_of_walk(const DeltaSnapshot& whole, const ViewOptions& view, Vertex node,
                                             bool dependents, const ReachOptions& options, const RecordCounts& counts) {
  const Snapshot& rows = whole.rows();
  if (!whole.base()->columns().requirements_are_arcs || !rows.columns().requirements_are_arcs) {
    const bool is_ruled = !options.soft && !options.asked && !options.through_places;
    return is_ruled ? detail::ruled_part_of_walk(whole, node, dependents, counts) : nullptr;
  }
  const View base = View::local(whole.base(), view);
  const ArcGraph graph(base, choice_of(options), dependents ? Walk::backward : Walk::forward);
  // Whether anything is needed after all is looked for at any depth.
  const auto depth = options.soft ? std::nullopt : options.depth;
  const std::size_t most = detail::most_of_a_part(counts);
  const auto search = [&](const std::vector<Vertex>& starts) -> std::optional<std::vector<std::uint8_t>> {
    std::size_t count = 0;
    const auto are_too_many = [&](std::span<const Vertex> tier) { return (count += tier.size()) > most; };
    const Tiers tiers =
        detail::search_tiers(graph, starts, depth, depth.has_value(), end_of_walk(options), are_too_many);
    if (tiers.vertices.size() > most) return std::nullopt;
    std::vector<std::uint8_t> found(whole.base()->vertex_count(), 0);
    for (const auto* some : {&starts, &tiers.vertices})
      for (const Vertex v : *some) found[v] = 1;
    return found;
  };
  detail::DeltaNodes nodes(whole);
  nodes.add(node);
  const auto lead_on = [&] {
    for (Arc e = 0; e < rows.edge_count(); ++e) {
      const auto& dependency = rows.type_of_edge(e).dependency;
      if (!dependency) continue;
      const Vertex from = whole.number_of_row(rows.columns().from[e]), to = whole.number_of_row(rows.columns().to[e]);
      const bool leaves_from = dependency->from_depends != dependents;
      if (nodes.has(leaves_from ? from : to)) nodes.add(leaves_from ? to : from);
    }
  };
  return nodes.gather(search, lead_on) ? whole.part(nodes.nodes(), dependents) : nullptr;
}

std::shared_ptr<const Snapshot> part_of_walk(const std::shared_ptr<const Snapshot>& whole, const ViewOptions& view,
                                             Vertex node, bool dependents, const ReachOptions& options,
                                             const RecordCounts& counts) {
  if (whole->columns().requirements_are_arcs) return nullptr;
  const auto graph = unchanged_if_large(whole);
  return graph ? part_of_walk(*graph, view, node, dependents, options, counts) : nullptr;
}

}  // namespace chokepoint
