#pragma once

#include "chokepoint/analysis/cut_sets.hpp"
#include "analysis/cut_sets/cut_oracle.hpp"

#include <cstddef>

namespace chokepoint::detail {

/// Enumerates minimal cut sets of the sizes `first` to `last` and adds them to `result`, sorted. Every set must hit a
/// support of what is left so far, so the search branches on the members of one; a branch forbids the members of those
/// before it, so that no set is met twice; what would complete a smaller set found earlier is passed over, so that all
/// are minimal. Within one size the branches know nothing of each other: threads take them in order and what they find
/// is put together in order, so that a limit, too, cuts off the same sets for any number of threads.
/// @param result  holds all sets smaller than `first`
/// @pre 1 <= first <= 4; no single candidate of the oracle fails the target, unless first is 1; then last is 1
void search_cut_sets(CutOracle& oracle, const CutSetOptions& options, std::size_t first, std::size_t last,
                     CutSets& result);

}  // namespace chokepoint::detail
