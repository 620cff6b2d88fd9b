#include "chokepoint/analysis/reach.hpp"

#include "chokepoint/algorithms/reachability.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace chokepoint {

namespace {

ArcChoice choice_of(const ReachOptions& options) {
  return {.dependencies = true, .soft = options.soft, .asked = options.asked, .edge_types = options.edge_types};
}

/// Marks the nodes that no walk over hard arcs reaches. Asked-for dependencies are as hard as their type says.
void mark_soft(const View& view, const ReachOptions& options, Walk walk, DependencyReport& report) {
  ArcChoice hard = choice_of(options);
  hard.soft = false;
  std::vector<Vertex> vertices;
  vertices.reserve(report.nodes.size());
  for (const DependencyNode& node : report.nodes) vertices.push_back(node.vertex);
  const auto is_hard = reaches(ArcGraph(view, hard, walk), std::array{report.node}, vertices);
  for (std::size_t i = 0; i < report.nodes.size(); ++i) report.nodes[i].soft = !is_hard[i];
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
  for (const auto& [vertex, tier] : reach(graph, std::array{node}, options.depth)) {
    report.nodes.push_back({vertex, tier, false});
  }
  if (options.soft) mark_soft(view, options, walk, report);
  report.arcs = arcs_walked(graph, report, options.depth);
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
