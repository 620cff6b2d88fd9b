#pragma once

#include "algorithms/arc_lists.hpp"

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
#include <vector>

namespace chokepoint::detail {

/// The flow network that vertex cuts are read from, as Boost's flow algorithms see it: every vertex v of a graph is an
/// entrance 2v and an exit 2v + 1, joined by an arc of capacity 1; arcs of the graph run from exits to entrances and
/// are never full. Every arc has one against it, which begins empty. Nothing of this is stored but what is left of
/// each, in a byte, and the arcs by their targets.
class SplitNetwork {
 public:
  using Side = std::uint32_t;  ///< an entrance or an exit
  struct Edge {
    std::size_t arc = 0;  ///< vertex v's own arc: v; arc i of the graph: vertices + i
    Side source = 0;
    Side target = 0;
    bool is_back = false;  ///< against the arc
    friend bool operator==(const Edge& a, const Edge& b) { return a.arc == b.arc && a.is_back == b.is_back; }
  };

  static Side entrance(std::uint32_t v) { return 2 * v; }
  static Side exit(std::uint32_t v) { return 2 * v + 1; }

  /// @param graph  must outlive it. O(vertices + arcs)
  explicit SplitNetwork(const ArcLists& graph) : graph_(&graph), in_offset_(graph.vertex_count() + std::size_t{1}, 0) {
    const std::uint32_t n = graph.vertex_count();
    for (const std::uint32_t w : graph.all()) ++in_offset_[w + std::size_t{1}];
    for (std::size_t v = 0; v < n; ++v) in_offset_[v + 1] += in_offset_[v];
    in_.resize(graph.all().size());
    std::vector<std::size_t> next(in_offset_.begin(), in_offset_.end() - 1);
    std::size_t arc = 0;
    for (std::uint32_t v = 0; v < n; ++v)
      for (const std::uint32_t w : graph.targets(v)) in_[next[w]++] = {arc++, v};
    residual_.assign(2 * (n + graph.all().size()), 0);
  }

  /// What more can flow along an edge; Boost sets it to the capacities when it begins.
  [[nodiscard]] std::uint8_t& residual(const Edge& edge) { return residual_[2 * edge.arc + (edge.is_back ? 1 : 0)]; }
  [[nodiscard]] int capacity(const Edge& edge) const {
    if (edge.is_back) return 0;
    // No entrance passes on more than 1, so that an arc of 2 is never full. Boost adds to the arc against it, up to 1.
    return edge.arc < graph_->vertex_count() ? 1 : 2;
  }

  class OutIterator : public boost::iterator_facade<OutIterator, Edge, boost::forward_traversal_tag, Edge> {
   public:
    OutIterator() = default;
    OutIterator(const SplitNetwork& network, Side side, std::size_t place)
        : network_(&network), place_(place), side_(side) {}

   private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Edge dereference() const { return network_->edge(side_, place_); }
    void increment() { ++place_; }
    [[nodiscard]] bool equal(const OutIterator& other) const { return place_ == other.place_; }

    const SplitNetwork* network_ = nullptr;
    std::size_t place_ = 0;  ///< 0: the arc inside the vertex; then those of the graph
    Side side_ = 0;
  };

  class EdgeIterator : public boost::iterator_facade<EdgeIterator, Edge, boost::forward_traversal_tag, Edge> {
   public:
    EdgeIterator() = default;
    EdgeIterator(const SplitNetwork& network, Side side) : network_(&network), side_(side) {}

   private:
    friend class boost::iterator_core_access;
    [[nodiscard]] Edge dereference() const { return network_->edge(side_, place_); }
    void increment() {
      if (++place_ == network_->degree(side_)) ++side_, place_ = 0;  // no side is without an edge
    }
    [[nodiscard]] bool equal(const EdgeIterator& other) const { return side_ == other.side_ && place_ == other.place_; }

    const SplitNetwork* network_ = nullptr;
    std::size_t place_ = 0;
    Side side_ = 0;
  };

  // What boost::graph_traits reads.
  struct Category : boost::incidence_graph_tag, boost::vertex_list_graph_tag, boost::edge_list_graph_tag {};
  using vertex_descriptor = Side;
  using edge_descriptor = Edge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Category;
  using vertex_iterator = boost::counting_iterator<Side>;
  using out_edge_iterator = OutIterator;
  using edge_iterator = EdgeIterator;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static Side null_vertex() { return static_cast<Side>(-1); }

  friend std::pair<vertex_iterator, vertex_iterator> vertices(const SplitNetwork& g) {
    return {vertex_iterator(0), vertex_iterator(num_vertices(g))};
  }
  friend std::uint32_t num_vertices(const SplitNetwork& g) { return 2 * g.graph_->vertex_count(); }
  friend std::pair<OutIterator, OutIterator> out_edges(Side side, const SplitNetwork& g) {
    return {OutIterator(g, side, 0), OutIterator(g, side, g.degree(side))};
  }
  friend std::size_t out_degree(Side side, const SplitNetwork& g) { return g.degree(side); }
  friend std::pair<EdgeIterator, EdgeIterator> edges(const SplitNetwork& g) {
    return {EdgeIterator(g, 0), EdgeIterator(g, num_vertices(g))};
  }
  friend std::size_t num_edges(const SplitNetwork& g) { return g.residual_.size(); }
  friend Side source(const Edge& edge, const SplitNetwork&) { return edge.source; }
  friend Side target(const Edge& edge, const SplitNetwork&) { return edge.target; }

 private:
  struct Arriving {
    std::size_t arc;
    std::uint32_t source;
  };

  [[nodiscard]] std::size_t degree(Side side) const {
    const std::uint32_t v = side / 2;
    return 1 + (side % 2 != 0 ? graph_->targets(v).size() : in_offset_[v + std::size_t{1}] - in_offset_[v]);
  }
  [[nodiscard]] Edge edge(Side side, std::size_t place) const {
    const std::uint32_t v = side / 2;
    const bool is_exit = side % 2 != 0;
    if (place == 0) return {v, side, is_exit ? entrance(v) : exit(v), is_exit};
    const std::size_t n = graph_->vertex_count();
    if (is_exit) {
      const std::size_t arc = graph_->first(v) + place - 1;
      return {n + arc, side, entrance(graph_->all()[arc]), false};
    }
    const Arriving& arriving = in_[in_offset_[v] + place - 1];
    return {n + arriving.arc, side, exit(arriving.source), true};
  }

  const ArcLists* graph_;
  std::vector<std::size_t> in_offset_;  ///< [vertices + 1] into in_
  std::vector<Arriving> in_;
  std::vector<std::uint8_t> residual_;  ///< [2 (vertices + arcs)] 0, 1 or 2; of each arc, then against it
};

/// Property maps of a split network: what Boost asks of its edges.
struct SplitCapacity {
  using key_type = SplitNetwork::Edge;
  using value_type = int;
  using reference = int;
  using category = boost::readable_property_map_tag;
  const SplitNetwork* network;
  friend int get(const SplitCapacity& map, const SplitNetwork::Edge& edge) { return map.network->capacity(edge); }
};
struct SplitResidual {
  using key_type = SplitNetwork::Edge;
  using value_type = int;
  using reference = int;
  using category = boost::read_write_property_map_tag;
  SplitNetwork* network;
  friend int get(const SplitResidual& map, const SplitNetwork::Edge& edge) { return map.network->residual(edge); }
  friend void put(const SplitResidual& map, const SplitNetwork::Edge& edge, int left) {
    map.network->residual(edge) = static_cast<std::uint8_t>(left);
  }
};
struct SplitReverse {
  using key_type = SplitNetwork::Edge;
  using value_type = SplitNetwork::Edge;
  using reference = SplitNetwork::Edge;
  using category = boost::readable_property_map_tag;
  friend SplitNetwork::Edge get(const SplitReverse&, const SplitNetwork::Edge& edge) {
    return {edge.arc, edge.target, edge.source, !edge.is_back};
  }
};

}  // namespace chokepoint::detail
