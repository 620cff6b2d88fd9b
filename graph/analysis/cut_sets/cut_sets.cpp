#include "chokepoint/analysis/cut_sets.hpp"

#include "chokepoint/analysis/coverage.hpp"
#include "analysis/capacity/assess.hpp"
#include "analysis/cut_sets/cut_oracle.hpp"
#include "analysis/cut_sets/cut_set_search.hpp"
#include "analysis/cut_sets/failed_nodes.hpp"
#include "analysis/cut_sets/fault_tree.hpp"
#include "analysis/requirements/components.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <memory>
#include <utility>

namespace chokepoint {

namespace {

/// The situation as the search needs it: with thresholds capacities count, else only what is possible.
Assessment judged(const Situation& situation) {
  return situation.options.threshold ? assess(situation) : assess_possible(situation);
}

/// Whether the target rests on a group that may fall below a threshold.
bool meets_shares(const Requirements& requirements, SystemNode target) {
  const std::vector<std::uint8_t> scope = upstream_of(requirements, {&target, 1});
  for (SystemNode n = 0; n < requirements.node_count(); ++n) {
    if (scope[n] == 0) continue;
    for (const GroupIndex g : requirements.groups_of(n)) {
      if (requirements.group(g).kind == GroupKind::supplier) return true;
    }
  }
  return false;
}

/// The situation without some more nodes.
Situation without(const Situation& situation, std::span<const Vertex> removed) {
  Situation less{situation.requirements, situation.disruption, situation.options};
  less.disruption.removed.insert(less.disruption.removed.end(), removed.begin(), removed.end());
  return less;
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

/// A search over the part of the system that decides. What fails the target alone is in no larger set; without it
/// mostly little is left to decide, and larger sets are looked for in that.
void search_fault_tree(detail::FaultTree tree, detail::FixedPoint fixed_point, const CutSetOptions& options,
                       CutSets& result) {
  const bool needs_least = fixed_point == detail::FixedPoint::least && tree.has_cycles();
  const auto search = [&](detail::FaultTree part, std::size_t first, std::size_t last) {
    auto shared = std::make_shared<const detail::FaultTree>(std::move(part));
    const auto oracle = needs_least && shared->has_cycles()
                            ? detail::make_least_fixed_point_oracle(shared, last == 1)
                            : detail::make_greatest_fixed_point_oracle(shared, last == 1);
    detail::search_cut_sets(*oracle, options, first, last, result);
    return shared;
  };
  const auto whole = search(std::move(tree), 1, 1);
  if (options.order == 1 || !result.complete) return;
  std::vector<detail::EventIndex> singles;
  for (const CutSet& set : result.sets) {
    const auto& vertices = whole->vertices();
    const auto at = std::lower_bound(vertices.begin(), vertices.end(), set.members.front());
    singles.push_back(static_cast<detail::EventIndex>(at - vertices.begin()));
  }
  auto rest =
      detail::without_events(*whole, singles, needs_least ? detail::FixedPoint::least : detail::FixedPoint::greatest);
  if (rest) {
    search(std::move(*rest), 2, options.order);
  } else {
    result.order_done = options.order;
  }
}

/// A search that assesses the whole system for each set.
void search_shares(const Situation& situation, SystemNode target, std::vector<Vertex> open,
                   const CutSetOptions& options, CutSets& result) {
  const auto components = std::make_shared<const detail::Components>(*situation.requirements);
  const auto search = [&](std::size_t first, std::size_t last) {
    const auto oracle = detail::make_threshold_oracle(situation, components, target, open);
    detail::search_cut_sets(*oracle, options, first, last, result);
  };
  search(1, 1);
  if (options.order == 1 || !result.complete) return;
  std::erase_if(open, [&](Vertex v) {
    return std::binary_search(result.sets.begin(), result.sets.end(), CutSet{{v}, {}},
                              [](const CutSet& a, const CutSet& b) { return a.members < b.members; });
  });
  if (judged(without(situation, open)).failed[target] != 0) {
    search(2, options.order);
  } else {
    result.order_done = options.order;
  }
}

}  // namespace

CutSets minimal_cut_sets(const Situation& given, SystemNode target, std::span<const Vertex> candidates,
                         const CutSetOptions& options) {
  assert(options.order >= 1 && options.order <= 4);
  const Requirements& requirements = *given.requirements;
  Situation situation = given;
  if (situation.options.threshold && !meets_shares(requirements, target)) situation.options.threshold.reset();
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
  const Assessment worst = judged(without(situation, open));
  if (worst.failed[target] == 0) {
    result.order_done = options.order;
    return result;
  }
  if (situation.options.threshold) {
    search_shares(situation, target, std::move(open), options, result);
  } else {
    search_fault_tree(
        detail::FaultTree(situation, baseline, worst, target, open),
        situation.options.cycles == Cycles::unsupported ? detail::FixedPoint::least : detail::FixedPoint::greatest,
        options, result);
  }
  for (CutSet& set : result.sets) {
    if (is_seat_of(requirements, target, set.members)) set.reason = CutReason::seat;
  }
  return result;
}

std::vector<Vertex> cut_candidates(const View& view, const CandidateFilter& filter) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Vertex> found;
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    if (!view.has_node(v) || snapshot.is_remainder(v) != filter.remainders) continue;
    if (filter.layer && snapshot.layer(v) != *filter.layer) continue;
    const std::uint16_t type = snapshot.columns().node_type[v];
    const bool has_type = std::find(filter.types.begin(), filter.types.end(), type) != filter.types.end();
    if (filter.types.empty() || has_type) found.push_back(v);
  }
  return found;
}

std::vector<CutSet> take_remainder_sets(const Snapshot& snapshot, std::vector<CutSet>& sets) {
  const auto others = std::stable_partition(sets.begin(), sets.end(), [&](const CutSet& set) {
    return std::none_of(set.members.begin(), set.members.end(), [&](Vertex v) { return snapshot.is_remainder(v); });
  });
  std::vector<CutSet> taken(std::make_move_iterator(others), std::make_move_iterator(sets.end()));
  sets.erase(others, sets.end());
  return taken;
}

bool meets_unsettled_variants(const Requirements& requirements, SystemNode target) {
  const std::vector<std::uint8_t> scope = upstream_of(requirements, {&target, 1});
  for (GroupIndex g = 0; g < requirements.group_count(); ++g) {
    if (requirements.group(g).is_unsettled && scope[requirements.group(g).owner] != 0) return true;
  }
  return false;
}

}  // namespace chokepoint
