#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "analysis/requirements/components.hpp"

namespace chokepoint::detail {

/// `assess` for many situations of one system: where that has no cycle, its components are found once.
/// @param components  of all its nodes
Assessment assess(const Situation& situation, const Components& components);

}  // namespace chokepoint::detail
