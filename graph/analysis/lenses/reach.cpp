#include "chokepoint/analysis/reach.hpp"

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "algorithms/reachability.hpp"
#include "algorithms/tier_search.hpp"
#include "algorithms/tiers.hpp"
#include "analysis/lenses/requirement_reach.hpp"
#include "analysis/requirements/delta_nodes.hpp"
#include "analysis/requirements/marked_part.hpp"
#include "analysis/requirements/roles.hpp"
#include "analysis/requirements/ruled_part.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

namespace chokepoint {

namespace {

ArcChoice choice_of(const ReachOptions& options) {
  return {.dependencies = true, .soft = options.soft, .asked = options.asked, .edge_types = options.edge_types};
}

/// Places end the walk, but for what says where they lie; nullopt: nothing ends it.
std::optional<WalkEnd> end_of_walk(const View& view, const ReachOptions& options, Walk walk) {
  if (options.through_places) return std::nullopt;
  const std::vector<detail::EdgeRule> rules = detail::edge_rules(view.snapshot().ontology());
  ArcChoice seats{.dependencies = true, .soft = false, .asked = false, .edge_types = {}};
  for (std::uint16_t type = 0; type < rules.size(); ++type) {
    const bool is_wanted =
        options.edge_types.empty() || std::ranges::find(options.edge_types, type) != options.edge_types.end();
    if (rules[type].is_hard && rules[type].kind == GroupKind::seat && is_wanted) seats.edge_types.push_back(type);
  }
  constexpr std::uint16_t no_type = std::numeric_limits<std::uint16_t>::max();
  if (seats.edge_types.empty()) seats.edge_types.push_back(no_type);  // an empty list would choose every type
  return WalkEnd{Layer::place, ArcGraph(view, seats, walk), walk == Walk::backward};
}

/// Marks the nodes that no walk over hard arcs reaches. Asked-for dependencies are as hard as their type says.
void mark_soft(const View& view, const ReachOptions& options, Walk walk, const WalkEnd* end, DependencyReport& report) {
  ArcChoice hard = choice_of(options);
  hard.soft = false;
  const ArcGraph graph(view, hard, walk);
  // Most are come to over hard arcs within the depth; the others may be further away.
  std::vector<Vertex> near = find_tiers(graph, std::array{report.node}, options.depth, end).vertices;
  std::sort(near.begin(), near.end());
  std::vector<Vertex> vertices;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < report.nodes.size(); ++i) {
    if (std::binary_search(near.begin(), near.end(), report.nodes[i].vertex)) continue;
    vertices.push_back(report.nodes[i].vertex);
    places.push_back(i);
  }
  if (vertices.empty()) return;
  const auto is_hard = options.depth ? reaches(graph, std::array{report.node}, vertices, end)
                                     : std::vector<bool>(vertices.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) report.nodes[places[i]].soft = !is_hard[i];
}

/// Lists every arc that the search walked: those that leave the start and the nodes it went on from.
void list_arcs(const ArcGraph& graph, const ReachOptions& options, const WalkEnd* end, DependencyReport& report) {
  const auto add = [&](const ArcStep& step) {
    report.arcs.push_back(step.arc);
    report.hops.push_back({step.arc, step.source, step.target});
  };
  const auto add_all = [&](Vertex v) { std::ranges::for_each(graph.out(v), add); };
  std::optional<detail::EndOfWalk> ending;
  if (end != nullptr) ending.emplace(*end, std::array{report.node});
  if (options.depth.value_or(1) > 0) add_all(report.node);
  for (const DependencyNode& node : report.nodes) {
    if (options.depth && node.tier >= *options.depth) continue;
    if (ending && ending->is_at(node.vertex)) {
      ending->hand_on(node.vertex, add);
    } else {
      add_all(node.vertex);
    }
  }
  std::sort(report.arcs.begin(), report.arcs.end());
  std::sort(report.hops.begin(), report.hops.end());
}

DependencyReport walk_dependencies(const View& view, Vertex node, const ReachOptions& options, Walk walk) {
  if (!view.snapshot().columns().requirements_are_arcs) return detail::walk_requirements(view, node, options, walk);
  const ArcGraph graph(view, choice_of(options), walk);
  const std::optional<WalkEnd> ending = end_of_walk(view, options, walk);
  const WalkEnd* end = ending ? &*ending : nullptr;
  DependencyReport report;
  report.node = node;
  Tiers tiers = find_tiers(graph, std::array{node}, options.depth, end);
  report.nodes.reserve(tiers.vertices.size());
  for (std::size_t number = 1; number <= tiers.ends.size(); ++number) {
    for (const Vertex vertex : tiers.tier(number))
      report.nodes.push_back({vertex, static_cast<std::uint32_t>(number), false});
  }
  report.hidden = std::move(tiers.hidden);
  if (options.soft && tiers.met_soft) mark_soft(view, options, walk, end, report);
  if (options.list_arcs) list_arcs(graph, options, end, report);
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
  const Walk walk = dependents ? Walk::backward : Walk::forward;
  const ArcGraph graph(base, choice_of(options), walk);
  const std::optional<WalkEnd> end = end_of_walk(base, options, walk);
  // Whether anything is needed after all is looked for at any depth.
  const auto depth = options.soft ? std::nullopt : options.depth;
  const std::size_t most = detail::most_of_a_part(counts);
  const auto search = [&](const std::vector<Vertex>& starts) -> std::optional<std::vector<std::uint8_t>> {
    std::size_t count = 0;
    const auto are_too_many = [&](std::span<const Vertex> tier) { return (count += tier.size()) > most; };
    const Tiers tiers =
        detail::search_tiers(graph, starts, depth, depth.has_value(), end ? &*end : nullptr, are_too_many);
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
