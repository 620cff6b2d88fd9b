#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

/// The snapshot as Boost.Graph sees it: any algorithm of Boost's over any day of a database, without a copy.
///
///     const View view(snapshot, options);           // the day, and which edges count
///     const ArcGraph arcs(view);                    // who depends on whom
///     const DirectedGraph graph(arcs);
///     std::vector<std::uint32_t> component(num_vertices(graph));
///     boost::strong_components(graph, boost::make_iterator_property_map(component.begin(),
///                                                                       get(boost::vertex_index, graph)));
///
/// This is the one public header that needs Boost's (1.74 or later, headers only); a program that includes it finds
/// them itself. A whole program: tests/cmake/consumer/boost.cpp.
namespace chokepoint {

/// All arcs of a graph, each once, by number.
class ArcIterator : public boost::iterator_facade<ArcIterator, ArcStep, boost::forward_traversal_tag, ArcStep> {
 public:
  ArcIterator() = default;
  ArcIterator(const ArcGraph& graph, Arc next)
      : graph_(&graph), next_(next), last_(graph.view().snapshot().edge_count()) {
    skip();
  }

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] ArcStep dereference() const { return graph_->step(next_); }
  void increment() {
    ++next_;
    skip();
  }
  [[nodiscard]] bool equal(const ArcIterator& other) const { return next_ == other.next_; }
  void skip() {
    while (next_ < last_ && !graph_->has_arc(next_)) ++next_;
  }
  const ArcGraph* graph_ = nullptr;
  Arc next_ = 0;
  Arc last_ = 0;
};

/// What `boost::graph_traits` says of both graphs. Vertices are 0 … n - 1, so that arrays serve as property maps; those
/// that the view hides are isolated. Parallel arcs are allowed, loops never occur.
struct BoostGraphTraits {
  struct Category : boost::vertex_list_graph_tag, boost::edge_list_graph_tag, boost::bidirectional_graph_tag {};

  using vertex_descriptor = Vertex;
  using edge_descriptor = ArcStep;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Category;
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

/// The functions of Boost's graph concepts, found by argument; for a graph that keeps an ArcGraph in `arcs`.
/// @throws DamagedSnapshot while a damaged file is walked
template <class Graph>
struct BoostGraphFunctions {
  friend std::pair<boost::counting_iterator<Vertex>, boost::counting_iterator<Vertex>> vertices(const Graph& g) {
    return {boost::counting_iterator<Vertex>(0), boost::counting_iterator<Vertex>(g.arcs->vertex_count())};
  }
  friend std::uint64_t num_vertices(const Graph& g) { return g.arcs->vertex_count(); }
  friend std::pair<ArcIterator, ArcIterator> edges(const Graph& g) {
    return {ArcIterator(*g.arcs, 0), ArcIterator(*g.arcs, g.arcs->view().snapshot().edge_count())};
  }
  /// O(m): the filter is counted through.
  friend std::uint64_t num_edges(const Graph& g) {
    const auto [first, last] = edges(g);
    return static_cast<std::uint64_t>(std::distance(first, last));
  }
  friend Vertex source(const ArcStep& step, const Graph&) { return step.source; }
  friend Vertex target(const ArcStep& step, const Graph&) { return step.target; }
  friend std::pair<ArcGraph::Iterator, ArcGraph::Iterator> out_edges(Vertex v, const Graph& g) {
    const ArcGraph::Range range = g.arcs->out(v);
    return {range.first, range.last};
  }
  friend std::pair<ArcGraph::Iterator, ArcGraph::Iterator> in_edges(Vertex v, const Graph& g) {
    const ArcGraph::Range range = g.arcs->in(v);
    return {range.first, range.last};
  }
  /// O(degree of v in the snapshot), like the next two.
  friend std::uint64_t out_degree(Vertex v, const Graph& g) { return count(g.arcs->out(v)); }
  friend std::uint64_t in_degree(Vertex v, const Graph& g) { return count(g.arcs->in(v)); }
  friend std::uint64_t degree(Vertex v, const Graph& g) {
    return g.arcs->is_undirected() ? count(g.arcs->out(v)) : count(g.arcs->out(v)) + count(g.arcs->in(v));
  }
  friend boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const Graph&) { return {}; }
  friend Vertex get(boost::vertex_index_t, const Graph&, Vertex v) { return v; }

 private:
  static std::uint64_t count(const ArcGraph::Range& range) {
    return static_cast<std::uint64_t>(std::distance(range.first, range.last));
  }
};

/// An ArcGraph as a directed Boost graph: vertex list, edge list, bidirectional.
/// @note a pointer; the ArcGraph must outlive it
struct DirectedGraph : BoostGraphFunctions<DirectedGraph> {
  explicit DirectedGraph(const ArcGraph& graph) : arcs(&graph) {}
  const ArcGraph* arcs;
};

/// An ArcGraph made with `Walk::either` as an undirected Boost graph: each arc at both of its ends.
/// @pre graph.is_undirected()
/// @note a pointer; the ArcGraph must outlive it
struct UndirectedGraph : BoostGraphFunctions<UndirectedGraph> {
  explicit UndirectedGraph(const ArcGraph& graph) : arcs(&graph) { assert(graph.is_undirected()); }
  const ArcGraph* arcs;
};

}  // namespace chokepoint

namespace boost {

template <>
struct graph_traits<chokepoint::DirectedGraph> : chokepoint::BoostGraphTraits {
  using directed_category = bidirectional_tag;
};
template <>
struct graph_traits<chokepoint::UndirectedGraph> : chokepoint::BoostGraphTraits {
  using directed_category = undirected_tag;
};
// Boost asks for the traits of the const graphs, too.
template <>
struct graph_traits<const chokepoint::DirectedGraph> : graph_traits<chokepoint::DirectedGraph> {};
template <>
struct graph_traits<const chokepoint::UndirectedGraph> : graph_traits<chokepoint::UndirectedGraph> {};

template <>
struct property_map<chokepoint::DirectedGraph, vertex_index_t> {
  using type = typed_identity_property_map<chokepoint::Vertex>;
  using const_type = type;
};
template <>
struct property_map<const chokepoint::DirectedGraph, vertex_index_t>
    : property_map<chokepoint::DirectedGraph, vertex_index_t> {};
template <>
struct property_map<chokepoint::UndirectedGraph, vertex_index_t>
    : property_map<chokepoint::DirectedGraph, vertex_index_t> {};
template <>
struct property_map<const chokepoint::UndirectedGraph, vertex_index_t>
    : property_map<chokepoint::DirectedGraph, vertex_index_t> {};

}  // namespace boost

namespace chokepoint {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<DirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<UndirectedGraph>));

}  // namespace chokepoint
