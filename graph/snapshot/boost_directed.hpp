#pragma once

#include "snapshot/boost_graph_base.hpp"

namespace chokepoint::detail {

/// An ArcGraph as Boost.Graph sees it: a directed, bidirectional, vertex- and edge-list graph. Holds a pointer.
struct DirectedModel : GraphModelFunctions<DirectedModel> {
  explicit DirectedModel(const ArcGraph& graph) : arcs(&graph) {}
  const ArcGraph* arcs;
};

}  // namespace chokepoint::detail

namespace boost {

template <>
struct graph_traits<chokepoint::detail::DirectedModel> : chokepoint::detail::GraphModelTraits {
  using directed_category = bidirectional_tag;
  using traversal_category = chokepoint::detail::GraphModelCategory;
};
// Boost asks for the traits of the const graph, too.
template <>
struct graph_traits<const chokepoint::detail::DirectedModel> : graph_traits<chokepoint::detail::DirectedModel> {};

template <>
struct property_map<chokepoint::detail::DirectedModel, vertex_index_t> {
  using type = typed_identity_property_map<chokepoint::Vertex>;
  using const_type = type;
};
template <>
struct property_map<const chokepoint::detail::DirectedModel, vertex_index_t>
    : property_map<chokepoint::detail::DirectedModel, vertex_index_t> {};

}  // namespace boost

namespace chokepoint::detail {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<DirectedModel>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<DirectedModel>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<DirectedModel>));

}  // namespace chokepoint::detail
