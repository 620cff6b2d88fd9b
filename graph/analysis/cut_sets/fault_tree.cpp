#include "analysis/cut_sets/fault_tree.hpp"

#include "analysis/capacity/limits.hpp"
#include "analysis/requirements/components.hpp"
#include "support/csr.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr TreeNode outside = std::numeric_limits<TreeNode>::max();

/// What a member of a group is to a search.
enum class SearchFate : std::uint8_t { works, failed, open };

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
      const SearchFate fate = fate_of(member.node, requirements_.first_member(g) + static_cast<MemberIndex>(i));
      if (member.is_minor || fate == SearchFate::failed) continue;
      if (member.is_refill && fate == SearchFate::works) return 0;
      if (member.is_refill) {
        refills.push_back(member.node);
      } else if (fate == SearchFate::works) {
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
  [[nodiscard]] SearchFate fate_of(SystemNode n, MemberIndex m) const {
    if (baseline_.failed[n] != 0 || limits_.of_member(m).high <= 0) return SearchFate::failed;
    return worst_.failed[n] != 0 ? SearchFate::open : SearchFate::works;
  }

  const Requirements& requirements_;
  Limits limits_;
  Variants variants_;
  const Assessment& baseline_;
  const Assessment& worst_;
};

}  // namespace

template <class GroupsOf, class Fold>
std::vector<std::uint32_t> FaultTree::reach(std::uint32_t start, const GroupsOf& groups_of, const Fold& fold) {
  std::vector<std::uint32_t> reached{start}, open;
  number_[start] = 0;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const std::uint32_t g : groups_of(reached[i])) {
      if (fold(g, open) == 0) continue;
      for (const std::uint32_t member : open) {
        if (std::exchange(number_[member], 0) == outside) reached.push_back(member);
      }
    }
  }
  return reached;
}

template <class GroupsOf, class Fold>
void FaultTree::add_groups(const std::vector<std::uint32_t>& order, std::size_t group_count_before,
                           const GroupsOf& groups_of, const Fold& fold) {
  for (std::size_t i = 0; i < order.size(); ++i) number_[order[i]] = static_cast<TreeNode>(i);
  std::vector<std::uint32_t> group_number(group_count_before, outside);
  std::vector<std::uint32_t> use_nodes, use_groups, member_groups, open;
  for (const std::uint32_t n : order) {
    for (const std::uint32_t g : groups_of(n)) {
      if (group_number[g] == outside) {
        const std::uint32_t needed = fold(g, open);
        if (needed == 0) continue;
        group_number[g] = group_count();
        needed_.push_back(needed);
        for (const std::uint32_t member : open) {
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

void FaultTree::add_event(Vertex v, std::span<const std::uint32_t> nodes) {
  const std::size_t old_size = event_node_.size();
  for (const std::uint32_t n : nodes) {
    if (number_[n] != outside) event_node_.push_back(number_[n]);
  }
  if (event_node_.size() == old_size) return;
  vertex_.push_back(v);
  event_offset_.push_back(static_cast<std::uint32_t>(event_node_.size()));
}

void FaultTree::finish_events() {
  std::vector<std::uint32_t> events;
  for (EventIndex e = 0; e < event_count(); ++e) events.insert(events.end(), nodes_of(e).size(), e);
  node_event_offset_ = csr_offsets(node_count(), event_node_);
  node_event_ = csr_values(node_event_offset_, event_node_, events);
  number_ = {};
}

FaultTree::FaultTree(const Situation& situation, const Assessment& baseline, const Assessment& worst, SystemNode target,
                     std::span<const Vertex> candidates) {
  const Requirements& requirements = *situation.requirements;
  const GroupFolder folder(situation, baseline, worst);
  const auto groups_of = [&](SystemNode n) { return requirements.groups_of(n); };
  const auto fold = [&](GroupIndex g, std::vector<SystemNode>& open) { return folder.fold(g, open); };
  number_.assign(requirements.node_count(), outside);
  std::vector<SystemNode> reached = reach(target, groups_of, fold);
  const Components components(requirements);
  std::sort(reached.begin(), reached.end(), [&](SystemNode a, SystemNode b) {
    return std::pair(components.of_node(a), components.position_of_node(a)) <
           std::pair(components.of_node(b), components.position_of_node(b));
  });
  for (const SystemNode n : reached) has_cycles_ |= components.vertices(components.of_node(n)).size() > 1;
  add_groups(reached, requirements.group_count(), groups_of, fold);
  target_ = number_[target];
  std::vector<Vertex> sorted(candidates.begin(), candidates.end());
  sort_unique(sorted);
  std::vector<SystemNode> nodes;
  for (const Vertex v : sorted) {
    if (v == target) continue;
    const auto flows = requirements.flows_of(v);
    nodes.assign(1, v);
    for (SystemNode n = flows.first; n < flows.last; ++n) nodes.push_back(n);
    add_event(v, nodes);
  }
  finish_events();
}

FaultTree::FaultTree(const FaultTree& whole, std::span<const std::uint8_t> stays, std::span<const std::uint8_t> falls,
                     std::span<const TreeNode> fatal) {
  const auto groups_of = [&](TreeNode n) { return whole.groups_of(n); };
  const auto fold = [&](TreeGroup g, std::vector<TreeNode>& open) {
    open.clear();
    for (const TreeNode member : whole.members(g)) {
      if (falls[member] != 0) open.push_back(member);
    }
    const std::size_t works = whole.members(g).size() - open.size();
    return whole.needed(g) > works ? static_cast<std::uint32_t>(whole.needed(g) - works) : 0;
  };
  number_.assign(whole.node_count(), outside);
  std::vector<TreeNode> reached = reach(whole.target(), groups_of, fold);
  std::sort(reached.begin(), reached.end());
  add_groups(reached, whole.group_count(), groups_of, fold);
  target_ = number_[whole.target()];
  for (TreeNode n = 0; n < node_count(); ++n) {
    for (const TreeGroup g : this->groups_of(n)) {
      for (const TreeNode member : members(g)) has_cycles_ |= member >= n;
    }
  }
  for (EventIndex e = 0; e < whole.event_count(); ++e) {
    if (stays[e] != 0) add_event(whole.vertex(e), whole.nodes_of(e));
  }
  for (const TreeNode n : fatal) {
    if (number_[n] != outside) fatal_.push_back(number_[n]);
  }
  finish_events();
}

}  // namespace chokepoint::detail
