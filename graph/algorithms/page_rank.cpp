// Question: where does a random walker along the arcs spend the time?
// Method: power iteration, pulling over arcs turned round so that every vertex is written once and in order: the sums
// are the same on every run. Boost's page_rank loses what comes to vertices without arcs; here it is spread evenly.
#include "chokepoint/algorithms/centrality.hpp"

#include "algorithms/simple_graph.hpp"

#include <cmath>
#include <cstddef>

namespace chokepoint {

std::vector<double> find_page_rank(const ArcGraph& graph, const PageRankOptions& options) {
  const detail::SimpleGraph out = detail::make_simple(graph);
  const detail::SimpleGraph in = detail::make_simple(graph.reversed());
  const std::uint32_t n = out.size();
  if (n == 0) return std::vector<double>(graph.vertex_count(), 0);
  std::vector<double> rank(n, 1.0 / n);
  std::vector<double> passed_on(n, 0);
  for (std::uint32_t round = 0; round < options.max_rounds; ++round) {
    double stuck = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      const std::size_t degree = out.next(v).size();
      if (degree == 0) stuck += rank[v];
      passed_on[v] = degree == 0 ? 0 : rank[v] / static_cast<double>(degree);
    }
    const double jumped = (1 - options.damping + options.damping * stuck) / n;
    double change = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      double sum = 0;
      for (const std::uint32_t u : in.next(v)) sum += passed_on[u];
      const double now = jumped + options.damping * sum;
      change += std::abs(now - rank[v]);
      rank[v] = now;
    }
    if (change < options.tolerance) break;
  }
  return detail::spread(out, rank, graph.vertex_count());
}

}  // namespace chokepoint
