#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// The chain behind a node's fate, with the edges that say so.
/// @param by_low  of what is possible: whether what sets `low` is told, else what sets `high`
/// @pre the node has failed, or the assessment has capacities
/// @note O(size of the chain · log)
NodeFate explain(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low = true);

}  // namespace chokepoint
