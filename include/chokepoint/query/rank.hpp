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
  ViewParams view = {};
};

/// The nodes of the plain dependency graph by one measure, largest first, then by id. A lens: it looks at arrows, not
/// at which of them are all-of and any-of. `result`: [{"id","value","rests_on"}…]. @throws UsageError naming the measures there
/// are
Answer rank_nodes(Session& session, const RankParams& params);

/// betweenness, page-rank, k-core, dominated, dependents, dependencies, suppliers, component, articulation, bridges,
/// sole-supplies, lost-share, hhi-country, hhi-firm, controlled.
std::vector<std::string> rank_measures();

}  // namespace chokepoint
