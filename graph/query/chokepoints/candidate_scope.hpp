#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/query/session.hpp"
#include "analysis/cut_sets/layered_cut_sets.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The requirement system of a layer in the world as of the day: with what the policies that act cut.
struct CandidateScope {
  Layer layer = Layer::actor;
  EnforcedRequirements world;
};

/// Whose loss is looked at, and where it is judged.
struct CutScope {
  std::vector<Vertex> candidates;      ///< sorted
  std::vector<Vertex> remainders;      ///< "others", whom nobody can stop: sets that need one are told apart; sorted
  std::vector<CandidateScope> fields;  ///< the place layer, if any, before the actor layer
  bool is_layer_fixed = false;         ///< one field for all
  Enforcement enforcement;             ///< the policies that act

  /// @pre some set of candidates is judged in that layer
  [[nodiscard]] const CandidateScope& field(Layer layer) const;
};

struct CutScopeOptions {
  std::vector<std::string> among;    ///< node types; empty: all
  std::optional<Layer> layer;        ///< absent: each set in its own
  std::vector<std::string> without;  ///< policies that are left out, as people name them
  bool keep_minor = false;
  std::vector<Vertex> targets;  ///< what is asked about; empty: anything may be
};

/// @throws UsageError for an unknown type, or a policy that does not count on the day; NotFoundError
CutScope make_cut_scope(const View& view, Session& session, const CutScopeOptions& options);

/// What is so in a field before anything is removed.
Situation situation_in(const CandidateScope& field, const AssessmentOptions& judging);

/// Cut sets of the scope, each judged in the layer that it says.
struct ScopeCutSets {
  LayeredCutSets layered;
  std::vector<CutSet> with_remainder;  ///< minimal too, but for a remainder in them: no chokepoint; by size, members
};
ScopeCutSets cut_sets_in(const CutScope& scope, const AssessmentOptions& judging, Vertex target,
                         const CutSetOptions& options);

}  // namespace chokepoint::detail
