#include "analysis/capacity/propagation.hpp"

namespace chokepoint::detail {

Propagation::Propagation(const Requirements& requirements, const Limits& limits, Variants variants, Assessment& result)
    : requirements_(&requirements),
      limits_(&limits),
      result_(&result),
      spare_(requirements.group_count()),
      refills_(requirements.group_count(), 0),
      group_failed_(requirements.group_count(), 0) {
  result.failed.assign(requirements.node_count(), 0);
  result.cause.assign(requirements.node_count(), no_group);
  result.order.assign(requirements.node_count(), 0);
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    spare_[g] = std::int64_t{requirements.group(g).voters} - requirements.needed(g, variants);
    if (!requirements.is_flow(requirements.group(g).owner)) continue;
    for (const RequirementMember& member : requirements.members(g)) refills_[g] += member.is_refill ? 1U : 0U;
  }
}

void Propagation::start() {
  // Removals first: they are the reason of a failure even where a group would have failed the node as well.
  for (const SystemNode n : limits_->removed()) fail_node(n, no_group);
  for (const NodeRange& range : limits_->ranges()) {
    if (range.fails) fail_node(range.node, no_group);
  }
  for (const MemberLimit& cut : limits_->cuts()) {
    if (cut.high <= 0) lose(cut.member);
  }
  for (GroupIndex g = 0; g < requirements_->group_count(); ++g) {
    if (is_short(g)) fail_group(g);
  }
  run();
}

void Propagation::fail_group(GroupIndex g) {
  if (group_failed_[g] != 0) return;
  group_failed_[g] = 1;
  for (const SystemNode n : requirements_->dependents(g)) fail_node(n, g);
}

void Propagation::fail_node(SystemNode n, GroupIndex cause) {
  if (result_->failed[n] != 0 || (cause != no_group && limits_->works(n))) return;
  result_->failed[n] = 1;
  result_->cause[n] = cause;
  result_->order[n] = static_cast<std::uint32_t>(queue_.size());
  queue_.push_back(n);
}

void Propagation::lose(MemberIndex m) {
  const GroupIndex g = requirements_->group_of_member(m);
  if (group_failed_[g] != 0) return;  // what else it loses is nothing to anybody
  const RequirementMember& member = requirements_->member(m);
  if (member.is_minor) return;
  if (member.is_refill) {
    --refills_[g];
  } else {
    --spare_[g];
  }
  if (is_short(g)) fail_group(g);
}

void Propagation::run() {
  for (; done_ < queue_.size(); ++done_) {
    for (const MemberIndex m : requirements_->memberships(queue_[done_])) {
      // A cut row was lost before.
      if (limits_->of_member(m).high > 0) lose(m);
    }
  }
}

}  // namespace chokepoint::detail
