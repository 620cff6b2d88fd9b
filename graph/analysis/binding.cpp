#include "chokepoint/analysis/assessment.hpp"
#include "analysis/group_value.hpp"
#include "analysis/limits.hpp"

#include <algorithm>
#include <unordered_set>

namespace chokepoint {

namespace {

constexpr double tolerance = 1e-9;

bool is_end(GroupKind kind) { return kind == GroupKind::supplier || kind == GroupKind::maker; }

}  // namespace

Binding binding_of(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low) {
  const Requirements& requirements = *situation.requirements;
  const detail::Limits limits(requirements, situation.disruption);
  detail::GroupValues values(requirements, limits, situation.options.variants,
                             detail::impaired_places(requirements, assessment, limits));
  const std::vector<double>& capacity = by_low ? assessment.low : assessment.high;
  const auto value = [&](GroupIndex g) {
    if (assessment.starved[g] != 0) return 0.0;
    return values.value(g, by_low ? detail::Side::low : detail::Side::high, [&](SystemNode n) { return capacity[n]; });
  };
  Binding binding;
  std::unordered_set<SystemNode> seen{node};
  std::vector<SystemNode> queue{node};
  const auto follow = [&](SystemNode n) {
    if (seen.insert(n).second) queue.push_back(n);
  };
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const SystemNode n = queue[i];
    if (capacity[n] >= 1 - tolerance) continue;
    if (limits.of_node(n) <= capacity[n] + tolerance) {
      binding.ends.push_back(n);
      binding.steps.push_back({n, no_group, capacity[n]});
      continue;
    }
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (value(g) > capacity[n] + tolerance) continue;
      binding.steps.push_back({n, g, capacity[n]});
      if (is_end(requirements.group(g).kind)) {
        binding.ends.push_back(requirements.group(g).owner);
        continue;
      }
      for (const RequirementMember& member : requirements.members(g)) {
        if (!member.is_minor && capacity[member.node] <= capacity[n] + tolerance) follow(member.node);
      }
    }
  }
  std::sort(binding.ends.begin(), binding.ends.end());
  binding.ends.erase(std::unique(binding.ends.begin(), binding.ends.end()), binding.ends.end());
  return binding;
}

}  // namespace chokepoint
