#include "present/words/names.hpp"

namespace chokepoint::detail {

std::string Names::label(const std::string& id) { return node_label(session(), ref(id)); }

std::string Names::named(const std::string& id) {
  return id.empty() ? std::string() : detail::named(session(), ref(id));
}

Json Names::json(const std::string& id) { return id.empty() ? Json() : ref_json(session(), ref(id)); }

std::string Names::type_label(const std::string& id) { return node_type_label(session(), ref(id).type); }

std::string node_label(const Session& session, const NodeRef& node) {
  return std::string(label_of(node.labels, session.language(), node.id));
}

Json ref_json(const Session& session, const NodeRef& node) {
  Json ref = Json::object();
  ref.set("id", node.id);
  ref.set("type", node.type);
  ref.set("label", node_label(session, node));
  return ref;
}

std::string named(const Session& session, const NodeRef& node) {
  const std::string label = node_label(session, node);
  return label == node.id ? label : label + " (" + node.id + ")";
}

std::string node_type_label(const Session& session, std::string_view type) {
  const Ontology& ontology = session.ontology();
  const auto number = ontology.node_type(type);
  if (!number) return std::string(type);
  return std::string(label_of(ontology.node_types()[*number].labels, session.language(), type));
}

std::string relation_label(const Session& session, std::string_view type, bool outgoing) {
  const Ontology& ontology = session.ontology();
  const auto number = ontology.edge_type(type);
  if (!number) return std::string(type);
  const EdgeType& found = ontology.edge_types()[*number];
  return std::string(label_of(outgoing ? found.labels : found.inverse_labels, session.language(), type));
}

}  // namespace chokepoint::detail
