#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// A loss of part of what a node gives.
struct PartialLoss {
  Vertex node = no_vertex;
  double remaining = 0;  ///< fraction in [0, 1]
};

/// A question: what if these nodes went, these policies were enforced, those were not?
struct Scenario {
  std::vector<Vertex> removed;
  std::vector<PartialLoss> losses;
  std::vector<Arc> cut;            ///< edges that vanish: suppliers, makers or needs
  std::vector<Vertex> enforced;    ///< policies switched on whatever their dates
  std::vector<Vertex> without;     ///< policies switched off
  std::vector<Vertex> in_force;    ///< policies that act anyway, see acting_policies; may be empty
  std::vector<PolicyTerms> terms;  ///< of all policies that have any
  std::optional<Layer> layer;      ///< place or actor; absent: see graph/SEMANTICS.md §2.2
  bool keep_minor = false;
  Cycles cycles = Cycles::hold;
  std::optional<double> threshold;
  std::optional<Subject> target;  ///< whose fate is explained
};

/// A place that lacks what it requires.
struct UnmetNeed {
  Vertex place = no_vertex;
  Vertex item = no_vertex;
  Arc arc = no_arc;  ///< the edge that says that it requires it
  friend auto operator<=>(const UnmetNeed&, const UnmetNeed&) = default;
};

/// Number of a set of ends in the table of its `WhatIfBound`: millions of nodes may hang on the same few ends.
using EndSet = std::uint32_t;

/// What is left of a node, and where the chain ends that sets it.
struct NodeCapacity {
  Subject subject;
  double low = 1, high = 1;  ///< in [0, 1]
  EndSet binding = 0;        ///< ends of the chain that sets `low`, see WhatIfBound::ends
  EndSet binding_high = 0;   ///< ends of the chain that sets `high`; an empty set where nothing is lost at best
  bool is_less_low = true;   ///< `low` is less than at the baseline
  bool is_less_high = true;  ///< `high` is: that much is certainly lost

  [[nodiscard]] bool is_less() const { return is_less_low || is_less_high; }
};

/// What was left of a node at the baseline.
struct PriorCapacity {
  Subject subject;
  Interval left;
};

/// The world at one reading of unsettled variants.
struct WhatIfBound {
  Variants variants = Variants::any;
  std::vector<Vertex> impossible;  ///< stored nodes, the removed included, the baseline's not; sorted
  std::vector<Flow> flows;         ///< flows that fail, the baseline's not; sorted
  std::vector<UnmetNeed> unmet;    ///< the baseline's not; sorted
  /// Where `low` < 1, by subject; where no policy is switched only where it is less than at the baseline, and the
  /// target.
  std::vector<NodeCapacity> capacity;
  std::vector<PriorCapacity> before;  ///< of those in `capacity` that had less than all at the baseline; by subject
  std::vector<std::vector<Subject>> end_sets{{}};  ///< each sorted; the first is empty
  std::vector<Subject> possible_again;             ///< impossible at the baseline, possible here; sorted
  std::optional<NodeFate> target;

  /// The ends of a chain, sorted. @param set  of a node in `capacity`
  [[nodiscard]] const std::vector<Subject>& ends(EndSet set) const { return end_sets[set]; }
};

/// The world in both readings; equal ones where nothing unsettled is met.
struct WhatIfState {
  std::vector<WhatIfBound> bounds;  ///< any, all
};

/// An answer. The baseline is the graph as of the day with the policies in force, without the enforced ones, and with
/// nothing removed; what is impossible or short there is not blamed on the scenario.
struct WhatIf {
  Layer layer = Layer::actor;
  std::vector<Vertex> removed;                   ///< sorted
  std::vector<Vertex> enforced;                  ///< policies that act in `state`, in force or enforced; sorted
  WhatIfState state;                             ///< as asked
  std::optional<WhatIfState> baseline;           ///< with a policy: the same removals, the named policies as they stand
  std::optional<WhatIfState> adapted;            ///< with a policy: responses and substitutes refill what is cut
  std::vector<PolicyResponse> responses;         ///< to the enforced policies, else to all that act
  std::vector<PolicyResponse> response_history;  ///< the same whatever the day
  std::vector<PolicyNote> policy_notes;          ///< restrictions that could not be applied
  std::vector<PolicyCut> cut_rows;               ///< what the enforced policies cut, or may
  std::vector<PolicyCut> freed_rows;             ///< what the policies that are left out cut as things stand
  bool bounds_are_equal = false;                 ///< no unsettled generic thing is met
  std::vector<Arc> evidence;                     ///< the rows that `coverage` is about; sorted
  RequirementCoverage coverage;                  ///< of what the losses come to, and what the target rests on
};

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
