#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint {

/// Betweenness of each vertex: the number of ordered pairs (s, t) of other vertices, each counted by the part of its
/// shortest walks that pass the vertex. Of an undirected graph each pair counts once. Parallel arcs are one; exact, not
/// normalised.
/// @return [vertex_count]; 0 for vertices that the view hides
/// @note O(n · m) time, O(n + m) memory. Path counts are doubles: integers overflow on some dozens of diamonds
/// @see U. Brandes, "A faster algorithm for betweenness centrality", 2001
std::vector<double> find_betweenness(const ArcGraph& graph);

struct PageRankOptions {
  double damping = 0.85;
  double tolerance = 1e-12;  ///< ends when the ranks change by less than this in all (sum of absolute changes)
  std::uint32_t max_rounds = 1000;
};

/// PageRank: where a walker comes to rest who follows a random arc, or with probability 1 - damping jumps anywhere; from
/// a vertex without arcs he always jumps, so that nothing leaks. Over arcs dependent → dependency, what much rests on
/// ranks high. Parallel arcs are one.
/// @return [vertex_count], sums to 1 over the visible vertices; 0 for hidden ones
/// @note O(rounds · (n + m))
/// @see L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank Citation Ranking", 1999
std::vector<double> find_page_rank(const ArcGraph& graph, const PageRankOptions& options = {});

/// Core numbers: the largest k such that the vertex is in a part of the graph where everyone has k neighbours in that
/// part. Parallel edges are one. @pre graph.is_undirected()
/// @return [vertex_count]; 0 for vertices that the view hides
/// @note O(n + m). @see V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks", 2003
std::vector<std::uint32_t> find_core_numbers(const ArcGraph& graph);

}  // namespace chokepoint
