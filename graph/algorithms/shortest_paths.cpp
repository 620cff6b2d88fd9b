// Question: which are the k shortest paths without a repeated vertex?
// Method: Yen's partition of the remaining paths into those that leave an accepted path at one vertex by another arc
// than all accepted paths with the same beginning; in Lawler's form, so that no set is opened twice. A set is
// searched only when its lower bound reaches the head of the queue: a path of 10^6 hops has 10^6 such sets, and
// nearly all of them are empty or never asked.
#include "chokepoint/algorithms/shortest_paths.hpp"

#include "algorithms/restricted_search.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <queue>
#include <utility>

namespace chokepoint {

namespace {

using detail::RestrictedSearch;

/// The paths that share the first `kept` vertices of an accepted one (1: only the start) and go on to none of
/// `not_next`. Once searched, `vertices` is the best of them.
struct PathSet {
  std::size_t parent = 0;
  std::size_t kept = 1;
  std::vector<Vertex> not_next;
  std::uint64_t hops = 0;  ///< lower bound; exact once searched
  std::vector<Vertex> vertices;
};

/// Shortest first; sets not yet searched before found paths of that length, so that ties are settled among all.
struct Later {
  const std::vector<PathSet>* sets;
  bool operator()(std::size_t a, std::size_t b) const {
    const PathSet& left = (*sets)[a];
    const PathSet& right = (*sets)[b];
    if (left.hops != right.hops) return left.hops > right.hops;
    if (left.vertices.empty() != right.vertices.empty()) return right.vertices.empty();
    return left.vertices > right.vertices;
  }
};

class PathFinder {
 public:
  PathFinder(const ArcGraph& graph, Vertex from, Vertex to, std::uint32_t most)
      : search_(graph, to), from_(from), most_(most), queue_(Later{&sets_}) {}

  std::vector<std::vector<Vertex>> find(std::size_t count) {
    open({.parent = 0, .kept = 1, .not_next = {}, .hops = search_.hops_left(from_), .vertices = {}});
    while (accepted_.size() < count && !queue_.empty()) {
      const std::size_t next = queue_.top();
      queue_.pop();
      if (sets_[next].vertices.empty()) {
        search(next);
      } else {
        accept(next);
      }
    }
    return std::move(accepted_);
  }

 private:
  void open(PathSet set) {
    if (set.hops > most_ || set.hops == RestrictedSearch::unreachable) return;
    sets_.push_back(std::move(set));
    queue_.push(sets_.size() - 1);
  }

  void search(std::size_t number) {
    PathSet& set = sets_[number];
    Vertex start = from_;
    if (!accepted_.empty()) {
      search_.keep_clear_of(set.parent, accepted_[set.parent], set.kept - 1);
      start = accepted_[set.parent][set.kept - 1];
    }
    const auto most_left = static_cast<std::uint32_t>(most_ - (set.kept - 1));
    const std::vector<Vertex> rest = search_.shortest(start, set.not_next, most_left);
    if (rest.empty()) return;
    if (set.kept > 1) {
      const std::vector<Vertex>& parent = accepted_[set.parent];
      set.vertices.assign(parent.begin(), parent.begin() + static_cast<std::ptrdiff_t>(set.kept) - 1);
    }
    set.vertices.insert(set.vertices.end(), rest.begin(), rest.end());
    set.hops = set.vertices.size() - 1;
    queue_.push(number);
  }

  void accept(std::size_t number) {
    const std::size_t parent = accepted_.size();
    accepted_.push_back(std::move(sets_[number].vertices));
    const std::vector<Vertex>& path = accepted_.back();
    std::vector<Vertex> not_next = std::move(sets_[number].not_next);
    for (std::size_t kept = sets_[number].kept; kept < path.size(); ++kept) {
      not_next.push_back(path[kept]);
      search_.keep_clear_of(parent, path, kept - 1);
      const std::uint32_t bound = search_.lower_bound(path[kept - 1], not_next);
      if (bound != RestrictedSearch::unreachable) {
        open({.parent = parent, .kept = kept, .not_next = not_next, .hops = kept - 1 + bound, .vertices = {}});
      }
      not_next.clear();
    }
  }

  RestrictedSearch search_;
  Vertex from_;
  std::uint64_t most_;
  std::vector<PathSet> sets_;
  std::vector<std::vector<Vertex>> accepted_;
  std::priority_queue<std::size_t, std::vector<std::size_t>, Later> queue_;
};

GraphPath with_arcs(const ArcGraph& graph, std::vector<Vertex> vertices) {
  GraphPath path;
  path.hops.resize(vertices.size() - 1);
  for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
    for (const ArcStep step : graph.out(vertices[i])) {
      if (step.target == vertices[i + 1]) path.hops[i].push_back(step.arc);
    }
    std::sort(path.hops[i].begin(), path.hops[i].end());
  }
  path.vertices = std::move(vertices);
  return path;
}

}  // namespace

std::vector<GraphPath> shortest_paths(const ArcGraph& graph, Vertex from, Vertex to, std::size_t count,
                                      std::optional<std::uint32_t> max_hops) {
  assert(from < graph.vertex_count() && to < graph.vertex_count());
  if (from == to || count == 0) return {};
  // No path without a repeated vertex is longer than n - 1.
  const std::uint32_t most = std::min(max_hops.value_or(graph.vertex_count()), graph.vertex_count());
  std::vector<GraphPath> paths;
  for (auto& vertices : PathFinder(graph, from, to, most).find(count)) {
    paths.push_back(with_arcs(graph, std::move(vertices)));
  }
  return paths;
}

}  // namespace chokepoint
