#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

/// Which entries of a long list are told.
struct ListParams {
  std::vector<std::string> types = {};     ///< ids or labels of node or edge types; empty: all
  std::vector<std::string> statuses = {};  ///< reported, estimated, forecast, planned, recommended, derived; empty: all
};

}  // namespace chokepoint
