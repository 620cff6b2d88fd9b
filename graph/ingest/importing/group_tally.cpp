#include "ingest/importing/group_tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint::detail {

void GroupTally::note(const Edge& edge, bool from_depends, const Place& place) {
  if (++edges_ > most_edges) {
    groups_.clear();
    return;
  }
  const auto k = static_cast<std::uint32_t>(edge.k.value_or(1));
  const auto [at, is_new] = groups_.try_emplace(
      fmt::format("{}\n{}\n{}", from_depends ? edge.from : edge.to, edge.type, edge.group), Group{place, {}, k, k});
  if (is_new) at->second.record = describe(edge);
  Group& group = at->second;
  group.smallest_k = std::min(group.smallest_k, k);
  group.largest_k = std::max(group.largest_k, k);
  group.members.insert(from_depends ? edge.to : edge.from);
}

void GroupTally::tell(bool is_whole, Problems& problems) const {
  for (const auto& [key, group] : groups_) {
    const std::string name = key.substr(key.rfind('\n') + 1);
    if (group.smallest_k != group.largest_k)
      problems.add(group.place, group.record,
                   fmt::format("the edges of the group \"{}\" carry different k ({} and {})", name, group.smallest_k,
                               group.largest_k));
    else if (is_whole && group.largest_k > group.members.size())
      problems.add(
          group.place, group.record,
          fmt::format("the group \"{}\" needs {} members but has {}", name, group.largest_k, group.members.size()));
  }
}

}  // namespace chokepoint::detail
