#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

struct RankParams {
  std::string by = "betweenness";       ///< one of `rank_measures()`
  std::vector<std::string> types = {};  ///< node types to list; the measure still sees the others
  std::size_t limit = 20;               ///< rows; 0 for all
  bool soft = true;                     ///< dependencies that are listed but never needed count
  std::size_t sample = 0;               ///< betweenness from so many sources only, with its bound; 0: from all, exact
  unsigned threads = 1;                 ///< at least 1; the numbers are the same for any
  ViewParams view = {};
};

/// The nodes of the plain dependency graph by one measure, largest first, then by id. A lens: it looks at arrows, not
/// at which of them are all-of and any-of. `result`: [{"id","value","rests_on"}…]; `coverage.sample` tells how far
/// off a sample may be. @throws UsageError naming the measures there are; for a sample of anything but betweenness
Answer rank_nodes(Session& session, const RankParams& params);

/// betweenness, page-rank, k-core, dominated, dependents, dependencies, suppliers, component, articulation, bridges,
/// sole-supplies, lost-share, hhi-country, hhi-firm, controlled.
std::vector<std::string> rank_measures();

}  // namespace chokepoint
