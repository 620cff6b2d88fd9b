#include "analysis/cut_sets/cone_falls.hpp"

namespace chokepoint::detail {

namespace {

/// Failures spread from what happens.
std::vector<std::uint8_t> spread(const Cone& cone, const std::vector<std::uint8_t>& is_hit) {
  std::vector<std::uint32_t> spare(cone.group_count());
  for (ConeGroup g = 0; g < cone.group_count(); ++g) {
    spare[g] = static_cast<std::uint32_t>(cone.members(g).size()) - cone.needed(g);
  }
  std::vector<std::uint8_t> failed(cone.node_count(), 0);
  std::vector<ConeNode> queue;
  const auto fail = [&](ConeNode n) {
    if (failed[n] != 0) return;
    failed[n] = 1;
    queue.push_back(n);
  };
  for (ConeNode n = 0; n < cone.node_count(); ++n) {
    if (is_hit[n] != 0) fail(n);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const ConeGroup g : cone.memberships(queue[i])) {
      if (spare[g] > 0) {
        --spare[g];
        continue;
      }
      for (const ConeNode d : cone.dependents(g)) fail(d);
    }
  }
  return failed;
}

/// What stands is found from below; all else fails.
std::vector<std::uint8_t> ground(const Cone& cone, const std::vector<std::uint8_t>& is_hit) {
  std::vector<std::uint32_t> missing(cone.group_count()), unmet(cone.node_count());
  std::vector<std::uint8_t> failed(cone.node_count(), 1);
  std::vector<ConeNode> queue;
  const auto stand = [&](ConeNode n) {
    if (is_hit[n] != 0) return;
    failed[n] = 0;
    queue.push_back(n);
  };
  for (ConeGroup g = 0; g < cone.group_count(); ++g) missing[g] = cone.needed(g);
  for (ConeNode n = 0; n < cone.node_count(); ++n) {
    unmet[n] = static_cast<std::uint32_t>(cone.groups_of(n).size());
    if (unmet[n] == 0) stand(n);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const ConeGroup g : cone.memberships(queue[i])) {
      if (missing[g] == 0 || --missing[g] > 0) continue;
      for (const ConeNode d : cone.dependents(g)) {
        if (--unmet[d] == 0) stand(d);
      }
    }
  }
  return failed;
}

}  // namespace

std::vector<std::uint8_t> nodes_that_fall(const Cone& cone, std::span<const std::uint8_t> happens, bool needs_grounds) {
  std::vector<std::uint8_t> is_hit(cone.node_count(), 0);
  for (EventIndex e = 0; e < cone.event_count(); ++e) {
    if (happens[e] == 0) continue;
    for (const ConeNode n : cone.nodes_of(e)) is_hit[n] = 1;
  }
  return needs_grounds ? ground(cone, is_hit) : spread(cone, is_hit);
}

std::optional<Cone> without_events(const Cone& cone, std::span<const EventIndex> gone, bool needs_grounds) {
  std::vector<std::uint8_t> stays(cone.event_count(), 1);
  std::vector<ConeNode> fatal;
  for (const EventIndex e : gone) {
    stays[e] = 0;
    if (cone.nodes_of(e).size() == 1) fatal.push_back(cone.nodes_of(e).front());
  }
  const std::vector<std::uint8_t> falls = nodes_that_fall(cone, stays, needs_grounds);
  if (falls[cone.target()] == 0) return std::nullopt;
  return Cone(cone, stays, falls, fatal);
}

}  // namespace chokepoint::detail
