#pragma once

#include "chokepoint/query/session.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Number of the node or edge type that a user named by id or by label in any language.
/// @throws UsageError with suggestions when there is none
std::uint16_t require_node_type(const Session& session, std::string_view text);
std::uint16_t require_edge_type(const Session& session, std::string_view text);

/// Ids of the named node types, for filters; empty for an empty list.
std::vector<std::string> node_type_ids(const Session& session, const std::vector<std::string>& texts);

/// `; did you mean a, b?`, nothing for an empty list.
std::string did_you_mean(const std::vector<std::string>& candidates);
/// The same; where nothing is near, `; see \`COMMAND\``. @param command  that lists what there is
std::string did_you_mean_or_see(const std::vector<std::string>& candidates, std::string_view command);

/// Reads `YYYY[-MM[-DD]]` as an `--as-of` day. @throws UsageError naming the option
Date require_day(std::string_view text, std::string_view option);

/// The dataset of that id. @throws NotFoundError naming near ids
DatasetInfo require_dataset(const Session& session, const std::string& id);

/// The vertex of a node that the database has, by its id. @throws DamagedSnapshot where the graph lacks it
Vertex vertex_of(const Snapshot& snapshot, std::string_view id);
Vertex vertex_of(const DeltaSnapshot& graph, std::string_view id);
/// A node with its labels, out of the snapshot. @pre snapshot.has_names() @throws DamagedSnapshot
NodeRef ref_of(const Snapshot& snapshot, Vertex v);
/// The one node of that name, out of the snapshot where it has names; messages come from the database.
/// @throws NotFoundError, UsageError as Reader::resolve; DamagedSnapshot
Vertex resolve_vertex(Session& session, const Snapshot& snapshot, std::string_view name);
/// The same of a graph that changed since its snapshot was made.
Vertex resolve_vertex(Session& session, const DeltaSnapshot& graph, std::string_view name);

/// Nodes by id with their types and labels, each read from the database once.
class NodeRefs {
 public:
  explicit NodeRefs(const Session& session) : session_(&session) {}

  /// The node; one that carries the id alone when the graph has none of that id (a dangling end).
  const NodeRef& ref(const std::string& id);
  /// Makes a node known without asking the database.
  void remember(NodeRef node);
  [[nodiscard]] const Session& session() const { return *session_; }

 private:
  const Session* session_;
  std::map<std::string, NodeRef, std::less<>> known_;
};

}  // namespace chokepoint
