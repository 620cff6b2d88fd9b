// Question: which vertices do walks from the starts come to, and in how few arcs?
// Method: breadth-first search by whole tiers. Boost's search gives the same (a test compares them), but it takes a
// colour and a distance for every vertex of the graph and can only be stopped at a depth by an exception; with one
// bit per vertex a bounded query touches little more than what it returns.
// See E. F. Moore, "The shortest path through a maze", 1959.
#include "chokepoint/algorithms/reachability.hpp"

#include "algorithms/vertex_set.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint {

std::vector<ReachedVertex> reach(const ArcGraph& graph, std::span<const Vertex> starts,
                                 std::optional<std::uint32_t> depth) {
  detail::VertexSet seen(graph.vertex_count());
  std::vector<Vertex> frontier;
  for (const Vertex start : starts) {
    if (seen.insert(start)) frontier.push_back(start);
  }
  std::vector<ReachedVertex> reached;
  std::vector<Vertex> next;
  for (std::uint32_t tier = 1; !frontier.empty() && (!depth || tier <= *depth); ++tier) {
    next.clear();
    for (const Vertex v : frontier) {
      for (const ArcStep step : graph.out(v)) {
        if (seen.insert(step.target)) next.push_back(step.target);
      }
    }
    std::sort(next.begin(), next.end());
    for (const Vertex v : next) reached.push_back({v, tier});
    frontier.swap(next);
  }
  return reached;
}

std::vector<bool> reaches(const ArcGraph& graph, std::span<const Vertex> starts, std::span<const Vertex> wanted) {
  detail::VertexSet missing(graph.vertex_count());
  std::size_t missing_count = 0;
  for (const Vertex v : wanted) {
    if (missing.insert(v)) ++missing_count;
  }
  detail::VertexSet seen(graph.vertex_count());
  std::vector<Vertex> queue;
  const auto come_to = [&](Vertex v) {
    if (!seen.insert(v)) return;
    queue.push_back(v);
    if (missing.has(v)) --missing_count;
  };
  for (const Vertex start : starts) come_to(start);
  for (std::size_t next = 0; next < queue.size() && missing_count > 0; ++next) {
    for (const ArcStep step : graph.out(queue[next])) come_to(step.target);
  }
  std::vector<bool> found(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) found[i] = seen.has(wanted[i]);
  return found;
}

}  // namespace chokepoint
