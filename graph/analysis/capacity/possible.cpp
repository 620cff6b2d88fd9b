// What is possible after a disruption.
//
// Greatest fixed point: failures spread from what was removed; what they never reach holds itself up, cycles included.
// Least fixed point: support spreads from what needs nothing; what it never reaches is impossible.

#include "analysis/capacity/possible.hpp"

namespace chokepoint {

namespace detail {

namespace {

/// Spreads support instead of failure: which nodes work because something that works without them holds them up.
class Support {
 public:
  Support(const Situation& situation, const Limits& limits, const std::vector<std::uint8_t>& starved)
      : requirements_(*situation.requirements),
        limits_(limits),
        missing_(requirements_.group_count()),
        unmet_(requirements_.node_count(), 0),
        works_(requirements_.node_count(), 0) {
    for (GroupIndex g = 0; g < requirements_.group_count(); ++g) {
      missing_[g] =
          std::int64_t{requirements_.needed(g, situation.options.variants)} - (requirements_.group(g).has_rest ? 1 : 0);
      if (!starved.empty() && starved[g] != 0) missing_[g] = never;
    }
    for (SystemNode n = 0; n < requirements_.node_count(); ++n) {
      for (const GroupIndex g : requirements_.groups_of(n)) unmet_[n] += missing_[g] > 0 ? 1U : 0U;
    }
    // A removed node is one that has a need nobody can meet.
    for (const SystemNode n : limits.removed()) ++unmet_[n];
    for (SystemNode n = 0; n < requirements_.node_count(); ++n) {
      if (unmet_[n] == 0) add(n);
    }
    for (std::size_t i = 0; i < queue_.size(); ++i) spread(queue_[i]);
  }

  [[nodiscard]] bool works(SystemNode n) const { return works_[n] != 0; }
  [[nodiscard]] bool is_met(GroupIndex g) const { return missing_[g] <= 0; }

 private:
  static constexpr std::int64_t never = std::int64_t{1} << 40;

  void add(SystemNode n) {
    works_[n] = 1;
    queue_.push_back(n);
  }
  void spread(SystemNode n) {
    for (const MemberIndex m : requirements_.memberships(n)) {
      const RequirementMember& member = requirements_.member(m);
      if (member.is_minor || limits_.of_member(m).high <= 0) continue;
      const GroupIndex g = requirements_.group_of_member(m);
      if (missing_[g] <= 0 || missing_[g] > never / 2) continue;
      missing_[g] -= member.is_refill ? missing_[g] : 1;
      if (missing_[g] > 0) continue;
      for (const SystemNode d : requirements_.dependents(g)) {
        if (--unmet_[d] == 0) add(d);
      }
    }
  }

  const Requirements& requirements_;
  const Limits& limits_;
  std::vector<std::int64_t> missing_;  ///< [groups] voters still to come
  std::vector<std::uint32_t> unmet_;   ///< [nodes] groups still to be met
  std::vector<std::uint8_t> works_;
  std::vector<SystemNode> queue_;
};

}  // namespace

void fail_unsupported(const Situation& situation, const Limits& limits, Propagation& propagation,
                      Assessment& assessment) {
  const Requirements& requirements = *situation.requirements;
  const Support support(situation, limits, assessment.starved);
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (support.works(n) || assessment.failed[n] != 0) continue;
    GroupIndex cause = no_group;
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (cause == no_group && !support.is_met(g)) cause = g;
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
