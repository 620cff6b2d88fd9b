#pragma once

#include "chokepoint/query/rank.hpp"
#include "chokepoint/snapshot/arc_graph.hpp"
#include "chokepoint/snapshot/view.hpp"
#include "algorithms/centrality.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

using Values = std::vector<double>;

inline constexpr double sample_failure_chance = 0.05;

/// What a measure is asked of.
struct RankQuestion {
  Session& session;
  const View& view;
  ArcChoice choice;
  std::vector<std::uint16_t> types;  ///< whose values are wanted; empty: of all
  const RankParams& params;
};

/// To which values others need not be shown beside.
enum class LikeValues : std::uint8_t { value, zero, previous };

/// Further numbers of each node.
struct MoreValues {
  std::string_view key;     ///< in JSON
  std::string_view name;    ///< in tables of data and exports
  std::string_view column;  ///< in tables
  Values values;            ///< by vertex
  LikeValues like;          ///< tables leave the column out where all are the same as these
};

/// What a measure found.
struct Measured {
  // Most measures are their values alone.
  Measured(Values all) : values(std::move(all)) {}  // NOLINT(google-explicit-constructor)

  Values values;                      ///< by vertex
  std::vector<MoreValues> more;       ///< they decide between equal values, the first one first
  SampledBetweenness sample;          ///< how far off the values may be, where they were estimated; without its values
  std::size_t policies_in_force = 0;  ///< that were read
};

/// A number for every node, by which `rank` ranks.
struct RankMeasure {
  std::string_view name;
  std::string_view column;
  Measured (*compute)(const RankQuestion& asked);
  std::string_view remark;          ///< what the number says, and what it does not
  bool takes_sample = false;        ///< whether it can be estimated from some sources
  bool reads_requirements = false;  ///< whether derived edges count, as they do wherever requirements are read
};

/// @throws UsageError naming the measures there are
const RankMeasure& require_rank_measure(const std::string& name);

}  // namespace chokepoint::detail
