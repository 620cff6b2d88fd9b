// What sets a capacity: from a node along the groups that equal its minimum, to the nodes whose own suppliers or
// removal set it.

#include "chokepoint/analysis/assessment.hpp"
#include "algorithms/arc_lists.hpp"
#include "algorithms/strong_search.hpp"
#include "analysis/capacity/group_value.hpp"
#include "analysis/capacity/limits.hpp"
#include "analysis/requirements/roles.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace chokepoint {

namespace {

constexpr double tolerance = 1e-9;

/// The chains of one side of an assessment, a step at a time.
class Chains {
 public:
  Chains(const Situation& situation, const Assessment& assessment, bool by_low)
      : requirements_(*situation.requirements),
        assessment_(assessment),
        capacity_(by_low ? assessment.low : assessment.high),
        side_(by_low ? detail::Side::low : detail::Side::high),
        limits_(requirements_, situation.disruption),
        values_(requirements_, limits_, situation.options.variants,
                detail::impaired_places(requirements_, assessment, limits_)) {}

  [[nodiscard]] double capacity(SystemNode n) const { return capacity_[n]; }
  /// Whether anything is lost.
  [[nodiscard]] bool is_short(SystemNode n) const { return capacity_[n] < 1 - tolerance; }
  /// Whether the node itself was removed or limited to what it has.
  [[nodiscard]] bool is_limited(SystemNode n) const {
    return side_of(limits_.most_of(n), side_) <= capacity_[n] + tolerance;
  }
  /// Whether the group is as small as its node.
  [[nodiscard]] bool binds(SystemNode n, GroupIndex g) { return value(g) <= capacity_[n] + tolerance; }
  /// Whether the chain ends at the owner of the group.
  [[nodiscard]] bool ends_at(GroupIndex g) const {
    const auto members = requirements_.members(g);
    return detail::is_provision(requirements_.group(g).kind) ||
           std::any_of(members.begin(), members.end(), [](const RequirementMember& m) { return m.is_scaled; });
  }
  /// Calls `visit(member)` for the members that make the group as small as it is.
  template <class Visit>
  void for_each_binding_member(SystemNode n, GroupIndex g, const Visit& visit) const {
    for (const RequirementMember& member : requirements_.members(g)) {
      if (!member.is_minor && capacity_[member.node] <= capacity_[n] + tolerance) visit(member.node);
    }
  }

 private:
  double value(GroupIndex g) {
    if (assessment_.starved[g] != 0) return 0;
    const auto known = known_.find(g);
    if (known != known_.end()) return known->second;
    return known_[g] = values_.value(g, side_, [&](SystemNode n) { return capacity_[n]; });
  }

  const Requirements& requirements_;
  const Assessment& assessment_;
  const std::vector<double>& capacity_;
  detail::Side side_;
  detail::Limits limits_;
  detail::GroupValues values_;
  std::unordered_map<GroupIndex, double> known_;
};

}  // namespace

Binding binding_of(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low) {
  const Requirements& requirements = *situation.requirements;
  Chains chains(situation, assessment, by_low);
  Binding binding;
  std::unordered_set<SystemNode> seen{node};
  std::vector<SystemNode> queue{node};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const SystemNode n = queue[i];
    if (!chains.is_short(n)) continue;
    if (chains.is_limited(n)) {
      binding.ends.push_back(n);
      binding.steps.push_back({n, no_group, chains.capacity(n)});
      continue;
    }
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (!chains.binds(n, g)) continue;
      binding.steps.push_back({n, g, chains.capacity(n)});
      if (chains.ends_at(g)) {
        binding.ends.push_back(requirements.group(g).owner);
        continue;
      }
      chains.for_each_binding_member(n, g, [&](SystemNode member) {
        if (seen.insert(member).second) queue.push_back(member);
      });
    }
  }
  detail::sort_unique(binding.ends);
  return binding;
}

BindingEnds::BindingEnds(const Situation& situation, const Assessment& assessment, bool by_low)
    : set_(situation.requirements->node_count(), 0), sets_(1) {
  const Requirements& requirements = *situation.requirements;
  Chains chains(situation, assessment, by_low);
  const SystemNode n = requirements.node_count();
  // The links of the chains as a graph, and the ends that a node has of itself.
  detail::ArcLists links;
  std::vector<std::vector<SystemNode>> own_sets(1);
  std::vector<std::uint32_t> own(n, 0);
  for (SystemNode v = 0; v < n; ++v) {
    std::vector<SystemNode> ends;
    if (chains.is_short(v) && chains.is_limited(v)) {
      ends.push_back(v);
    } else if (chains.is_short(v)) {
      for (const GroupIndex g : requirements.groups_of(v)) {
        if (!chains.binds(v, g)) continue;
        if (chains.ends_at(g)) {
          ends.push_back(requirements.group(g).owner);
        } else {
          chains.for_each_binding_member(v, g, [&](SystemNode member) { links.add(member); });
        }
      }
    }
    if (!ends.empty()) {
      own[v] = static_cast<std::uint32_t>(own_sets.size());
      own_sets.push_back(std::move(ends));
    }
    links.close();
  }
  // A component comes after those that it leads to.
  const detail::StrongSearch search(n, [&](SystemNode v) { return links.targets(v); });
  const detail::ComponentMembers members = search.members();
  for (std::uint32_t c = 0; c < search.count; ++c) {
    const auto component = members.of(c);
    // Sets that are met, by number: one is passed on as it is, several are merged.
    std::vector<std::uint32_t> met;
    std::vector<SystemNode> ends;
    for (const SystemNode v : component) {
      ends.insert(ends.end(), own_sets[own[v]].begin(), own_sets[own[v]].end());
      for (const SystemNode w : links.targets(v)) {
        if (set_[w] != 0) met.push_back(set_[w]);
      }
    }
    detail::sort_unique(met);
    std::uint32_t set = 0;
    if (ends.empty() && met.size() == 1) {
      set = met.front();
    } else if (!ends.empty() || !met.empty()) {
      for (const std::uint32_t each : met) ends.insert(ends.end(), sets_[each].begin(), sets_[each].end());
      detail::sort_unique(ends);
      set = static_cast<std::uint32_t>(sets_.size());
      sets_.push_back(std::move(ends));
    }
    for (const SystemNode v : component) set_[v] = set;
  }
}

}  // namespace chokepoint
