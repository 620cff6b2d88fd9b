#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

struct RankParams {
  std::string by = "betweenness";       ///< one of `rank_measures()`
  std::vector<std::string> types = {};  ///< node types to list; what is counted still sees the others
  std::size_t limit = 20;               ///< rows; 0 for all
  bool soft = true;                     ///< dependencies that are listed but never needed count
  std::size_t sample = 0;               ///< betweenness from so many sources only, with its bound; 0: from all, exact
  unsigned threads = 1;                 ///< at least 1; the numbers are the same for any
  ViewParams view = {};
};

/// The nodes by one measure, largest first, then by id. Most measures are lenses of the plain dependency graph: they
/// look at arrows, not at which of them are all-of and any-of. `stops` reads requirements: its values are what
/// `what_if` finds impossible without that node alone; only the listed types are worked out, and remainders ("others"),
/// which nobody can remove, are left out.
/// `result`: [{"id","value","rests_on"}…], for `stops` also "value_all" (where all unsettled variants are needed),
/// "flows" and "flows_all" (deliveries that fail); `coverage.sample` tells how far off a sample may be.
/// @throws UsageError naming the measures there are; for a sample of anything but betweenness
Answer rank_nodes(Session& session, const RankParams& params);

/// betweenness, page-rank, k-core, dominated, dependents, dependencies, suppliers, component, articulation, bridges,
/// sole-supplies, lost-share, hhi-country, hhi-firm, controlled, stops.
std::vector<std::string> rank_measures();

}  // namespace chokepoint
