#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint {

/// How many other vertices walks along the arcs come to, for every vertex at once.
/// @param threads  at least 1; the numbers are the same for any
/// @return [vertex_count] 0 for vertices that the view hides
/// @note O(m n / 512) words of 64 bytes, 72 bytes a strong component and thread: the strong components are taken in
///       topological order, and 512 of them at a time are followed as one bit each.
/// @see P. Purdom, "A transitive closure algorithm", BIT 10, 1970, for closures by components; M. Then et al., "The
/// More
///      the Merrier: Efficient Multi-Source Graph Traversal", PVLDB 8, 2014, for many walks in one word
std::vector<std::uint32_t> count_reachable(const ArcGraph& graph, unsigned threads);

}  // namespace chokepoint
