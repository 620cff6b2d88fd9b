#include "query/session/names.hpp"

#include "chokepoint/model/text.hpp"

namespace chokepoint::detail {

const NodeRef& Names::ref(const std::string& id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  NodeRef node = session_->reader().ref(id).value_or(NodeRef{.key = 0, .id = id, .type = {}, .labels = {}});
  return known_.emplace(id, std::move(node)).first->second;
}

void Names::remember(NodeRef node) {
  std::string id = node.id;
  known_.insert_or_assign(std::move(id), std::move(node));
}

std::string Names::label(const std::string& id) { return session_->label(ref(id)); }

std::string Names::named(const std::string& id) {
  return id.empty() ? std::string() : detail::named(*session_, ref(id));
}

Json Names::json(const std::string& id) { return id.empty() ? Json() : session_->ref(ref(id)); }

std::string Names::type_label(const std::string& id) { return node_type_label(*session_, ref(id).type); }

NodeRef ref_of(const Snapshot& snapshot, Vertex v) {
  NodeRef ref{.key = snapshot.columns().node_key[v],
              .id = std::string(snapshot.id(v)),
              .type = snapshot.type(v).id,
              .labels = {}};
  for (const NodeName& name : snapshot.names(v))
    if (name.kind == NodeName::Kind::label) ref.labels.emplace(name.tag, name.text);
  return ref;
}

Vertex resolve_vertex(Session& session, const Snapshot& snapshot, std::string_view name) {
  if (const auto exact = snapshot.find(name)) return *exact;
  if (snapshot.has_names()) {
    const std::string folded = fold(name);
    const auto candidates = snapshot.named(folded);
    for (const Vertex v : candidates)
      if (fold(snapshot.id(v)) == folded) return v;
    if (candidates.size() == 1) return candidates.front();
  }
  const NodeRef node = session.reader().resolve(name);
  const auto found = snapshot.find(node.id);
  if (!found) throw DamagedSnapshot("lacks a node of the database");
  return *found;
}

std::string named(const Session& session, const NodeRef& node) {
  const std::string label = session.label(node);
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
