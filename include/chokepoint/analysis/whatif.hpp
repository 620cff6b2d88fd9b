#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

class DeltaSnapshot;

/// Answers a scenario.
/// @param view  should include derived edges
/// @throws UsageError when a removed node, policy or target is not in the view, or a policy is both on and off
/// @note A few passes over the system; each distinct set of policies is one system
WhatIf what_if(const View& view, const Scenario& scenario);

/// The part of a view's graph on which a scenario of losses is judged as on the whole: what the losses may touch, with
/// all its edges. A question of a large graph that is asked of it costs what it touches.
/// @param view  whatever the view's filters, but for an edge mask
/// @param counts  of the snapshot
/// @return a snapshot with the same keys and ids; nullptr where the part would be no small one, or is not known: where
///         there are deliveries of things, generics, steps or policies, or a target's fate is asked for
/// @throws DamagedSnapshot where the snapshot, if nobody verified it, names what is not there
/// @note O(n / 8 bytes + edges at what is touched)
std::shared_ptr<const Snapshot> part_of_loss(const View& view, const Scenario& scenario, const RecordCounts& counts);
/// The same of a graph that changed since its snapshot was made; perhaps with some more, so that a part of the part may
/// be asked.
/// @param base  a view of the base as the question sees the graph, not local
/// @param scenario  of nodes numbered as in `whole`
/// @param counts  of the whole
std::shared_ptr<const Snapshot> part_of_loss(const DeltaSnapshot& whole, const View& base, const Scenario& scenario,
                                             const RecordCounts& counts);

/// The layer a scenario is read in when nobody says: place when a place and no actor is removed, else actor.
Layer layer_of(const View& view, const Scenario& scenario);

}  // namespace chokepoint
