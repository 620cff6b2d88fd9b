#include "analysis/policies/policy_lift.hpp"

#include "analysis/capacity/certificate.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

/// Systems that are built for sets of policies before the search gives up.
constexpr std::size_t most_tries = 300;

using Policies = std::vector<Vertex>;

/// What makes the target impossible in one world: for each row that counts, who cuts it.
using Blame = std::set<Policies>;

class LiftSearch {
 public:
  LiftSearch(const View& view, const LiftQuestion& question) : view_(view), question_(question) {
    detail::sort_unique(question_.enforcement.policies);
  }

  PolicyLift run() {
    const Policies& all = question_.enforcement.policies;
    if (all.empty() || blame_without(all)) return {};
    std::set<std::pair<std::size_t, Policies>> waiting{{0, {}}};
    std::set<Policies> seen;
    for (std::size_t tries = 0; !waiting.empty() && tries < most_tries; ++tries) {
      const Policies lifted = waiting.extract(waiting.begin()).value().second;
      const std::optional<Blame> blame = blame_without(lifted);
      if (!blame) return {lifted, true};
      for (const Policies& who : *blame) {
        Policies more;
        std::set_union(lifted.begin(), lifted.end(), who.begin(), who.end(), std::back_inserter(more));
        if (more.size() > lifted.size() && seen.insert(more).second) waiting.emplace(more.size(), more);
      }
    }
    return {without_the_superfluous(all), false};
  }

 private:
  /// Who cuts the rows by which the target is impossible when some policies are lifted; nothing when it is possible.
  [[nodiscard]] std::optional<Blame> blame_without(const Policies& lifted) const {
    Enforcement enforcement = question_.enforcement;
    std::erase_if(enforcement.policies, [&](Vertex p) { return std::binary_search(lifted.begin(), lifted.end(), p); });
    enforcement.without.insert(enforcement.without.end(), lifted.begin(), lifted.end());
    const EnforcedRequirements world = enforce(view_, enforcement, question_.options, question_.is_layer_fixed);
    Situation situation{&world.requirements, {}, question_.judging};
    situation.disruption.cuts = world.cuts;
    const Assessment assessment = question_.judging.threshold ? assess(situation) : assess_possible(situation);
    if (assessment.failed[question_.target] == 0) return std::nullopt;
    Blame blame;
    for (const CertificateStep& step : certificate_of(situation, assessment, question_.target).steps) {
      for (const MemberIndex m : step.lost) {
        Policies who = who_cuts(world, m);
        if (!who.empty()) blame.insert(std::move(who));
      }
    }
    return blame;
  }

  static Policies who_cuts(const EnforcedRequirements& world, MemberIndex m) {
    const Requirements& requirements = world.requirements;
    const SystemNode owner = requirements.group(requirements.group_of_member(m)).owner;
    Policies who;
    if (!requirements.is_flow(owner)) return who;
    const Flow flow{requirements.flow(owner).item, requirements.flow(owner).customer};
    const RequirementMember& member = requirements.member(m);
    for (const PolicyCut& cut : world.rows) {
      const bool is_this =
          cut.flow == flow && cut.supplier == requirements.subject(member.node) && cut.row == member.arc;
      if (is_this && cut.is_whole) who.push_back(cut.policy);
    }
    detail::sort_unique(who);
    return who;
  }

  [[nodiscard]] Policies without_the_superfluous(Policies lifted) const {
    for (const Vertex policy : Policies(lifted)) {
      Policies fewer = lifted;
      std::erase(fewer, policy);
      if (!blame_without(fewer)) lifted = std::move(fewer);
    }
    return lifted;
  }

  const View& view_;
  LiftQuestion question_;
};

}  // namespace

PolicyLift smallest_lift(const View& view, const LiftQuestion& question) { return LiftSearch(view, question).run(); }

}  // namespace chokepoint
