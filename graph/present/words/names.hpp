#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/query/resolve.hpp"

#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Nodes by id as an answer names them.
class Names : public NodeRefs {
 public:
  using NodeRefs::NodeRefs;

  /// Label in the session's language.
  std::string label(const std::string& id);
  /// `Nvidia (nvidia)`; the id alone where that is the label, nothing for an empty id.
  std::string named(const std::string& id);
  /// `{"id","type","label"}`; null for an empty id.
  Json json(const std::string& id);
  /// Label of a node type in the session's language.
  std::string type_label(const std::string& id);
};

/// Label in the session's language, for a node at hand.
std::string node_label(const Session& session, const NodeRef& node);
/// `{"id","type","label"}`
Json ref_json(const Session& session, const NodeRef& node);
/// `Nvidia (nvidia)`, for a node at hand.
std::string named(const Session& session, const NodeRef& node);
/// Label of a node type; the id where the ontology has no such type.
std::string node_type_label(const Session& session, std::string_view type);
/// How an edge of that type reads from its `from` (outgoing) or its `to` end: `supplies`, `is supplied by`.
std::string relation_label(const Session& session, std::string_view type, bool outgoing);

}  // namespace chokepoint::detail
