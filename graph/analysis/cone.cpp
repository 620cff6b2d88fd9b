#include "analysis/cone.hpp"

#include "analysis/components.hpp"
#include "analysis/csr.hpp"
#include "analysis/limits.hpp"
#include "analysis/vertex_lists.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr ConeNode outside = std::numeric_limits<ConeNode>::max();

/// What a member of a group is to a search.
enum class Fate : std::uint8_t { works, failed, open };

/// The members of one group that are open, and how many of them must work; none when it always holds.
class GroupFolder {
 public:
  GroupFolder(const Situation& situation, const Assessment& baseline, const Assessment& worst)
      : requirements_(*situation.requirements),
        limits_(requirements_, situation.disruption),
        variants_(situation.options.variants),
        baseline_(baseline),
        worst_(worst) {}

  /// @param visit  called with each open member (as often as it counts), after which `needed` stands
  /// @return members that must work; 0: the group holds whatever is removed
  std::uint32_t fold(GroupIndex g, std::vector<SystemNode>& open) const {
    open.clear();
    std::vector<SystemNode> refills;
    const RequirementGroup& group = requirements_.group(g);
    std::int64_t needed = std::int64_t{requirements_.needed(g, variants_)} - (group.has_rest ? 1 : 0);
    const auto members = requirements_.members(g);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const RequirementMember& member = members[i];
      const Fate fate = fate_of(member.node, requirements_.first_member(g) + static_cast<MemberIndex>(i));
      if (member.is_minor || fate == Fate::failed) continue;
      if (member.is_refill && fate == Fate::works) return 0;
      if (member.is_refill) {
        refills.push_back(member.node);
      } else if (fate == Fate::works) {
        --needed;
      } else {
        open.push_back(member.node);
      }
    }
    if (needed <= 0) return 0;
    // One refill that works is as good as all that are needed.
    for (const SystemNode refill : refills) open.insert(open.end(), static_cast<std::size_t>(needed), refill);
    return static_cast<std::uint32_t>(needed);
  }

 private:
  [[nodiscard]] Fate fate_of(SystemNode n, MemberIndex m) const {
    if (baseline_.failed[n] != 0 || limits_.of_member(m).high <= 0) return Fate::failed;
    return worst_.failed[n] != 0 ? Fate::open : Fate::works;
  }

  const Requirements& requirements_;
  Limits limits_;
  Variants variants_;
  const Assessment& baseline_;
  const Assessment& worst_;
};

}  // namespace

Cone::Cone(const Situation& situation, const Assessment& baseline, const Assessment& worst, SystemNode target,
           std::span<const Vertex> candidates) {
  const Requirements& requirements = *situation.requirements;
  const GroupFolder folder(situation, baseline, worst);
  number_.assign(requirements.node_count(), outside);
  std::vector<SystemNode> reached{target};
  std::vector<SystemNode> open;
  number_[target] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const GroupIndex g : requirements.groups_of(reached[i])) {
      folder.fold(g, open);
      for (const SystemNode member : open) {
        if (std::exchange(number_[member], 0) == outside) reached.push_back(member);
      }
    }
  }
  const Components components(requirements);
  std::sort(reached.begin(), reached.end(), [&](SystemNode a, SystemNode b) {
    return std::pair(components.of_node(a), components.position_of_node(a)) <
           std::pair(components.of_node(b), components.position_of_node(b));
  });
  for (std::size_t i = 0; i < reached.size(); ++i) {
    number_[reached[i]] = static_cast<ConeNode>(i);
    has_cycles_ |= components.vertices(components.of_node(reached[i])).size() > 1;
  }
  target_ = number_[target];
  add_groups(situation, baseline, worst, reached);
  add_events(requirements, candidates);
  number_ = {};
}

void Cone::add_groups(const Situation& situation, const Assessment& baseline, const Assessment& worst,
                      const std::vector<SystemNode>& order) {
  const Requirements& requirements = *situation.requirements;
  const GroupFolder folder(situation, baseline, worst);
  std::vector<std::uint32_t> group_number(requirements.group_count(), outside);
  std::vector<std::uint32_t> use_nodes, use_groups, member_groups;
  std::vector<SystemNode> open;
  for (const SystemNode n : order) {
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (group_number[g] == outside) {
        const std::uint32_t needed = folder.fold(g, open);
        if (needed == 0) continue;
        group_number[g] = group_count();
        needed_.push_back(needed);
        for (const SystemNode member : open) {
          member_.push_back(number_[member]);
          member_groups.push_back(group_number[g]);
        }
        member_offset_.push_back(static_cast<std::uint32_t>(member_.size()));
      }
      use_nodes.push_back(number_[n]);
      use_groups.push_back(group_number[g]);
    }
  }
  group_offset_ = csr_offsets(order.size(), use_nodes);
  group_ = csr_values(group_offset_, use_nodes, use_groups);
  dependent_offset_ = csr_offsets(group_count(), use_groups);
  dependent_ = csr_values(dependent_offset_, use_groups, use_nodes);
  user_offset_ = csr_offsets(order.size(), member_);
  user_ = csr_values(user_offset_, member_, member_groups);
}

void Cone::add_events(const Requirements& requirements, std::span<const Vertex> candidates) {
  std::vector<Vertex> sorted(candidates.begin(), candidates.end());
  sort_unique(sorted);
  std::vector<std::uint32_t> events;
  for (const Vertex v : sorted) {
    if (number_[v] != outside && number_[v] == target_) continue;
    const std::size_t old_size = event_node_.size();
    const auto add = [&](SystemNode n) {
      if (number_[n] == outside) return;
      event_node_.push_back(number_[n]);
      events.push_back(event_count());
    };
    add(v);
    const auto flows = requirements.flows_of(v);
    for (SystemNode n = flows.first; n < flows.last; ++n) add(n);
    if (event_node_.size() == old_size) continue;
    vertex_.push_back(v);
    event_offset_.push_back(static_cast<std::uint32_t>(event_node_.size()));
  }
  node_event_offset_ = csr_offsets(node_count(), event_node_);
  node_event_ = csr_values(node_event_offset_, event_node_, events);
}

}  // namespace chokepoint::detail
