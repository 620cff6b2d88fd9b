// What is possible after a disruption.
//
// Greatest fixed point: failures spread from what was removed; what they never reach holds itself up, cycles included.
// Least fixed point: support spreads from what needs nothing; what it never reaches is impossible.

#include "analysis/capacity/possible.hpp"

#include "analysis/capacity/counting_propagation.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

namespace detail {

namespace {

/// Rows that hold a requirement system up: those that are not cut and whose groups did not starve.
class SupportingRows {
 public:
  using Count = std::int64_t;
  static constexpr Count never = Count{1} << 60;   ///< more than all members and refills together
  static constexpr Count refill = Count{1} << 33;  ///< a refill does for all members of its group

  SupportingRows(const Requirements& requirements, const Limits& limits)
      : requirements_(requirements), limits_(limits) {}

  [[nodiscard]] SystemNode node_count() const { return requirements_.node_count(); }
  [[nodiscard]] GroupIndex group_count() const { return requirements_.group_count(); }
  [[nodiscard]] std::span<const GroupIndex> groups_of(SystemNode n) const { return requirements_.groups_of(n); }
  [[nodiscard]] std::span<const SystemNode> dependents(GroupIndex g) const { return requirements_.dependents(g); }
  template <class Visit>
  void for_each_membership(SystemNode n, const Visit& visit) const {
    for (const MemberIndex m : requirements_.memberships(n)) {
      const RequirementMember& member = requirements_.member(m);
      if (member.is_minor || limits_.of_member(m).high <= 0) continue;
      visit(requirements_.group_of_member(m), member.is_refill ? refill : 1);
    }
  }

 private:
  const Requirements& requirements_;
  const Limits& limits_;
};

using Support = CountingPropagation<SupportingRows, NodeRule::all_groups, SupportingRows::Count>;

/// Which nodes work because something that works without them holds them up.
Support support_of(const Situation& situation, const SupportingRows& rows, const Limits& limits,
                   const std::vector<std::uint8_t>& starved) {
  const Requirements& requirements = *situation.requirements;
  Support support(rows, [&](GroupIndex g) {
    if (!starved.empty() && starved[g] != 0) return SupportingRows::never;
    return SupportingRows::Count{requirements.needed(g, situation.options.variants)} -
           (requirements.group(g).has_rest ? 1 : 0);
  });
  // A removed node is one that has a need nobody can meet.
  for (const SystemNode n : limits.removed()) support.block(n);
  support.reach_all_met();
  support.spread();
  return support;
}

}  // namespace

void fail_unsupported(const Situation& situation, const Limits& limits, Propagation& propagation,
                      Assessment& assessment) {
  const Requirements& requirements = *situation.requirements;
  const SupportingRows rows(requirements, limits);
  const Support support = support_of(situation, rows, limits, assessment.starved);
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (support.is_reached(n) || assessment.failed[n] != 0) continue;
    GroupIndex cause = no_group;
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (cause == no_group && support.open_for(g) > 0) cause = g;
    }
    propagation.fail_node(n, cause);
  }
  propagation.run();
}

}  // namespace detail

Assessment assess_possible(const Situation& situation) {
  Assessment assessment;
  const detail::Limits limits(*situation.requirements, situation.disruption);
  detail::Propagation propagation(*situation.requirements, limits, situation.options.variants, assessment);
  propagation.start();
  if (situation.options.cycles == Cycles::unsupported) {
    detail::fail_unsupported(situation, limits, propagation, assessment);
  }
  return assessment;
}

}  // namespace chokepoint
