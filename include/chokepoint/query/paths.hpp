#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <cstdint>
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
  bool with_sources = false;
  ViewParams view = {};
};

/// The shortest connections from one node to another, with the evidence of every hop. Negative when there is none.
/// `result`: {"from","to","paths":[{"nodes":[ref…],"edges":[…]}]}; parallel edges are all listed.
/// @throws NotFoundError, UsageError
Answer list_paths(Session& session, const PathsParams& params);

/// What `along` may be.
std::vector<std::string> path_kinds();

}  // namespace chokepoint
