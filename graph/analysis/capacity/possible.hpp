#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/capacity/limits.hpp"
#include "analysis/capacity/propagation.hpp"

namespace chokepoint::detail {

/// Fails every node that nothing holds up from below, given the groups that starved (least fixed point).
void fail_unsupported(const Situation& situation, const Limits& limits, Propagation& propagation,
                      Assessment& assessment);

}  // namespace chokepoint::detail
