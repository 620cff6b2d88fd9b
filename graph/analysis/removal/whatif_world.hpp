#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/analysis/whatif.hpp"

#include <vector>

namespace chokepoint::detail {

/// One set of policies read into a system, and what the scenario does to it.
struct World {
  EnforcedRequirements enforced;
  Disruption nothing;     ///< policies alone
  Disruption disruption;  ///< … and the removals of the scenario
};

/// Which world of a scenario is meant.
enum class Standing : std::uint8_t {
  as_is,    ///< the policies in force, none of the enforced ones
  asked,    ///< as the scenario says
  adapted,  ///< … with responses and substitutes
};

/// The policies that act in a world, sorted.
std::vector<Vertex> policies_in(const Scenario& scenario, Standing standing);
/// The policies to which responses count: the enforced ones, else all that act.
std::vector<Vertex> answered_in(const Scenario& scenario);
/// What the scenario and the policies do in a world when the answered policies do nothing.
Disruption without_answered(const Scenario& scenario, const World& world);
/// How much of a world is read.
enum class WorldExtent : std::uint8_t {
  all,       ///< every group, for whatever may be asked of it
  affected,  ///< what the scenario's own losses may touch; everything where unsupported cycles fail
};
World make_world(const View& view, const Scenario& scenario, Layer layer, Standing standing, WorldExtent extent);

/// What one reading of a world shows.
/// @param before  the world as it is without any removal, in the same reading; nullptr: nothing is taken off
/// @param before_assessment  of `before`, with capacities
WhatIfBound summarise(const World& world, const Situation& situation, const Assessment& assessment,
                      const Requirements* before, const Assessment* before_assessment);

}  // namespace chokepoint::detail
