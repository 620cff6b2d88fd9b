#include "algorithms/reachability.hpp"

#include "algorithms/tier_search.hpp"
#include "algorithms/tiers.hpp"
#include "algorithms/vertex_set.hpp"

#include <cstddef>

namespace chokepoint {

std::vector<ReachedVertex> reach(const ArcGraph& graph, std::span<const Vertex> starts,
                                 std::optional<std::uint32_t> depth) {
  const Tiers tiers = find_tiers(graph, starts, depth);
  std::vector<ReachedVertex> reached;
  reached.reserve(tiers.vertices.size());
  for (std::size_t number = 1; number <= tiers.ends.size(); ++number) {
    for (const Vertex v : tiers.tier(number)) reached.push_back({v, static_cast<std::uint32_t>(number)});
  }
  return reached;
}

std::vector<bool> reaches(const ArcGraph& graph, std::span<const Vertex> starts, std::span<const Vertex> wanted,
                          const WalkEnd* end) {
  detail::VertexSet missing(graph.vertex_count());
  std::size_t missing_count = 0;
  for (const Vertex v : wanted) {
    if (missing.insert(v)) ++missing_count;
  }
  static_cast<void>(detail::search_tiers(graph, starts, std::nullopt, true, end, [&](std::span<const Vertex> tier) {
    for (const Vertex v : tier) {
      if (!missing.has(v)) continue;
      missing.erase(v);
      --missing_count;
    }
    return missing_count == 0;
  }));
  std::vector<bool> found(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) found[i] = !missing.has(wanted[i]);
  return found;
}

}  // namespace chokepoint
