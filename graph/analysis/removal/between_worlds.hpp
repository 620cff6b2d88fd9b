#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <span>

namespace chokepoint::detail {

/// A world that was assessed.
struct AssessedWorld {
  const Requirements* requirements = nullptr;
  const Assessment* assessment = nullptr;
};

/// Assesses a situation so that nothing is left with less than in the worlds of `least`, nor with more than in those
/// of `most`; where they contradict each other the former win. Nodes that are not in a world are free of it.
/// Worlds that read the same facts as other flows, or in another layer, may be off where logic alone orders them: what
/// is off is held at the bound, and what rests on it follows.
/// @param situation  the bounds that were needed are added to its ranges
/// @note one assessment, and one more for each time that something is off
Assessment assess_between(Situation& situation, std::span<const AssessedWorld> least,
                          std::span<const AssessedWorld> most);

}  // namespace chokepoint::detail
