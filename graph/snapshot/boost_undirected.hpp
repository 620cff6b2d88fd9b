#pragma once

#include "snapshot/boost_graph_base.hpp"

#include <cassert>

namespace chokepoint::detail {

/// An ArcGraph made with Walk::either as Boost.Graph sees it: an undirected graph, each arc at both of its ends. Holds
/// a pointer.
struct UndirectedModel : GraphModelFunctions<UndirectedModel> {
  explicit UndirectedModel(const ArcGraph& graph) : arcs(&graph) { assert(graph.is_undirected()); }
  const ArcGraph* arcs;
};

}  // namespace chokepoint::detail

namespace boost {

template <>
struct graph_traits<chokepoint::detail::UndirectedModel> : chokepoint::detail::GraphModelTraits {
  using directed_category = undirected_tag;
  using traversal_category = chokepoint::detail::GraphModelCategory;
};
// Boost asks for the traits of the const graph, too.
template <>
struct graph_traits<const chokepoint::detail::UndirectedModel> : graph_traits<chokepoint::detail::UndirectedModel> {};

template <>
struct property_map<chokepoint::detail::UndirectedModel, vertex_index_t> {
  using type = typed_identity_property_map<chokepoint::Vertex>;
  using const_type = type;
};
template <>
struct property_map<const chokepoint::detail::UndirectedModel, vertex_index_t>
    : property_map<chokepoint::detail::UndirectedModel, vertex_index_t> {};

}  // namespace boost

namespace chokepoint::detail {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<UndirectedModel>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<UndirectedModel>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<UndirectedModel>));

}  // namespace chokepoint::detail
