#pragma once

#include "algorithms/implicit_graph.hpp"
#include "algorithms/vertex_set.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/properties.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The vertices that a breadth-first search came to, as Boost's colours: white are those that it did not. One bit a
/// vertex, so that a bounded search touches little more than what it returns.
struct SeenMap {
  using key_type = Vertex;
  using value_type = boost::default_color_type;
  using reference = boost::default_color_type;
  using category = boost::read_write_property_map_tag;

  VertexSet* seen;

  friend boost::default_color_type get(const SeenMap& map, Vertex v) {
    return map.seen->has(v) ? boost::black_color : boost::white_color;
  }
  /// Boost blackens what was grey when it has left it, which here is one.
  friend void put(const SeenMap& map, Vertex v, boost::default_color_type color) {
    if (color == boost::gray_color) map.seen->insert(v);
  }
};

/// A queue for Boost's search that keeps everything that was pushed, in its order. @tparam Prefetch  void(Vertex): told
/// some vertices ahead, so that memory can be asked for
template <class Prefetch>
class KeepingQueue {
 public:
  explicit KeepingQueue(Prefetch prefetch) : prefetch_(std::move(prefetch)) {}
  void push(Vertex v) { all_.push_back(v); }
  void pop() { ++next_; }
  [[nodiscard]] bool empty() const { return next_ == all_.size(); }
  [[nodiscard]] Vertex top() const {
    if (next_ + prefetched_ahead < all_.size()) prefetch_(all_[next_ + prefetched_ahead]);
    return all_[next_];
  }
  [[nodiscard]] std::vector<Vertex> take() { return std::move(all_); }

 private:
  static constexpr std::size_t prefetched_ahead = 12;
  Prefetch prefetch_;
  std::vector<Vertex> all_;
  std::size_t next_ = 0;
};

/// Boost's breadth_first_visit over arcs that are told vertex by vertex.
/// @param starts  each once
/// @param queue  what Boost asks of a buffer: push, pop, top, empty. It sees every vertex in the order in which the
///               search comes to it, and ends the search by being empty
/// @param next  std::span<const Vertex>(Vertex v): where the arcs of `v` lead; asked once for each vertex that is left,
///              and the span is not used after that
/// @note O(vertices reached + arcs at them)
template <class Queue, class Next>
void visit_breadth_first(VertexSet& seen, Vertex vertex_count, std::span<const Vertex> starts, Queue& queue,
                         const Next& next) {
  const ImplicitGraph<const Next&> graph(vertex_count, next);
  boost::breadth_first_visit(graph, starts.begin(), starts.end(), queue, boost::bfs_visitor<>(), SeenMap{&seen});
}

}  // namespace chokepoint::detail
