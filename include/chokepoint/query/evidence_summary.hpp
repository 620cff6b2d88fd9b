#pragma once

#include <cstddef>
#include <string>

namespace chokepoint {

/// What a place in a list rests on: how many edges, and how weak they are.
struct EvidenceSummary {
  std::size_t edges = 0;
  std::size_t on_one_source = 0;  ///< edges that cite one source only
  std::string only_source = {};   ///< the one source of all edges together; empty when there are several
  std::size_t minor = 0;          ///< rows of minor suppliers
  std::size_t unknown = 0;        ///< rows of suppliers without a share
};

}  // namespace chokepoint
