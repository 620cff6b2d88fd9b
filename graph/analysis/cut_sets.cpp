#include "chokepoint/analysis/cut_sets.hpp"

#include "chokepoint/analysis/coverage.hpp"
#include "analysis/assess.hpp"
#include "analysis/cone.hpp"
#include "analysis/cut_oracle.hpp"
#include "analysis/cut_set_search.hpp"
#include "analysis/vertex_lists.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {

namespace {

/// The situation as the search needs it: with thresholds capacities count, else only what is possible.
Assessment judged(const Situation& situation) {
  return situation.options.threshold ? assess(situation) : assess_possible(situation);
}

/// Whether the target falls only because it has its seat where the set is.
bool is_seat_of(const Requirements& requirements, SystemNode target, const std::vector<Vertex>& set) {
  const auto is_its_seat = [&](Vertex place) {
    for (const GroupIndex g : requirements.groups_of(target)) {
      if (requirements.group(g).kind != GroupKind::seat) continue;
      const auto members = requirements.members(g);
      if (std::any_of(members.begin(), members.end(), [&](const auto& m) { return m.node == place; })) return true;
    }
    return false;
  };
  return std::all_of(set.begin(), set.end(), is_its_seat);
}

std::unique_ptr<detail::CutOracle> make_oracle(const Situation& situation, const Assessment& baseline,
                                               const Assessment& worst, SystemNode target,
                                               std::vector<Vertex> candidates) {
  if (situation.options.threshold) return detail::make_threshold_oracle(situation, target, std::move(candidates));
  detail::Cone cone(situation, baseline, worst, target, candidates);
  const bool needs_grounds = situation.options.cycles == Cycles::unsupported && cone.has_cycles();
  return needs_grounds ? detail::make_grounded_oracle(std::move(cone)) : detail::make_spreading_oracle(std::move(cone));
}

}  // namespace

CutSets minimal_cut_sets(const Situation& situation, SystemNode target, std::span<const Vertex> candidates,
                         const CutSetOptions& options) {
  assert(options.order >= 1 && options.order <= 4);
  const Requirements& requirements = *situation.requirements;
  CutSets result;
  const Assessment baseline = judged(situation);
  if (baseline.failed[target] != 0) {
    result.target_is_impossible = true;
    result.order_done = options.order;
    return result;
  }
  // What has failed already adds nothing to a set, unless its flows go on without it.
  std::vector<Vertex> open;
  for (const Vertex v : candidates) {
    const auto flows = requirements.flows_of(v);
    if (v != target && (baseline.failed[v] == 0 || flows.first != flows.last)) open.push_back(v);
  }
  detail::sort_unique(open);
  Situation all_gone{&requirements, situation.disruption, situation.options};
  all_gone.disruption.removed.insert(all_gone.disruption.removed.end(), open.begin(), open.end());
  const Assessment worst = judged(all_gone);
  if (worst.failed[target] == 0) {
    result.order_done = options.order;
    return result;
  }
  const auto oracle = make_oracle(situation, baseline, worst, target, std::move(open));
  result = detail::search_cut_sets(*oracle, options);
  for (CutSet& set : result.sets) {
    if (is_seat_of(requirements, target, set.members)) set.reason = CutReason::seat;
  }
  return result;
}

std::vector<Vertex> cut_candidates(const View& view, const CandidateFilter& filter) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> found;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    const Layer layer = snapshot.type(v).layer;
    if (!view.has_node(v) || snapshot.layer(v) != layer) continue;
    if (filter.layer && layer != *filter.layer) continue;
    const std::uint16_t type = snapshot.columns().node_type[v];
    const bool has_type = std::find(filter.types.begin(), filter.types.end(), type) != filter.types.end();
    if (filter.types.empty() || has_type) found.push_back(v);
  }
  return found;
}

bool meets_unsettled_variants(const Requirements& requirements, SystemNode target) {
  const std::vector<std::uint8_t> scope = upstream_of(requirements, {&target, 1});
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (requirements.group(g).is_unsettled && scope[requirements.group(g).owner] != 0) return true;
  }
  return false;
}

}  // namespace chokepoint
