#pragma once

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace chokepoint::detail {

/// A directed graph for Boost's algorithms, whose arcs a function tells vertex by vertex: a copy of the arcs, a
/// requirement system, a scan that fills a buffer. Vertices are 0 … n - 1.
/// @tparam Next  std::span<const std::uint32_t>(std::uint32_t v): where the arcs of `v` lead. For depth-first
///               algorithms all spans stay valid; breadth-first ones use one at a time
template <class Next>
class ImplicitGraph {
 public:
  struct Edge {
    std::uint32_t source = 0;
    std::uint32_t target = 0;
    friend bool operator==(const Edge&, const Edge&) = default;
  };

  class EdgeIterator : public boost::iterator_facade<EdgeIterator, Edge, boost::forward_traversal_tag, Edge> {
   public:
    EdgeIterator() = default;
    EdgeIterator(std::uint32_t source, const std::uint32_t* next) : next_(next), source_(source) {}

   private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Edge dereference() const { return {source_, *next_}; }
    void increment() { ++next_; }
    [[nodiscard]] bool equal(const EdgeIterator& other) const { return next_ == other.next_; }

    const std::uint32_t* next_ = nullptr;
    std::uint32_t source_ = 0;
  };

  // What boost::graph_traits reads.
  struct Category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = Edge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Category;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
  using out_edge_iterator = EdgeIterator;
  using vertices_size_type = std::uint32_t;
  using degree_size_type = std::size_t;
  static std::uint32_t null_vertex() { return static_cast<std::uint32_t>(-1); }

  ImplicitGraph(std::uint32_t vertex_count, Next next) : vertex_count_(vertex_count), next_(std::move(next)) {}

  friend std::pair<vertex_iterator, vertex_iterator> vertices(const ImplicitGraph& g) {
    return {vertex_iterator(0), vertex_iterator(g.vertex_count_)};
  }
  friend std::uint32_t num_vertices(const ImplicitGraph& g) { return g.vertex_count_; }
  friend std::pair<EdgeIterator, EdgeIterator> out_edges(std::uint32_t v, const ImplicitGraph& g) {
    const std::span<const std::uint32_t> targets = g.next_(v);
    return {EdgeIterator(v, targets.data()), EdgeIterator(v, targets.data() + targets.size())};
  }
  friend std::size_t out_degree(std::uint32_t v, const ImplicitGraph& g) { return g.next_(v).size(); }
  friend std::uint32_t source(const Edge& edge, const ImplicitGraph&) { return edge.source; }
  friend std::uint32_t target(const Edge& edge, const ImplicitGraph&) { return edge.target; }
  friend boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, const ImplicitGraph&) {
    return {};
  }
  friend std::uint32_t get(boost::vertex_index_t, const ImplicitGraph&, std::uint32_t v) { return v; }

 private:
  std::uint32_t vertex_count_;
  Next next_;
};

/// An array as a property map of vertices 0 … n - 1.
template <class T>
auto vertex_map(T* values) {
  return boost::make_iterator_property_map(values, boost::typed_identity_property_map<std::uint32_t>());
}

}  // namespace chokepoint::detail

namespace boost {
template <class Next>
struct property_map<chokepoint::detail::ImplicitGraph<Next>, vertex_index_t> {
  using type = typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};
template <class Next>
struct property_map<const chokepoint::detail::ImplicitGraph<Next>, vertex_index_t>
    : property_map<chokepoint::detail::ImplicitGraph<Next>, vertex_index_t> {};
}  // namespace boost
