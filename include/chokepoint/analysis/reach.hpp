#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint {

/// How far and along what a dependency question goes. Derived edges follow the view: plain reachability leaves them
/// out there unless they are asked for.
struct ReachOptions {
  std::optional<std::uint32_t> depth = {};     ///< largest tier; nullopt for all
  std::vector<std::uint16_t> edge_types = {};  ///< numbers in the ontology; empty: every type with a dependency
  bool soft = true;                            ///< walk dependencies that are listed but never needed
  bool asked = false;                          ///< walk dependencies that count only when asked for
  bool list_arcs = true;                       ///< false: `arcs` stays empty, which saves most of the time
};

/// A node in an answer about dependencies.
struct DependencyNode {
  Vertex vertex = no_vertex;
  std::uint32_t tier = 0;  ///< fewest hops from the node in question, from 1
  bool soft = false;       ///< no walk over hard dependencies alone comes here, however long
  friend bool operator==(const DependencyNode&, const DependencyNode&) = default;
};

/// What a node depends on, or what depends on it. The node itself is not among `nodes`, even on a cycle.
struct DependencyReport {
  Vertex node = no_vertex;
  std::vector<DependencyNode> nodes;  ///< sorted by (tier, vertex)
  std::vector<Arc> arcs;              ///< edges walked, sorted: they leave `node` or a node above the depth limit
  ViewCoverage hidden;                ///< edges that would have been walked if the view did not hide them
};

/// What `node` depends on, directly and indirectly: its inputs, their makers, their places … An edge of role flow
/// makes the customer depend on the supplier; its item qualifies the edge and is not walked to.
/// @note O(nodes and arcs within the depth) and a few bits per vertex of the graph; where a node was reached over soft
///       dependencies alone, O(n + m)
/// @throws DamagedSnapshot
DependencyReport find_dependencies(const View& view, Vertex node, const ReachOptions& options = {});

/// What depends on `node`, directly and indirectly. Like find_dependencies, against the arcs.
DependencyReport find_dependents(const View& view, Vertex node, const ReachOptions& options = {});

}  // namespace chokepoint
