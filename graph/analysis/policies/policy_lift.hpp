#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/requirements.hpp"

#include <vector>

namespace chokepoint {

/// A world of policies in which something is impossible.
struct LiftQuestion {
  Enforcement enforcement;     ///< the policies that act
  RequirementOptions options;  ///< how the view is read
  bool is_layer_fixed = false;
  AssessmentOptions judging;
  Vertex target = no_vertex;
};

/// Policies of which it would be enough to leave them out.
struct PolicyLift {
  std::vector<Vertex> policies;  ///< sorted; empty where the target stays impossible without any
  bool is_smallest = true;       ///< false: too many were tried; none of these can be missed, but fewer others may do
};

/// A smallest set of the acting policies without which the target is possible.
/// @pre the target is impossible with them
/// @note Each set that is tried is a system of its own. Why the target is impossible names the rows that policies cut;
///       at least one of these must be freed, of all who cut it: sets grow by that, the smallest first, so that few are
///       tried (R. Reiter, "A theory of diagnosis from first principles", 1987).
PolicyLift smallest_lift(const View& view, const LiftQuestion& question);

}  // namespace chokepoint
