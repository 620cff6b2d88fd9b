#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

namespace chokepoint::detail {

/// All arcs of a graph, each once.
class ArcIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = ArcStep;
  using difference_type = std::ptrdiff_t;
  using pointer = const ArcStep*;
  using reference = ArcStep;

  ArcIterator() = default;
  ArcIterator(const ArcGraph& graph, Arc next)
      : graph_(&graph), next_(next), last_(graph.view().snapshot().edge_count()) {
    skip();
  }
  ArcStep operator*() const { return graph_->step(next_); }
  ArcIterator& operator++() {
    ++next_;
    skip();
    return *this;
  }
  ArcIterator operator++(int) {
    ArcIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const ArcIterator& a, const ArcIterator& b) { return a.next_ == b.next_; }

 private:
  void skip() {
    while (next_ < last_ && !graph_->has_arc(next_)) ++next_;
  }
  const ArcGraph* graph_ = nullptr;
  Arc next_ = 0;
  Arc last_ = 0;
};

/// What the directed and the undirected model have in common for boost::graph_traits. Vertices are 0 … n - 1, so
/// that arrays serve as property maps; those hidden by the view are isolated.
struct GraphModelTraits {
  using vertex_descriptor = Vertex;
  using edge_descriptor = ArcStep;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using vertex_iterator = boost::counting_iterator<Vertex>;
  using out_edge_iterator = ArcGraph::Iterator;
  using in_edge_iterator = ArcGraph::Iterator;
  using edge_iterator = ArcIterator;
  using adjacency_iterator = void;
  using vertices_size_type = std::uint64_t;
  using edges_size_type = std::uint64_t;
  using degree_size_type = std::uint64_t;
  static Vertex null_vertex() { return no_vertex; }
};

struct GraphModelCategory : boost::vertex_list_graph_tag, boost::edge_list_graph_tag, boost::bidirectional_graph_tag {};

inline std::uint64_t count(const ArcGraph::Range& range) {
  return static_cast<std::uint64_t>(std::distance(range.first, range.last));
}

/// The functions of Boost's graph concepts, for a model that keeps an ArcGraph in `arcs`.
template <class Model>
struct GraphModelFunctions {
  friend std::pair<boost::counting_iterator<Vertex>, boost::counting_iterator<Vertex>> vertices(const Model& g) {
    return {boost::counting_iterator<Vertex>(0), boost::counting_iterator<Vertex>(g.arcs->vertex_count())};
  }
  friend std::uint64_t num_vertices(const Model& g) { return g.arcs->vertex_count(); }
  friend std::pair<ArcIterator, ArcIterator> edges(const Model& g) {
    return {ArcIterator(*g.arcs, 0), ArcIterator(*g.arcs, g.arcs->view().snapshot().edge_count())};
  }
  /// O(m): the filter is counted through.
  friend std::uint64_t num_edges(const Model& g) {
    const auto [first, last] = edges(g);
    return static_cast<std::uint64_t>(std::distance(first, last));
  }
  friend Vertex source(const ArcStep& step, const Model&) { return step.source; }
  friend Vertex target(const ArcStep& step, const Model&) { return step.target; }
  friend std::pair<ArcGraph::Iterator, ArcGraph::Iterator> out_edges(Vertex v, const Model& g) {
    const ArcGraph::Range range = g.arcs->out(v);
    return {range.first, range.last};
  }
  friend std::pair<ArcGraph::Iterator, ArcGraph::Iterator> in_edges(Vertex v, const Model& g) {
    const ArcGraph::Range range = g.arcs->in(v);
    return {range.first, range.last};
  }
  /// O(degree of v in the snapshot), like the next two.
  friend std::uint64_t out_degree(Vertex v, const Model& g) { return count(g.arcs->out(v)); }
  friend std::uint64_t in_degree(Vertex v, const Model& g) { return count(g.arcs->in(v)); }
  friend std::uint64_t degree(Vertex v, const Model& g) {
    return g.arcs->is_undirected() ? count(g.arcs->out(v)) : count(g.arcs->out(v)) + count(g.arcs->in(v));
  }
  friend boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const Model&) { return {}; }
  friend Vertex get(boost::vertex_index_t, const Model&, Vertex v) { return v; }
};

}  // namespace chokepoint::detail
