#pragma once

#include "chokepoint/algorithms/shortest_paths.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint {

/// Which connections count as a path from one node to another.
enum class PathKind : std::uint8_t {
  depends,     ///< every node depends on the next
  dependents,  ///< every node is what the next depends on
  stored,      ///< along every edge from its `from` to its `to`
  either,      ///< along every edge in either direction
};

struct PathOptions {
  PathKind kind = PathKind::depends;
  std::size_t count = 3;                       ///< how many, shortest first
  std::optional<std::uint32_t> max_hops = {};  ///< longer ones are left out
  std::vector<std::uint16_t> edge_types = {};  ///< empty: every type
  bool soft = true;                            ///< as in ReachOptions; of no effect for stored and either
  bool asked = false;
};

/// The shortest connections between two nodes, by (hops, node ids), without a repeated node. Parallel edges make one
/// path that lists them all at the hop. Empty when there is none, or when the two are one node.
/// @see shortest_paths for the cost
std::vector<GraphPath> find_paths(const View& view, Vertex from, Vertex to, const PathOptions& options = {});

}  // namespace chokepoint
