#include "chokepoint/analysis/whatif.hpp"

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/support/error.hpp"
#include "analysis/removal/between_worlds.hpp"
#include "analysis/removal/whatif_world.hpp"
#include "support/vertex_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

namespace chokepoint {

namespace {

using detail::AssessedWorld;
using detail::Standing;
using detail::World;
using detail::WorldExtent;

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

/// Marks [nodes] what has less than all in either reading; unnamed variants, which no answer lists, always.
std::vector<std::uint8_t> with_less(const Requirements& requirements, const WhatIfState& state) {
  std::vector<std::uint8_t> less(requirements.node_count(), 0);
  for (const WhatIfBound& bound : state.bounds) {
    for (const NodeCapacity& node : bound.capacity) {
      const SystemNode n = requirements.find(node.subject);
      if (n != no_vertex) less[n] = 1;
    }
  }
  for (SystemNode n = requirements.vertex_count(); n < requirements.node_count(); ++n)
    if (requirements.is_unnamed(n)) less[n] = 1;
  return less;
}

/// Whether what acts anyway acts in all worlds that are compared.
bool is_without_policies(const Scenario& scenario) { return scenario.enforced.empty() && scenario.without.empty(); }

/// What the losses come to, as far as it takes something from anybody, where policies are switched what these cut, too,
/// and what the target rests on.
std::vector<std::uint8_t> scope_of(const Scenario& scenario, const World& world, const WhatIfState& state) {
  const Requirements& requirements = world.enforced.requirements;
  std::vector<SystemNode> start(scenario.removed.begin(), scenario.removed.end());
  for (const PartialLoss& loss : scenario.losses) start.push_back(loss.node);
  // What policies in force cut stands first, and is no part of a question that switches none.
  const auto cuts = std::span(world.disruption.cuts)
                        .subspan(is_without_policies(scenario) ? world.nothing.cuts.size() : std::size_t{0});
  for (const MemberLimit& cut : cuts) {
    const GroupIndex g = requirements.group_of_member(cut.member);
    const auto dependents = requirements.dependents(g);
    if (!requirements.group(g).is_passed_down) start.push_back(requirements.group(g).owner);
    start.insert(start.end(), dependents.begin(), dependents.end());
  }
  std::vector<std::uint8_t> scope = touched_from(requirements, start, with_less(requirements, state));
  const SystemNode target = scenario.target ? requirements.find(*scenario.target) : no_vertex;
  if (target == no_vertex) return scope;
  const std::vector<std::uint8_t> upstream = upstream_of(requirements, {&target, 1});
  for (std::size_t i = 0; i < scope.size(); ++i) scope[i] |= upstream[i];
  return scope;
}

/// Whether the two readings of variants differ anywhere in a system.
bool has_two_readings(const Requirements& requirements) {
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (requirements.group(g).is_unsettled) return true;
  }
  return false;
}

/// The worlds that an answer compares.
struct Worlds {
  World as_is;
  std::optional<World> asked, adapted;  ///< with a policy
  [[nodiscard]] bool has_two_readings() const {
    const auto is_unsettled = [](const std::optional<World>& world) {
      return world && chokepoint::has_two_readings(world->enforced.requirements);
    };
    return chokepoint::has_two_readings(as_is.enforced.requirements) || is_unsettled(asked) || is_unsettled(adapted);
  }
};

/// Assesses the worlds in one reading of variants. They are ordered: enforcing only takes away, leaving a policy out
/// only gives back, and what adapts gives back at most what the answered policies took (graph/SEMANTICS.md §4.4).
class Judge {
 public:
  Judge(const Scenario& scenario, const Worlds& worlds, Variants variants)
      : scenario_(scenario),
        worlds_(worlds),
        options_{variants, scenario.cycles, scenario.threshold},
        unharmed_(situation_of(worlds.as_is, worlds.as_is.nothing)),
        before_(assess(unharmed_)) {}

  void run(WhatIf& answer) const {
    Situation as_is = situation_of(worlds_.as_is, worlds_.as_is.disruption);
    const Assessment at_baseline = assess(as_is);
    if (!worlds_.asked) {
      WhatIfBound bound = summarise(worlds_.as_is, as_is, at_baseline, true);
      // What was short of something before and is no shorter is no loss.
      std::erase_if(bound.capacity,
                    [&](const NodeCapacity& node) { return !node.is_less() && node.subject != scenario_.target; });
      answer.state.bounds.push_back(std::move(bound));
      return;
    }
    const AssessedWorld baseline{as_is.requirements, &at_baseline};
    const bool only_takes = scenario_.without.empty();
    const bool only_gives = scenario_.enforced.empty();
    Situation asked = situation_of(*worlds_.asked, worlds_.asked->disruption);
    const Assessment as_asked =
        assess_between(asked, only_gives ? std::span(&baseline, 1) : std::span<const AssessedWorld>(),
                       only_takes ? std::span(&baseline, 1) : std::span<const AssessedWorld>());
    const AssessedWorld bounds{asked.requirements, &as_asked};
    const Situation unanswered = situation_of(*worlds_.asked, detail::without_answered(scenario_, *worlds_.asked));
    const Assessment at_most = assess(unanswered);
    const AssessedWorld most[] = {{unanswered.requirements, &at_most}, baseline};
    Situation adapted = situation_of(*worlds_.adapted, worlds_.adapted->disruption);
    const Assessment as_adapted =
        assess_between(adapted, std::span(&bounds, 1), std::span(most, only_takes ? std::size_t{2} : std::size_t{1}));
    answer.state.bounds.push_back(summarise(*worlds_.asked, asked, as_asked, true));
    answer.baseline->bounds.push_back(summarise(worlds_.as_is, as_is, at_baseline, false));
    answer.adapted->bounds.push_back(summarise(*worlds_.adapted, adapted, as_adapted, true));
  }

 private:
  [[nodiscard]] Situation situation_of(const World& world, const Disruption& disruption) const {
    return {&world.enforced.requirements, disruption, options_};
  }

  /// @param takes_off  what had failed as things stand, with nothing removed, is not blamed on the scenario
  [[nodiscard]] WhatIfBound summarise(const World& world, const Situation& situation, const Assessment& assessment,
                                      bool takes_off) const {
    WhatIfBound bound = detail::summarise(world, situation, assessment, takes_off ? unharmed_.requirements : nullptr,
                                          takes_off ? &before_ : nullptr);
    const SystemNode target = scenario_.target ? situation.requirements->find(*scenario_.target) : no_vertex;
    if (target != no_vertex) bound.target = explain(situation, assessment, target, is_told_by_low(bound));
    return bound;
  }

  /// What is told of the target: why it has less at worst, unless less at best is all that the scenario comes to.
  [[nodiscard]] bool is_told_by_low(const WhatIfBound& bound) const {
    const auto target = std::ranges::lower_bound(bound.capacity, *scenario_.target, {}, &NodeCapacity::subject);
    if (target == bound.capacity.end() || target->subject != *scenario_.target) return true;
    return target->is_less_low || !target->is_less_high;
  }

  const Scenario& scenario_;
  const Worlds& worlds_;
  AssessmentOptions options_;
  Situation unharmed_;
  Assessment before_;
};

/// Fills in the states in both readings, from one where they are the same.
void judge(const Scenario& scenario, const Worlds& worlds, WhatIf& answer) {
  if (worlds.asked) {
    answer.baseline.emplace();
    answer.adapted.emplace();
  }
  Judge(scenario, worlds, Variants::any).run(answer);
  if (worlds.has_two_readings()) {
    Judge(scenario, worlds, Variants::all).run(answer);
    return;
  }
  for (WhatIfState* state :
       {&answer.state, answer.baseline ? &*answer.baseline : nullptr, answer.adapted ? &*answer.adapted : nullptr}) {
    if (state == nullptr) continue;
    state->bounds.push_back(state->bounds.back());
    state->bounds.back().variants = Variants::all;
  }
}

/// Fills in what the answer stands on.
void describe(const View& view, const Scenario& scenario, const World& world, WhatIf& answer) {
  const std::vector<std::uint8_t> scope = scope_of(scenario, world, answer.state);
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
  const auto world = [&](Standing standing) {
    return detail::make_world(view, scenario, answer.layer, standing, WorldExtent::affected);
  };
  Worlds worlds{world(Standing::as_is), {}, {}};
  if (is_without_policies(scenario)) {
    judge(scenario, worlds, answer);
    describe(view, scenario, worlds.as_is, answer);
    return answer;
  }
  worlds.asked = world(Standing::asked);
  worlds.adapted = world(Standing::adapted);
  judge(scenario, worlds, answer);
  const EnforcedRequirements& asked = worlds.asked->enforced;
  answer.policy_notes = notes_of(view, asked.notes, scenario.enforced);
  answer.cut_rows = rows_of(asked.rows, scenario.enforced);
  answer.freed_rows = rows_of(worlds.as_is.enforced.rows, scenario.without);
  // Of a policy that is left out, what answered it; of what goes beside it, what answers all that act.
  const bool is_only_without = scenario.enforced.empty() && scenario.removed.empty() && scenario.losses.empty();
  const Enforcement enforcement{answer.enforced, scenario.enforced,
                                is_only_without ? scenario.without : detail::answered_in(scenario), scenario.without,
                                scenario.terms};
  answer.responses = responses_to(view, enforcement);
  answer.response_history = response_history(view, enforcement);
  describe(view, scenario, *worlds.asked, answer);
  return answer;
}

}  // namespace chokepoint
