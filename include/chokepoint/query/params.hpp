#pragma once

#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// Which facts an analysis may use, as the user said it.
struct ViewParams {
  std::vector<std::string> include;          ///< statuses that enter besides: forecast, planned, recommended
  bool derived = false;                      ///< edges that were derived
  std::optional<double> min_confidence;      ///< in [0, 1]
  std::vector<std::string> without_sources;  ///< facts that rest on these sources alone are out
};

/// Which entries of a long list are told.
struct ListParams {
  std::vector<std::string> types = {};     ///< ids or labels of node or edge types; empty: all
  std::vector<std::string> statuses = {};  ///< reported, estimated, forecast, planned, recommended, derived; empty: all
};

}  // namespace chokepoint
