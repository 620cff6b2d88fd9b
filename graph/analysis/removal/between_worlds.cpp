#include "analysis/removal/between_worlds.hpp"

#include <algorithm>

namespace chokepoint::detail {

namespace {

constexpr double tolerance = 1e-9;

/// What the worlds say of a node, together.
NodeRange range_of(const Requirements& requirements, SystemNode n, std::span<const AssessedWorld> least,
                   std::span<const AssessedWorld> most) {
  NodeRange range;
  range.node = n;
  const Subject subject = requirements.subject(n);
  for (const AssessedWorld& world : most) {
    const SystemNode other = world.requirements->find(subject);
    if (other == no_vertex) continue;
    range.fails |= world.assessment->failed[other] != 0;
    range.most.low = std::min(range.most.low, world.assessment->low[other]);
    range.most.high = std::min(range.most.high, world.assessment->high[other]);
  }
  for (const AssessedWorld& world : least) {
    const SystemNode other = world.requirements->find(subject);
    if (other == no_vertex) continue;
    range.works |= world.assessment->failed[other] == 0;
    range.least.low = std::max(range.least.low, world.assessment->low[other]);
    range.least.high = std::max(range.least.high, world.assessment->high[other]);
  }
  range.fails &= !range.works;
  range.most.low = std::max(range.most.low, range.least.low);
  range.most.high = std::max(range.most.high, range.least.high);
  return range;
}

bool is_off(const Assessment& assessment, const NodeRange& range) {
  const SystemNode n = range.node;
  const bool has_failed = assessment.failed[n] != 0;
  return (has_failed ? range.works : range.fails) || assessment.low[n] > range.most.low + tolerance ||
         assessment.high[n] > range.most.high + tolerance || assessment.low[n] < range.least.low - tolerance ||
         assessment.high[n] < range.least.high - tolerance;
}

}  // namespace

Assessment assess_between(Situation& situation, std::span<const AssessedWorld> least,
                          std::span<const AssessedWorld> most) {
  const Requirements& requirements = *situation.requirements;
  std::vector<NodeRange>& held = situation.disruption.ranges;
  std::vector<std::uint8_t> is_held(requirements.node_count(), 0);
  for (const Vertex v : situation.disruption.removed) is_held[v] = 1;
  for (;;) {
    Assessment assessment = assess(situation);
    const std::size_t before = held.size();
    for (SystemNode n = 0; n < requirements.node_count(); ++n) {
      if (is_held[n] != 0) continue;
      const NodeRange range = range_of(requirements, n, least, most);
      if (!is_off(assessment, range)) continue;
      is_held[n] = 1;
      held.push_back(range);
    }
    if (held.size() == before) return assessment;
    std::sort(held.begin(), held.end(), [](const NodeRange& a, const NodeRange& b) { return a.node < b.node; });
  }
}

}  // namespace chokepoint::detail
