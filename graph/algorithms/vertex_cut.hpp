#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <optional>
#include <vector>

namespace chokepoint {

/// The fewest vertices, other than the ends, without which no walk leads from `from` to `to`; by Menger's theorem as
/// many as there are ways that share no vertex but the ends. Of several smallest sets the one nearest to `from`.
/// @return sorted; empty when there is no walk to begin with; nullopt when there can be no cut: an arc joins the ends,
///         or they are one vertex
/// @note O(m √n), iterative, over an implicit split of every vertex in a copy of what lies between the two
/// @see K. Menger, 1927; S. Even, R. E. Tarjan, "Network flow and testing graph connectivity", 1975
std::optional<std::vector<Vertex>> find_vertex_cut(const ArcGraph& graph, Vertex from, Vertex to);

}  // namespace chokepoint
