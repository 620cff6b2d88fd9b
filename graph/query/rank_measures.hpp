#pragma once

#include "chokepoint/algorithms/centrality.hpp"
#include "chokepoint/query/rank.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

using Values = std::vector<double>;

inline constexpr double sample_failure_chance = 0.05;

/// What a measure found.
struct Measured {
  // Most measures are their values alone.
  Measured(Values all) : values(std::move(all)) {}  // NOLINT(google-explicit-constructor)

  Values values;              ///< by vertex
  SampledBetweenness sample;  ///< how far off the values may be, where they were estimated; its own values are empty
};

/// A number for every node, by which `rank` ranks.
struct RankMeasure {
  std::string_view name;
  std::string_view column;
  Measured (*compute)(const View& view, const ArcChoice& choice, const RankParams& params);
  std::string_view remark;    ///< what the number says, and what it does not
  bool takes_sample = false;  ///< whether it can be estimated from some sources
};

/// @throws UsageError naming the measures there are
const RankMeasure& require_rank_measure(const std::string& name);

}  // namespace chokepoint::detail
