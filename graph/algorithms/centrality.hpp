#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint {

struct BetweennessOptions {
  unsigned threads = 1;          ///< how many work side by side; the numbers are the same, to the last bit, for any
  std::uint64_t seed = 1;        ///< which sources a sample takes
  double failure_chance = 0.05;  ///< that a sample's bound fails for some vertex; above 0, below 1
};

/// Betweenness of each vertex: the number of ordered pairs (s, t) of other vertices, each counted by the part of its
/// shortest walks that pass the vertex. Of an undirected graph each pair counts once. Parallel arcs are one; exact, not
/// normalised.
/// @return [vertex_count]; 0 for vertices that the view hides
/// @note O(n · m) time, O(threads · n + m) memory. Path counts are doubles: integers overflow on some dozens of
/// diamonds
/// @see U. Brandes, "A faster algorithm for betweenness centrality", 2001
std::vector<double> find_betweenness(const ArcGraph& graph, const BetweennessOptions& options = {});

struct SampledBetweenness {
  std::vector<double> values;    ///< [vertex_count]
  std::uint32_t sources = 0;     ///< that shortest walks were counted from
  std::uint32_t of_sources = 0;  ///< visible vertices
  /// With a chance of 1 - failure_chance no value, of all vertices at once, is further than this from the exact one; 0
  /// when all were sources.
  double error_bound = 0;
};

/// Betweenness from some sources only, drawn without replacement and scaled up to all: unbiased.
///
/// What one source gives a vertex lies between 0 and n - 2, so the mean of k draws of n is off by less than
/// (n - 2) · √((1 - (k - 1) / n) · ln(2n / failure_chance) / 2k), for all n vertices at once; the bound is n times
/// that. It holds for every graph, and is far from what usually happens: mostly the order of the first ranks is right
/// long before it is small.
/// @param sources  1 … n; more are as many as there are, and the values exact
/// @note O(sources · m) time
/// @see U. Brandes, C. Pich, "Centrality estimation in large networks", 2007; R. J. Serfling, "Probability inequalities
///      for the sum in sampling without replacement", 1974; W. Hoeffding, 1963
SampledBetweenness sample_betweenness(const ArcGraph& graph, std::uint32_t sources,
                                      const BetweennessOptions& options = {});

struct PageRankOptions {
  double damping = 0.85;
  /// A component of cycles is settled when its ranks change by less than this in a round (sum of absolute changes, as a
  /// part of its vertices in all).
  double tolerance = 1e-12;
  std::uint32_t max_rounds = 1000;
};

/// PageRank: where a walker comes to rest who follows a random arc, or with probability 1 - damping jumps anywhere;
/// from a vertex without arcs he always jumps, so that nothing leaks. Over arcs dependent → dependency, what much rests
/// on ranks high. Parallel arcs are one.
/// @return [vertex_count], sums to 1 over the visible vertices; 0 for hidden ones
/// @note O(n + m), and rounds over the arcs inside strong components
/// @see L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank Citation Ranking", 1999
std::vector<double> find_page_rank(const ArcGraph& graph, const PageRankOptions& options = {});

/// Core numbers: the largest k such that the vertex is in a part of the graph where everyone has k neighbours in that
/// part. Parallel edges are one. @pre graph.is_undirected()
/// @return [vertex_count]; 0 for vertices that the view hides
/// @note O(n + m). @see V. Batagelj, M. Zaveršnik, "An O(m) algorithm for cores decomposition of networks", 2003
std::vector<std::uint32_t> find_core_numbers(const ArcGraph& graph);

}  // namespace chokepoint
