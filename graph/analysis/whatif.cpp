#include "chokepoint/analysis/whatif.hpp"

#include "chokepoint/model/error.hpp"
#include "analysis/vertex_lists.hpp"
#include "analysis/whatif_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace chokepoint {

namespace {

using detail::Standing;
using detail::World;

void check(const View& view, const Scenario& scenario) {
  const auto expect_known = [&](Vertex v) {
    if (view.has_node(v)) return;
    throw UsageError(fmt::format("{} does not count on {}: it begins later or has ended; try another --as-of",
                                 view.snapshot().id(v), to_string(view.options().as_of)));
  };
  for (const auto* some : {&scenario.removed, &scenario.enforced, &scenario.without}) {
    std::for_each(some->begin(), some->end(), expect_known);
  }
  for (const PartialLoss& loss : scenario.losses) expect_known(loss.node);
  if (scenario.target) expect_known(scenario.target->node);
  for (const Vertex policy : scenario.enforced) {
    if (!detail::lists(scenario.without, policy)) continue;
    throw UsageError(
        fmt::format("{} is to be enforced and left out at once: name it once", view.snapshot().id(policy)));
  }
}

/// What rests on the removed, on what policies cut, and what the target rests on.
std::vector<std::uint8_t> scope_of(const Scenario& scenario, const World& world) {
  const Requirements& requirements = world.enforced.requirements;
  std::vector<SystemNode> start(scenario.removed.begin(), scenario.removed.end());
  for (const PartialLoss& loss : scenario.losses) start.push_back(loss.node);
  for (const MemberLimit& cut : world.disruption.cuts) {
    start.push_back(requirements.group(requirements.group_of_member(cut.member)).owner);
  }
  std::vector<std::uint8_t> scope = downstream_of(requirements, start);
  const SystemNode target = scenario.target ? requirements.find(*scenario.target) : no_vertex;
  if (target == no_vertex) return scope;
  const std::vector<std::uint8_t> upstream = upstream_of(requirements, {&target, 1});
  for (std::size_t i = 0; i < scope.size(); ++i) scope[i] |= upstream[i];
  return scope;
}

/// Whether the two readings of variants differ anywhere in a system.
bool has_unsettled(const Requirements& requirements) {
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (requirements.group(g).is_unsettled) return true;
  }
  return false;
}

/// Assesses a world in both readings; once where they are the same.
/// @param as_is  what is taken off; nullptr: nothing
WhatIfState judge(const Scenario& scenario, const World& world, const World* as_is) {
  WhatIfState state;
  for (const Variants variants : {Variants::any, Variants::all}) {
    const AssessmentOptions options{variants, scenario.cycles, scenario.threshold};
    const Situation situation{&world.enforced.requirements, world.disruption, options};
    const Assessment assessment = assess(situation);
    if (as_is == nullptr) {
      state.bounds.push_back(detail::summarise(world, situation, assessment, nullptr, nullptr));
    } else {
      const Situation before{&as_is->enforced.requirements, as_is->nothing, options};
      const Assessment before_assessment = assess(before);
      state.bounds.push_back(detail::summarise(world, situation, assessment, before.requirements, &before_assessment));
    }
    const SystemNode target = scenario.target ? situation.requirements->find(*scenario.target) : no_vertex;
    if (target != no_vertex) state.bounds.back().target = explain(situation, assessment, target);
    if (has_unsettled(*situation.requirements) || (as_is != nullptr && has_unsettled(as_is->enforced.requirements))) {
      continue;
    }
    state.bounds.push_back(state.bounds.back());
    state.bounds.back().variants = Variants::all;
    break;
  }
  return state;
}

/// Fills in what the answer stands on.
void describe(const View& view, const Scenario& scenario, const World& world, WhatIf& answer) {
  const std::vector<std::uint8_t> scope = scope_of(scenario, world);
  answer.coverage = coverage_of(world.enforced.requirements, view, scope);
  answer.evidence = evidence_of(world.enforced.requirements, scope);
  answer.bounds_are_equal = answer.coverage.unsettled.empty();
}

/// Of what all policies do, what some of them do.
std::vector<PolicyCut> rows_of(const std::vector<PolicyCut>& rows, const std::vector<Vertex>& policies) {
  std::vector<PolicyCut> some;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(some),
               [&](const PolicyCut& row) { return detail::lists(policies, row.policy); });
  return some;
}

std::vector<PolicyNote> notes_of(const View& view, const std::vector<PolicyNote>& notes,
                                 const std::vector<Vertex>& policies) {
  std::vector<PolicyNote> some;
  std::copy_if(notes.begin(), notes.end(), std::back_inserter(some), [&](const PolicyNote& note) {
    return detail::lists(policies, view.snapshot().columns().from[note.arc]);
  });
  return some;
}

}  // namespace

Layer layer_of(const View& view, const Scenario& scenario) {
  if (scenario.layer) return *scenario.layer;
  std::vector<Vertex> all = scenario.removed;
  for (const PartialLoss& loss : scenario.losses) all.push_back(loss.node);
  return default_layer(view.snapshot(), all);
}

WhatIf what_if(const View& view, const Scenario& scenario) {
  check(view, scenario);
  WhatIf answer;
  answer.layer = layer_of(view, scenario);
  answer.removed = scenario.removed;
  detail::sort_unique(answer.removed);
  answer.enforced = detail::policies_in(scenario, Standing::asked);
  const World as_is = detail::make_world(view, scenario, answer.layer, Standing::as_is);
  const bool names_policy = !scenario.enforced.empty() || !scenario.without.empty();
  if (!names_policy) {
    answer.state = judge(scenario, as_is, &as_is);
    describe(view, scenario, as_is, answer);
    return answer;
  }
  const World asked = detail::make_world(view, scenario, answer.layer, Standing::asked);
  answer.state = judge(scenario, asked, &as_is);
  answer.baseline = judge(scenario, as_is, nullptr);
  answer.adapted = judge(scenario, detail::make_world(view, scenario, answer.layer, Standing::adapted), &as_is);
  answer.policy_notes = notes_of(view, asked.enforced.notes, scenario.enforced);
  answer.cut_rows = rows_of(asked.enforced.rows, scenario.enforced);
  answer.freed_rows = rows_of(as_is.enforced.rows, scenario.without);
  const Enforcement enforcement{answer.enforced, scenario.enforced, detail::answered_in(scenario), scenario.without,
                                scenario.terms};
  answer.responses = responses_to(view, enforcement);
  answer.response_history = response_history(view, enforcement);
  describe(view, scenario, asked, answer);
  return answer;
}

}  // namespace chokepoint
