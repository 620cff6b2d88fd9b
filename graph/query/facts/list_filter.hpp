#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/resolve.hpp"

#include <set>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// Reads ListParams once and judges records by them.
class ListFilter {
 public:
  /// @throws UsageError for a type that is neither of nodes nor of edges, or an unknown status
  ListFilter(const Session& session, const ListParams& params);

  [[nodiscard]] bool has_types() const { return !node_types_.empty() || !edge_types_.empty(); }
  [[nodiscard]] bool has_node_types() const { return !node_types_.empty(); }
  [[nodiscard]] bool has_edge_types() const { return !edge_types_.empty(); }
  [[nodiscard]] bool has_statuses() const { return !statuses_.empty(); }
  [[nodiscard]] bool has_status(Status status) const { return statuses_.empty() || statuses_.contains(status); }
  [[nodiscard]] bool names_node_type(std::string_view type) const { return node_types_.contains(std::string(type)); }
  [[nodiscard]] bool names_edge_type(std::string_view type) const { return edge_types_.contains(std::string(type)); }
  /// Whether an edge is of a named type, or a node of a named type is at its other end; and of a named status.
  [[nodiscard]] bool has(NodeRefs& nodes, const Edge& edge, const std::string& other) const;

 private:
  std::set<std::string> node_types_, edge_types_;
  std::set<Status> statuses_;
};

}  // namespace chokepoint::detail
