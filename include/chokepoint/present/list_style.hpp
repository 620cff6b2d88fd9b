#pragma once

#include <cstddef>

namespace chokepoint {

/// How a long list is shown.
struct ListStyle {
  std::size_t limit = 0;      ///< rows of a table for people; 0 for all
  bool notes = false;         ///< what curators noted beside the records, for people
  bool with_sources = false;  ///< citations in tables for people
};

}  // namespace chokepoint
