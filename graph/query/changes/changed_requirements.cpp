// Where the requirement systems of two days differ in what decides about yes and no: who are the members of a group,
// how many of them must work, which of them a policy cuts wholly. What rests on such a node may have other cut sets.
#include "query/changes/changed_requirements.hpp"

#include <algorithm>
#include <compare>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

namespace chokepoint::detail {

namespace {

/// A member as far as yes and no go: who it is, whether it has no vote, works in place of others, or is cut wholly.
using MemberSign = std::tuple<Subject, bool, bool, bool>;

struct GroupSign {
  GroupKind kind = GroupKind::other;
  std::uint16_t edge_type = 0;
  std::uint32_t k_any = 0, k_all = 0;
  bool has_rest = false, is_unmet_only = false;
  std::vector<MemberSign> members{};
  friend auto operator<=>(const GroupSign&, const GroupSign&) = default;
};

/// One layer on one day.
class DaySystem {
 public:
  explicit DaySystem(const CandidateScope& field)
      : requirements_(&field.world.requirements), is_cut_(requirements_->member_count(), 0) {
    for (const MemberLimit& cut : field.world.cuts)
      if (cut.high <= 0) is_cut_[cut.member] = 1;
  }

  [[nodiscard]] const Requirements& requirements() const { return *requirements_; }

  /// The groups of a node; none where the system has no such delivery.
  [[nodiscard]] std::vector<GroupSign> groups_of(const Subject& subject) const {
    std::vector<GroupSign> signs;
    const SystemNode node = requirements_->find(subject);
    if (node == no_vertex) return signs;
    for (const GroupIndex g : requirements_->groups_of(node)) signs.push_back(sign_of(g));
    std::ranges::sort(signs);
    return signs;
  }

  [[nodiscard]] std::vector<Subject> subjects() const {
    std::vector<Subject> all;
    for (SystemNode n = 0; n < requirements_->node_count(); ++n) all.push_back(requirements_->subject(n));
    return all;
  }

 private:
  [[nodiscard]] GroupSign sign_of(GroupIndex g) const {
    const RequirementGroup& group = requirements_->group(g);
    GroupSign sign{group.kind, group.edge_type, group.k_any, group.k_all, group.has_rest, group.is_unmet_only, {}};
    MemberIndex m = requirements_->first_member(g);
    for (const RequirementMember& member : requirements_->members(g))
      sign.members.emplace_back(requirements_->subject(member.node), member.is_minor, member.is_refill,
                                is_cut_[m++] != 0);
    std::ranges::sort(sign.members);
    return sign;
  }

  const Requirements* requirements_;
  std::vector<std::uint8_t> is_cut_;  ///< [members]
};

/// What rests on the nodes, in one of two systems; these among it.
std::set<Subject> resting_on(const DaySystem& one, const DaySystem& other, const std::vector<Subject>& starts) {
  std::set<Subject> found(starts.begin(), starts.end());
  std::vector<Subject> queue = starts;
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const DaySystem* day : {&one, &other}) {
      const Requirements& requirements = day->requirements();
      const SystemNode node = requirements.find(queue[i]);
      if (node == no_vertex) continue;
      for (const MemberIndex m : requirements.memberships(node))
        for (const SystemNode dependent : requirements.dependents(requirements.group_of_member(m)))
          if (const Subject subject = requirements.subject(dependent); found.insert(subject).second)
            queue.push_back(subject);
    }
  return found;
}

}  // namespace

std::vector<std::uint8_t> nodes_that_may_differ(const CutScope& before, const CutScope& after) {
  std::vector<std::uint8_t> marks(after.fields.front().world.requirements.vertex_count(), 0);
  for (std::size_t i = 0; i < after.fields.size(); ++i) {
    const DaySystem was(before.fields[i]), is(after.fields[i]);
    std::vector<Subject> all = was.subjects(), changed;
    std::ranges::move(is.subjects(), std::back_inserter(all));
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const Subject& subject : all)
      if (was.groups_of(subject) != is.groups_of(subject)) changed.push_back(subject);
    for (const Subject& subject : resting_on(was, is, changed))
      if (subject.customer == no_vertex && !subject.is_unnamed) marks[subject.node] = 1;
  }
  return marks;
}

}  // namespace chokepoint::detail
