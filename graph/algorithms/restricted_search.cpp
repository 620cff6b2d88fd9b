// Question: which is the shortest way from a vertex to the target that avoids the way already gone?
// Method: Boost's breadth-first search, once, tells every vertex its distance to the target. With it as lower bound (it
// drops by at most one along an arc) A* runs in buckets by estimated length; every vertex on some shortest way is
// settled before the search ends, so the way with the smallest vertex numbers is found by walking forward over those
// that lead to the target. Boost's astar_search stops at the target, when ties are not yet settled.
#include "algorithms/restricted_search.hpp"

#include "chokepoint/snapshot/boost.hpp"
#include "algorithms/breadth_first.hpp"

#include <boost/graph/visitors.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint::detail {

namespace {

bool contains(std::span<const Vertex> vertices, Vertex v) {
  return std::find(vertices.begin(), vertices.end(), v) != vertices.end();
}

}  // namespace

RestrictedSearch::RestrictedSearch(const ArcGraph& graph, Vertex target)
    : graph_(&graph),
      target_(target),
      hops_left_(graph.vertex_count(), unreachable),
      hops_from_start_(graph.vertex_count(), 0),
      on_path_(graph.vertex_count(), 0),
      settled_(graph.vertex_count(), 0),
      marked_(graph.vertex_count(), 0),
      position_(graph.vertex_count(), 0) {
  const ArcGraph turned = graph.reversed();
  const DirectedGraph model(turned);
  VertexSet seen(graph.vertex_count());
  KeepingQueue queue([](Vertex) {});
  hops_left_[target] = 0;
  boost::breadth_first_visit(
      model, target, queue,
      boost::make_bfs_visitor(boost::record_distances(vertex_map(hops_left_.data()), boost::on_tree_edge())),
      SeenMap{&seen});
}

void RestrictedSearch::keep_clear_of(std::size_t number, const std::vector<Vertex>& path, std::size_t count) {
  forbidden_ = count;
  if (path_number_ == number) return;
  path_number_ = number;
  ++path_epoch_;
  for (std::size_t i = 0; i < path.size(); ++i) {
    on_path_[path[i]] = path_epoch_;
    position_[path[i]] = static_cast<std::uint32_t>(i);
  }
}

std::uint32_t RestrictedSearch::lower_bound(Vertex start, std::span<const Vertex> not_next) const {
  std::uint32_t least = unreachable;
  for (const ArcStep step : graph_->out(start)) {
    const std::uint32_t left = hops_left_[step.target];
    if (left < least && left + 1 < least && !is_forbidden(step.target) && !contains(not_next, step.target)) {
      least = left + 1;
    }
  }
  return least;
}

bool RestrictedSearch::settle_shortest_ways(Vertex start, std::span<const Vertex> not_next, std::uint32_t most) {
  if (hops_left_[start] == unreachable) return false;
  // By estimated length of the whole way: vertices to settle with their hops from the start.
  std::map<std::uint64_t, std::vector<std::pair<Vertex, std::uint32_t>>> buckets;
  buckets[hops_left_[start]].emplace_back(start, 0);
  while (!buckets.empty()) {
    const auto estimate = buckets.begin()->first;
    if (estimate > most) return false;
    auto& bucket = buckets.begin()->second;
    while (!bucket.empty()) {
      const auto [v, hops] = bucket.back();
      bucket.pop_back();
      if (is_settled(v)) continue;
      settled_[v] = search_epoch_;
      hops_from_start_[v] = hops;
      if (v == target_) continue;
      for (const ArcStep step : graph_->out(v)) {
        const Vertex w = step.target;
        if (hops_left_[w] == unreachable || is_settled(w) || is_forbidden(w)) continue;
        if (v == start && contains(not_next, w)) continue;
        buckets[std::uint64_t{hops} + 1 + hops_left_[w]].emplace_back(w, hops + 1);
      }
    }
    buckets.erase(buckets.begin());
    if (is_settled(target_)) return true;
  }
  return false;
}

void RestrictedSearch::mark_shortest_ways() {
  std::vector<Vertex> queue = {target_};
  marked_[target_] = search_epoch_;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const Vertex v = queue[next];
    for (const ArcStep step : graph_->in(v)) {
      const Vertex u = step.source;
      if (!is_settled(u) || is_marked(u) || hops_from_start_[u] + 1 != hops_from_start_[v]) continue;
      marked_[u] = search_epoch_;
      queue.push_back(u);
    }
  }
}

std::vector<Vertex> RestrictedSearch::shortest(Vertex start, std::span<const Vertex> not_next, std::uint32_t most) {
  ++search_epoch_;
  if (!settle_shortest_ways(start, not_next, most)) return {};
  mark_shortest_ways();
  std::vector<Vertex> way = {start};
  while (way.back() != target_) {
    Vertex best = no_vertex;
    for (const ArcStep step : graph_->out(way.back())) {
      const Vertex w = step.target;
      if (is_marked(w) && hops_from_start_[w] == way.size()) best = std::min(best, w);
    }
    way.push_back(best);
  }
  return way;
}

}  // namespace chokepoint::detail
