#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// Policies with an edge of the restricting role in the view that act on its day, sorted.
/// @param terms  in any order; policies without any act as their edges say
std::vector<Vertex> acting_policies(const View& view, std::span<const PolicyTerms> terms);

/// Which policies are switched on, and which of them are answered.
struct Enforcement {
  std::vector<Vertex> policies;  ///< act; each of their edges does from its own day to its own end
  std::vector<Vertex> enforced;  ///< of these, all edges act whatever their dates
  std::vector<Vertex> answered;  ///< of these, open responses are exempt; they and substitutes refill what is cut
  std::vector<Vertex> without;   ///< switched off: they close no response
  std::vector<PolicyTerms> terms;
};

/// Everything that adapts to one of the answered policies on the view's day, and what closed it: by response, then
/// policy.
std::vector<PolicyResponse> responses_to(const View& view, const Enforcement& enforcement);

/// The same whatever the day: responses that come about later, and the first policy that closes each, also when that
/// acts later. The view's other filters hold.
std::vector<PolicyResponse> response_history(const View& view, const Enforcement& enforcement);

/// A requirement system under policies, and what they cut in it.
struct EnforcedRequirements {
  Requirements requirements;
  std::vector<MemberLimit> cuts;
  std::vector<PolicyCut> rows;    ///< what `cuts` says, by flow; a row once for each restriction
  std::vector<Flow> cut_flows;    ///< flows of which a row is cut, or may be; sorted
  std::vector<PolicyNote> notes;  ///< by arc
};

/// Reads a view as a requirement system in which policies are enforced (graph/SEMANTICS.md §4):
///
///   a) on a thing: its flow, and that of each variant, into the market loses the suppliers outside; where no flow is
///      recorded it is derived from whoever provides the thing; where only the flow of its generic is recorded, that
///      flow loses between nothing and all of them;
///   b) on an actor outside the market: what it delivers into it, recorded or derived, is cut;
///   c) on any other actor: what it requires loses the suppliers in the jurisdiction of the issuers.
///
/// Only the first mode of an edge type (a ban) cuts wholly; the others leave anything between nothing and all.
/// @param options  `derive`, `actor_first` and `refills` are filled in; flows that a policy cuts are read in the actor
///                 layer first unless `is_layer_fixed`
EnforcedRequirements enforce(const View& view, const Enforcement& enforcement, RequirementOptions options,
                             bool is_layer_fixed);

}  // namespace chokepoint
