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
#include <map>
#include <memory>
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
                detail::impaired_places(requirements_, assessment, limits_)),
        known_(requirements_.group_count(), not_known) {}

  [[nodiscard]] double capacity(SystemNode n) const { return capacity_[n]; }
  /// Whether anything is lost.
  [[nodiscard]] bool is_short(SystemNode n) const { return capacity_[n] < 1 - tolerance; }
  /// Whether the node itself was removed or limited to what it has.
  [[nodiscard]] bool is_limited(SystemNode n) const {
    return side_of(limits_.most_of(n), side_) <= capacity_[n] + tolerance;
  }
  /// Whether the other side, of equal capacities, finds the same at a node.
  [[nodiscard]] bool is_same_on(detail::Side other, SystemNode n) {
    const Interval limit = limits_.most_of(n);
    if (side_of(limit, side_) != side_of(limit, other)) return false;
    const auto groups = requirements_.groups_of(n);
    return std::all_of(groups.begin(), groups.end(), [&](GroupIndex g) {
      if (assessment_.starved[g] != 0) return true;
      return value(g) == values_.value(g, other, [&](SystemNode member) { return capacity_[member]; });
    });
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
  static constexpr double not_known = -1;

  double value(GroupIndex g) {
    if (assessment_.starved[g] != 0) return 0;
    if (known_[g] == not_known) known_[g] = values_.value(g, side_, [&](SystemNode n) { return capacity_[n]; });
    return known_[g];
  }

  const Requirements& requirements_;
  const Assessment& assessment_;
  const std::vector<double>& capacity_;
  detail::Side side_;
  detail::Limits limits_;
  detail::GroupValues values_;
  std::vector<double> known_;  ///< [groups]
};

/// Whether the chains of both sides are the same everywhere.
bool are_sides_alike(const Situation& situation, const Assessment& assessment) {
  if (assessment.low != assessment.high) return false;
  // What has all or nothing has it by the same groups, and limits of one side come from other worlds or cut rows.
  const Disruption& disruption = situation.disruption;
  if (!situation.requirements->has_parts() && disruption.ranges.empty() && disruption.cuts.empty()) return true;
  Chains chains(situation, assessment, true);
  for (SystemNode n = 0; n < situation.requirements->node_count(); ++n)
    if (chains.is_short(n) && !chains.is_same_on(detail::Side::high, n)) return false;
  return true;
}

/// Sets of ends by number: a set that is met alone is passed on as it is, several are merged, each combination once.
class EndSets {
 public:
  /// @param own  what is added to the sets, left empty
  /// @param met  numbers of sets, none of them 0; scratch
  std::uint32_t merge(std::vector<SystemNode>& own, std::vector<std::uint32_t>& met) {
    detail::sort_unique(met);
    if (own.empty() && met.empty()) return 0;
    if (own.empty() && met.size() == 1) return met.front();
    if (!own.empty()) return add(own, met);
    const auto [merged, is_new] = merged_.try_emplace(met, 0);
    if (is_new) merged->second = add(own, met);
    return merged->second;
  }
  std::vector<std::vector<SystemNode>> take() && { return std::move(sets_); }

 private:
  std::uint32_t add(std::vector<SystemNode>& own, const std::vector<std::uint32_t>& met) {
    std::vector<SystemNode> all = std::exchange(own, {});
    for (const std::uint32_t each : met) all.insert(all.end(), sets_[each].begin(), sets_[each].end());
    detail::sort_unique(all);
    for (const std::uint32_t each : met)
      if (sets_[each].size() == all.size()) return each;
    sets_.push_back(std::move(all));
    return static_cast<std::uint32_t>(sets_.size() - 1);
  }

  std::vector<std::vector<SystemNode>> sets_{1};
  std::map<std::vector<std::uint32_t>, std::uint32_t> merged_;
};

/// The links of all chains, and the ends that nodes have of themselves.
struct ChainGraph {
  detail::ArcLists links;
  std::vector<std::vector<SystemNode>> own_sets{1};
  std::vector<std::uint32_t> own;  ///< [nodes] in own_sets; 0: none
};

ChainGraph graph_of_chains(const Situation& situation, const Assessment& assessment, bool by_low) {
  const Requirements& requirements = *situation.requirements;
  const SystemNode n = requirements.node_count();
  Chains chains(situation, assessment, by_low);
  ChainGraph graph;
  graph.links.reserve(n, requirements.member_count());
  graph.own.resize(n);
  std::vector<SystemNode> ends;
  const auto follow = [&](SystemNode v, GroupIndex g) {
    if (!chains.binds(v, g)) return;
    if (chains.ends_at(g)) {
      ends.push_back(requirements.group(g).owner);
    } else {
      chains.for_each_binding_member(v, g, [&](SystemNode member) { graph.links.add(member); });
    }
  };
  for (SystemNode v = 0; v < n; ++v) {
    if (chains.is_short(v) && chains.is_limited(v)) {
      ends.push_back(v);
    } else if (chains.is_short(v)) {
      for (const GroupIndex g : requirements.groups_of(v)) follow(v, g);
    }
    if (!ends.empty()) {
      graph.own[v] = static_cast<std::uint32_t>(graph.own_sets.size());
      graph.own_sets.push_back(std::exchange(ends, {}));
    }
    graph.links.close();
  }
  return graph;
}

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
    : set_(situation.requirements->node_count(), 0) {
  const ChainGraph chains = graph_of_chains(situation, assessment, by_low);
  // A component comes after those that it leads to.
  const SystemNode n = situation.requirements->node_count();
  const detail::StrongSearch search(n, [&](SystemNode v) { return chains.links.targets(v); });
  const detail::ComponentMembers members = search.members();
  EndSets sets;
  std::vector<SystemNode> ends;
  std::vector<std::uint32_t> met;
  for (std::uint32_t c = 0; c < search.count; ++c) {
    const auto component = members.of(c);
    met.clear();
    for (const SystemNode v : component) {
      const std::vector<SystemNode>& own = chains.own_sets[chains.own[v]];
      ends.insert(ends.end(), own.begin(), own.end());
      for (const SystemNode w : chains.links.targets(v))
        if (set_[w] != 0 && (met.empty() || met.back() != set_[w])) met.push_back(set_[w]);
    }
    const std::uint32_t set = sets.merge(ends, met);
    for (const SystemNode v : component) set_[v] = set;
  }
  sets_ = std::move(sets).take();
}

EndsOfBothSides ends_of_both_sides(const Situation& situation, const Assessment& assessment) {
  const auto low = std::make_shared<const BindingEnds>(situation, assessment, true);
  return {low, are_sides_alike(situation, assessment)
                   ? low
                   : std::make_shared<const BindingEnds>(situation, assessment, false)};
}

}  // namespace chokepoint
