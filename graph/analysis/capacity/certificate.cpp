#include "analysis/capacity/certificate.hpp"

#include "analysis/capacity/limits.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_set>
#include <utility>

namespace chokepoint {

namespace {

/// The members that failed the group: of those with a vote as few as it takes, earliest failures first; of a starved
/// group all that failed or were cut.
std::vector<MemberIndex> lost_members(const Situation& situation, const detail::Limits& limits,
                                      const Assessment& assessment, GroupIndex g) {
  const Requirements& requirements = *situation.requirements;
  const bool is_starved = assessment.starved.size() > g && assessment.starved[g] != 0;
  std::vector<std::pair<std::uint32_t, MemberIndex>> lost;  // order of failure; a cut comes before everything
  std::vector<MemberIndex> refills;
  const auto members = requirements.members(g);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const MemberIndex m = requirements.first_member(g) + static_cast<MemberIndex>(i);
    const bool is_cut = limits.of_member(m).high <= 0;
    if (!is_cut && assessment.failed[members[i].node] == 0) continue;
    if (members[i].is_minor && !is_starved) continue;
    if (members[i].is_refill) {
      refills.push_back(m);
    } else {
      lost.emplace_back(is_cut ? 0 : assessment.order[members[i].node] + 1, m);
    }
  }
  std::sort(lost.begin(), lost.end());
  const std::uint32_t needed = requirements.needed(g, situation.options.variants);
  const std::uint32_t voters = requirements.group(g).voters;
  const std::size_t enough = voters < needed ? 0 : voters - needed + std::size_t{1};
  if (!is_starved && lost.size() > enough) lost.resize(enough);
  std::vector<MemberIndex> named;
  for (const auto& [order, m] : lost) named.push_back(m);
  named.insert(named.end(), refills.begin(), refills.end());
  std::sort(named.begin(), named.end());
  return named;
}

}  // namespace

Certificate certificate_of(const Situation& situation, const Assessment& assessment, SystemNode node) {
  assert(assessment.failed[node] != 0);
  const Requirements& requirements = *situation.requirements;
  const detail::Limits limits(requirements, situation.disruption);
  Certificate certificate;
  std::unordered_set<SystemNode> seen{node};
  std::vector<SystemNode> queue{node};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    CertificateStep step;
    step.node = queue[i];
    step.group = assessment.cause[step.node];
    if (step.group != no_group) {
      step.is_starved = assessment.starved.size() > step.group && assessment.starved[step.group] != 0;
      step.lost = lost_members(situation, limits, assessment, step.group);
      for (const MemberIndex m : step.lost) {
        const SystemNode member = requirements.member(m).node;
        const bool is_cut = limits.of_member(m).high <= 0;
        if (!is_cut && assessment.failed[member] != 0 && seen.insert(member).second) queue.push_back(member);
      }
    }
    certificate.steps.push_back(std::move(step));
  }
  std::sort(certificate.steps.begin(), certificate.steps.end(),
            [&](const CertificateStep& a, const CertificateStep& b) {
              return assessment.order[a.node] < assessment.order[b.node];
            });
  return certificate;
}

}  // namespace chokepoint
