#include "chokepoint/analysis/explanation.hpp"

#include "analysis/capacity/certificate.hpp"
#include "analysis/capacity/limits.hpp"

namespace chokepoint {

namespace {

using detail::Limits;

ChainLink link_of(const Situation& situation, double capacity, const Assessment& assessment, SystemNode node,
                  GroupIndex g) {
  const Requirements& requirements = *situation.requirements;
  ChainLink link;
  link.subject = requirements.subject(node);
  link.owner = link.subject;
  link.capacity = capacity;
  if (g == no_group) return link;
  const RequirementGroup& group = requirements.group(g);
  link.group = group.kind;
  link.owner = requirements.subject(group.owner);
  const auto members = requirements.members(g);
  for (const RequirementMember& member : members) {
    if (member.arc == no_arc) continue;
    link.group_name = requirements.snapshot().group_name(member.arc);
    break;
  }
  link.needed = requirements.needed(g, situation.options.variants);
  link.of = group.voters;
  link.is_starved = g < assessment.starved.size() && assessment.starved[g] != 0;
  return link;
}

LinkMember member_of(const Requirements& requirements, const Limits& limits, MemberIndex m) {
  const RequirementMember& member = requirements.member(m);
  return {requirements.subject(member.node), member.arc, limits.of_member(m).low < 1};
}

void explain_failure(const Situation& situation, const Limits& limits, const Assessment& assessment, SystemNode target,
                     NodeFate& fate) {
  for (const CertificateStep& step : certificate_of(situation, assessment, target).steps) {
    ChainLink link = link_of(situation, 0, assessment, step.node, step.group);
    for (const MemberIndex m : step.lost) link.members.push_back(member_of(*situation.requirements, limits, m));
    fate.chain.push_back(std::move(link));
  }
}

/// The members with less than all, or with a limit; in other groups those that are as small as the node.
void explain_capacity(const Situation& situation, const Limits& limits, const Assessment& assessment, SystemNode target,
                      NodeFate& fate) {
  const Requirements& requirements = *situation.requirements;
  constexpr double rounding = 1e-9;
  const std::vector<double>& capacity = fate.is_by_low ? assessment.low : assessment.high;
  for (const BindingStep& step : binding_of(situation, assessment, target, fate.is_by_low).steps) {
    ChainLink link = link_of(situation, step.capacity, assessment, step.node, step.group);
    if (step.group != no_group) {
      const bool adds_up = requirements.group(step.group).weighs_shares;
      const MemberIndex first = requirements.first_member(step.group);
      for (MemberIndex m = first; m < first + requirements.members(step.group).size(); ++m) {
        const Interval limit = limits.of_member(m);
        const double left = capacity[requirements.member(m).node] * (fate.is_by_low ? limit.low : limit.high);
        if (left <= (adds_up ? 1 - 2 * rounding : step.capacity) + rounding) {
          link.members.push_back(member_of(requirements, limits, m));
        }
      }
    }
    fate.chain.push_back(std::move(link));
  }
}

}  // namespace

NodeFate explain(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low) {
  NodeFate fate;
  const Limits limits(*situation.requirements, situation.disruption);
  fate.is_impossible = assessment.failed[node] != 0;
  if (fate.is_impossible) {
    fate.low = fate.high = 0;
    explain_failure(situation, limits, assessment, node, fate);
    return fate;
  }
  fate.low = assessment.low[node];
  fate.high = assessment.high[node];
  fate.is_by_low = by_low;
  if ((by_low ? fate.low : fate.high) < 1) explain_capacity(situation, limits, assessment, node, fate);
  return fate;
}

}  // namespace chokepoint
