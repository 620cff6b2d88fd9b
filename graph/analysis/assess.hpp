#pragma once

#include "analysis/components.hpp"
#include "chokepoint/analysis/assessment.hpp"

namespace chokepoint::detail {

/// `assess` for many situations of one system: its components are found once.
Assessment assess(const Situation& situation, const Components& components);

}  // namespace chokepoint::detail
