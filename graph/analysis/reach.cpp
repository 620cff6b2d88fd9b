#include "chokepoint/analysis/reach.hpp"

#include "chokepoint/algorithms/reachability.hpp"
#include "chokepoint/algorithms/tiers.hpp"

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

/// Marks the nodes that no walk over hard arcs reaches. Asked-for dependencies are as hard as their type says.
void mark_soft(const View& view, const ReachOptions& options, Walk walk, DependencyReport& report) {
  ArcChoice hard = choice_of(options);
  hard.soft = false;
  const ArcGraph graph(view, hard, walk);
  // Most are come to over hard arcs within the depth; the others may be further away.
  std::vector<Vertex> near = find_tiers(graph, std::array{report.node}, options.depth).vertices;
  std::sort(near.begin(), near.end());
  std::vector<Vertex> vertices;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < report.nodes.size(); ++i) {
    if (std::binary_search(near.begin(), near.end(), report.nodes[i].vertex)) continue;
    vertices.push_back(report.nodes[i].vertex);
    places.push_back(i);
  }
  if (vertices.empty()) return;
  const auto is_hard =
      options.depth ? reaches(graph, std::array{report.node}, vertices) : std::vector<bool>(vertices.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) report.nodes[places[i]].soft = !is_hard[i];
}

/// Every arc that the search walked: those that leave the start and the nodes it went on from.
std::vector<Arc> arcs_walked(const ArcGraph& graph, const DependencyReport& report,
                             std::optional<std::uint32_t> depth) {
  std::vector<Arc> arcs;
  const auto add = [&](Vertex v) {
    for (const ArcStep step : graph.out(v)) arcs.push_back(step.arc);
  };
  if (depth.value_or(1) > 0) add(report.node);
  for (const DependencyNode& node : report.nodes) {
    if (!depth || node.tier < *depth) add(node.vertex);
  }
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

DependencyReport walk_dependencies(const View& view, Vertex node, const ReachOptions& options, Walk walk) {
  const ArcGraph graph(view, choice_of(options), walk);
  DependencyReport report;
  report.node = node;
  Tiers tiers = find_tiers(graph, std::array{node}, options.depth);
  report.nodes.reserve(tiers.vertices.size());
  for (std::size_t number = 1; number <= tiers.ends.size(); ++number) {
    for (const Vertex vertex : tiers.tier(number))
      report.nodes.push_back({vertex, static_cast<std::uint32_t>(number), false});
  }
  report.hidden = std::move(tiers.hidden);
  if (options.soft && tiers.met_soft) mark_soft(view, options, walk, report);
  if (options.list_arcs) report.arcs = arcs_walked(graph, report, options.depth);
  return report;
}

}  // namespace

DependencyReport find_dependencies(const View& view, Vertex node, const ReachOptions& options) {
  return walk_dependencies(view, node, options, Walk::forward);
}

DependencyReport find_dependents(const View& view, Vertex node, const ReachOptions& options) {
  return walk_dependencies(view, node, options, Walk::backward);
}

}  // namespace chokepoint
