#pragma once

#include "chokepoint/query/session.hpp"

#include <map>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Nodes by id with their labels, each read from the database once per answer.
class Names {
 public:
  explicit Names(const Session& session) : session_(&session) {}

  /// The node; one that carries the id alone when the graph has none of that id (a dangling end).
  const NodeRef& ref(const std::string& id);
  /// Makes a node known without asking the database.
  void remember(NodeRef node);
  [[nodiscard]] const Session& session() const { return *session_; }

  /// Label in the session's language.
  std::string label(const std::string& id);
  /// `Nvidia (nvidia)`; the id alone where that is the label, nothing for an empty id.
  std::string named(const std::string& id);
  /// `{"id","type","label"}`; null for an empty id.
  Json json(const std::string& id);
  /// Label of a node type in the session's language.
  std::string type_label(const std::string& id);

 private:
  const Session* session_;
  std::map<std::string, NodeRef, std::less<>> known_;
};

/// A node with its labels, out of the snapshot. @pre snapshot.has_names() @throws DamagedSnapshot
NodeRef ref_of(const Snapshot& snapshot, Vertex v);
/// The one node of that name, out of the snapshot where it has names; messages come from the database.
/// @throws NotFoundError, UsageError as Reader::resolve; DamagedSnapshot
Vertex resolve_vertex(Session& session, const Snapshot& snapshot, std::string_view name);

/// `Nvidia (nvidia)`, for a node at hand.
std::string named(const Session& session, const NodeRef& node);
/// Label of a node type; the id where the ontology has no such type.
std::string node_type_label(const Session& session, std::string_view type);
/// How an edge of that type reads from its `from` (outgoing) or its `to` end: `supplies`, `is supplied by`.
std::string relation_label(const Session& session, std::string_view type, bool outgoing);

}  // namespace chokepoint::detail
