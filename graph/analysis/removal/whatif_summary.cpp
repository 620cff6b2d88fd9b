#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "analysis/removal/whatif_world.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint::detail {

namespace {

constexpr double capacity_tolerance = 1e-9;

/// Drops what arithmetic adds behind the twelfth digit, so that 0.7 is written as 0.7.
double rounded(double capacity) { return std::round(capacity * 1e12) / 1e12; }

/// A node as it was before, in a system that may number it otherwise or not have it.
class Before {
 public:
  Before(const Requirements* requirements, const Assessment* assessment)
      : requirements_(requirements), assessment_(assessment) {}

  [[nodiscard]] bool had_failed(const Subject& subject) const {
    const SystemNode n = find(subject);
    return n != no_vertex && assessment_->failed[n] != 0;
  }
  [[nodiscard]] Interval capacity(const Subject& subject) const {
    const SystemNode n = find(subject);
    return n == no_vertex ? Interval{} : Interval{assessment_->low[n], assessment_->high[n]};
  }

 private:
  [[nodiscard]] SystemNode find(const Subject& subject) const {
    return requirements_ == nullptr ? no_vertex : requirements_->find(subject);
  }

  const Requirements* requirements_;
  const Assessment* assessment_;
};

/// Members that are lacking in the needs of places.
std::vector<UnmetNeed> unmet_needs(const Situation& situation, const Assessment& assessment) {
  const Requirements& requirements = *situation.requirements;
  std::vector<UnmetNeed> unmet;
  for (const GroupIndex g : requirements.unmet_groups()) {
    const RequirementGroup& group = requirements.group(g);
    if (assessment.failed[group.owner] != 0) continue;
    const auto members = requirements.members(g);
    const auto works = std::count_if(members.begin(), members.end(),
                                     [&](const RequirementMember& m) { return assessment.failed[m.node] == 0; });
    if (works >= requirements.needed(g, situation.options.variants)) continue;
    for (const RequirementMember& member : members) {
      if (assessment.failed[member.node] == 0) continue;
      unmet.push_back({group.owner, requirements.subject(member.node).node, member.arc});
    }
  }
  std::sort(unmet.begin(), unmet.end());
  return unmet;
}

/// Sets of ends as an answer tells them, each once it is asked for.
class EndTable {
 public:
  EndTable(const Requirements& requirements, std::vector<std::vector<Subject>>& out)
      : requirements_(requirements), out_(out) {}

  /// @param sets  the ends of one side
  /// @param known  [sets] numbers in the table of those that were asked for; 0: not yet
  EndSet number(const BindingEnds& sets, std::vector<EndSet>& known, SystemNode n) {
    if (sets.of(n).empty()) return 0;
    EndSet& set = known[sets.set_of(n)];
    if (set == 0) {
      set = static_cast<EndSet>(out_.size());
      out_.push_back(subjects(sets.of(n)));
    }
    return set;
  }

 private:
  [[nodiscard]] std::vector<Subject> subjects(std::span<const SystemNode> nodes) const {
    std::vector<Subject> all;
    for (const SystemNode n : nodes) {
      all.push_back(requirements_.subject(n));
      all.back().is_unnamed = false;  // what its own suppliers set is set by those of the generic
    }
    sort_unique(all);
    return all;
  }

  const Requirements& requirements_;
  std::vector<std::vector<Subject>>& out_;
};

void set_capacities(const Situation& situation, const Assessment& assessment, const Before& before,
                    WhatIfBound& bound) {
  const Requirements& requirements = *situation.requirements;
  const EndsOfBothSides ends = ends_of_both_sides(situation, assessment);
  EndTable table(requirements, bound.end_sets);
  std::vector<EndSet> known_low(ends.low->set_count(), 0), known_high_only;
  if (ends.high != ends.low) known_high_only.assign(ends.high->set_count(), 0);
  std::vector<EndSet>& known_high = ends.high == ends.low ? known_low : known_high_only;
  const auto is_short = [&](SystemNode n) {
    return assessment.low[n] < 1 - capacity_tolerance && !requirements.is_unnamed(n);
  };
  std::size_t count = 0;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) count += is_short(n) ? 1U : 0U;
  bound.capacity.reserve(count);
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (!is_short(n)) continue;
    const Subject subject = requirements.subject(n);
    const Interval old = before.capacity(subject);
    bound.capacity.push_back({subject, rounded(assessment.low[n]), rounded(assessment.high[n]),
                              table.number(*ends.low, known_low, n), table.number(*ends.high, known_high, n),
                              assessment.low[n] < old.low - capacity_tolerance,
                              assessment.high[n] < old.high - capacity_tolerance});
    if (old.low < 1 - capacity_tolerance) bound.before.push_back({subject, {rounded(old.low), rounded(old.high)}});
  }
  // Stored nodes come in order, flows after them.
  const auto by_subject = [](const auto& a, const auto& b) { return a.subject < b.subject; };
  std::sort(bound.capacity.begin(), bound.capacity.end(), by_subject);
  std::sort(bound.before.begin(), bound.before.end(), by_subject);
}

}  // namespace

WhatIfBound summarise(const World& world, const Situation& situation, const Assessment& assessment,
                      const Requirements* before, const Assessment* before_assessment) {
  const Requirements& requirements = world.enforced.requirements;
  const Before past(before, before_assessment);
  WhatIfBound bound;
  bound.variants = situation.options.variants;
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (assessment.failed[n] == 0 || requirements.is_unnamed(n) || past.had_failed(requirements.subject(n))) continue;
    if (requirements.is_flow(n)) {
      bound.flows.push_back(requirements.flow(n));
    } else {
      bound.impossible.push_back(n);
    }
  }
  // What was removed is listed even where it had failed before.
  for (const Vertex v : situation.disruption.removed) bound.impossible.push_back(v);
  sort_unique(bound.impossible);
  bound.unmet = unmet_needs(situation, assessment);
  set_capacities(situation, assessment, past, bound);
  if (before == nullptr) return bound;
  const Situation then{before, {}, situation.options};
  const std::vector<UnmetNeed> old_unmet = unmet_needs(then, *before_assessment);
  std::erase_if(bound.unmet,
                [&](const UnmetNeed& need) { return std::binary_search(old_unmet.begin(), old_unmet.end(), need); });
  for (SystemNode n = 0; n < before->node_count(); ++n) {
    if (before->is_unnamed(n)) continue;
    // A flow that no policy makes any more is its item.
    SystemNode now = requirements.find(before->subject(n));
    if (now == no_vertex) now = before->subject(n).node;
    const bool works_again = before_assessment->failed[n] != 0 && assessment.failed[now] == 0;
    if (works_again) bound.possible_again.push_back(before->subject(n));
  }
  std::sort(bound.possible_again.begin(), bound.possible_again.end());
  return bound;
}

}  // namespace chokepoint::detail
