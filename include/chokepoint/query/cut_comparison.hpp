#pragma once

#include "chokepoint/model/cut_effect.hpp"
#include "chokepoint/query/chokepoints.hpp"

#include <string>
#include <vector>

namespace chokepoint {

/// What the loss of one node means for one target.
struct ComparedLoss {
  CutEffect effect = CutEffect::none;
  std::vector<std::string> with;  ///< of a pair: ids of the others, sorted
  double low = 0, high = 0;       ///< of a near loss: what is left, in [0, 1]
  friend bool operator==(const ComparedLoss&, const ComparedLoss&) = default;
};

/// The same in both readings of unsettled variants.
struct ComparedCell {
  ComparedLoss any, all;
};

struct ComparedNode {
  std::string id;
  std::vector<ComparedCell> cells;  ///< one a target
};

struct CutComparisonResult {
  std::vector<CutSetsResult> targets;  ///< as they were named
  std::vector<ComparedNode> rows;      ///< whoever stops most stands first, then by id
  bool places_only = false;            ///< no types were asked for
  RemainderSets with_remainder;        ///< of all targets: sets that are in no cell
};

/// Whose loss stops which of several targets: what `find_cut_sets` says of each, side by side. Without `among` the rows
/// are places; nearly fatal losses are those below `near`, by default 0.2.
/// @throws NotFoundError, UsageError
CutComparisonResult compare_cut_sets(Session& session, const ChokepointsParams& params,
                                     const std::vector<std::string>& targets);

}  // namespace chokepoint
