// Question: how deep inside the densely joined part is each vertex?
// Method: take away a vertex of the fewest neighbours again and again; vertices are kept in buckets by neighbours left,
// as one array with the start of each bucket, so that a vertex moves down one bucket by one swap.
#include "chokepoint/algorithms/centrality.hpp"
#include "algorithms/simple_graph.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>
#include <utility>

namespace chokepoint {

std::vector<std::uint32_t> find_core_numbers(const ArcGraph& graph) {
  assert(graph.is_undirected());
  const detail::SimpleGraph simple = detail::make_simple(graph);
  const std::uint32_t n = simple.size();
  std::vector<std::uint32_t> left(n);
  std::uint32_t most = 0;
  for (std::uint32_t v = 0; v < n; ++v) {
    left[v] = static_cast<std::uint32_t>(simple.next(v).size());
    most = std::max(most, left[v]);
  }
  std::vector<std::uint32_t> bucket(most + std::size_t{2}, 0);  // first place of the vertices with so many left
  for (const std::uint32_t count : left) ++bucket[count + std::size_t{1}];
  std::partial_sum(bucket.begin(), bucket.end(), bucket.begin());
  std::vector<std::uint32_t> sorted(n);
  std::vector<std::uint32_t> place(n);
  std::vector<std::uint32_t> next(bucket);
  for (std::uint32_t v = 0; v < n; ++v) {
    place[v] = next[left[v]]++;
    sorted[place[v]] = v;
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t v = sorted[i];
    for (const std::uint32_t w : simple.next(v)) {
      if (left[w] <= left[v]) continue;
      const std::uint32_t first = sorted[bucket[left[w]]];
      std::swap(sorted[place[w]], sorted[place[first]]);
      std::swap(place[w], place[first]);
      ++bucket[left[w]];
      --left[w];
    }
  }
  return detail::spread(simple, left, graph.vertex_count());
}

}  // namespace chokepoint
