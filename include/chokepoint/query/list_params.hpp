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

/// How a long list is shown.
struct ListStyle {
  std::size_t limit = 0;      ///< rows of a table for people; 0 for all
  bool notes = false;         ///< what curators noted beside the records, for people
  bool with_sources = false;  ///< citations in tables for people
};

}  // namespace chokepoint
