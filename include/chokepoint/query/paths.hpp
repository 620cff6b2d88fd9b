#pragma once

#include "chokepoint/algorithms/shortest_paths.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct PathsParams {
  std::string from, to;           ///< ids, labels, aliases or codes
  std::string along = "depends";  ///< depends, dependents, stored (every edge as it points) or either (both ways)
  std::size_t count = 3;          ///< how many, shortest first; at least 1
  std::optional<std::uint32_t> max_hops = {};
  std::vector<std::string> edge_types = {};
  bool soft = true;
  bool asked = false;
  ViewParams view = {};
};

struct PathsResult {
  NodeRef from, to;
  std::string along;             ///< as it was asked for
  std::vector<GraphPath> paths;  ///< shortest first; vertices and arcs of `view`
  std::map<Arc, Edge> edges;     ///< of all hops, parallel ones too
  std::shared_ptr<const View> view;
};

/// The shortest connections from one node to another, with the evidence of every hop.
/// @throws NotFoundError, UsageError
PathsResult list_paths(Session& session, const PathsParams& params);

/// What `along` may be.
std::vector<std::string> path_kinds();

}  // namespace chokepoint
