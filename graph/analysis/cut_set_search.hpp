#pragma once

#include "analysis/cut_oracle.hpp"
#include "chokepoint/analysis/cut_sets.hpp"

namespace chokepoint::detail {

/// Enumerates minimal cut sets by size. Every set must hit a support of what is left so far, so the search branches on
/// the members of one; a branch forbids the members of those before it, so that no set is met twice; a set that
/// contains a smaller one found earlier is passed over, so that all are minimal.
CutSets search_cut_sets(CutOracle& oracle, const CutSetOptions& options);

}  // namespace chokepoint::detail
