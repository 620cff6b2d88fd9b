#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Shortest ways to one target that keep clear of some vertices. Made once per target (one search backwards from it
/// gives every vertex a lower bound), asked often.
class RestrictedSearch {
 public:
  static constexpr std::uint32_t unreachable = std::numeric_limits<std::uint32_t>::max();

  RestrictedSearch(const ArcGraph& graph, Vertex target);

  /// Fewest hops from `v` to the target when nothing is forbidden.
  [[nodiscard]] std::uint32_t hops_left(Vertex v) const { return hops_left_[v]; }

  /// From now on the vertices before position `count` of `path` are forbidden, and no others. O(1) when the path is
  /// the one that was named last, else O(its length).
  /// @param number  tells paths apart
  void keep_clear_of(std::size_t number, const std::vector<Vertex>& path, std::size_t count);

  /// Lower bound on the hops of `shortest(start, not_next, …)`; unreachable when no first hop leads on.
  [[nodiscard]] std::uint32_t lower_bound(Vertex start, std::span<const Vertex> not_next) const;

  /// Of the shortest ways from `start` to the target over allowed vertices, whose second vertex is not in `not_next`,
  /// the one with the smallest vertex numbers.
  /// @param most  longer ways are not looked for
  /// @return vertices from `start` to the target; empty when there is no such way
  std::vector<Vertex> shortest(Vertex start, std::span<const Vertex> not_next, std::uint32_t most);

 private:
  bool settle_shortest_ways(Vertex start, std::span<const Vertex> not_next, std::uint32_t most);
  void mark_shortest_ways();
  [[nodiscard]] bool is_forbidden(Vertex v) const { return on_path_[v] == path_epoch_ && position_[v] < forbidden_; }
  [[nodiscard]] bool is_settled(Vertex v) const { return settled_[v] == search_epoch_; }
  [[nodiscard]] bool is_marked(Vertex v) const { return marked_[v] == search_epoch_; }

  const ArcGraph* graph_;
  Vertex target_;
  std::vector<std::uint32_t> hops_left_;
  std::vector<std::uint32_t> hops_from_start_;
  // A vertex is on the path, settled or marked when its entry is the present epoch, so that nothing is ever cleared.
  std::vector<std::uint32_t> on_path_, settled_, marked_;
  std::vector<std::uint32_t> position_;
  std::size_t path_number_ = std::numeric_limits<std::size_t>::max();
  std::size_t forbidden_ = 0;
  std::uint32_t path_epoch_ = 0;
  std::uint32_t search_epoch_ = 0;
};

}  // namespace chokepoint::detail
