// Question: what do these owners control, directly or through others?
// Method: a queue of holders. Whenever a holder joins, its holdings count for what it holds; what reaches the threshold
// joins in the next round. Run twice: with the least shares for what is certain, with the greatest for what may be.
#include "chokepoint/analysis/ownership.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint {

namespace {

constexpr double share_tolerance = 1e-9;
constexpr std::uint32_t not_owned = std::numeric_limits<std::uint32_t>::max();

/// One owner's share of one thing.
struct OwnedShare {
  Vertex owned = no_vertex;
  double low = 0, high = 1;
};

OwnedShare holding_of(const Snapshot& snapshot, Arc e) {
  const SnapshotColumns& columns = snapshot.columns();
  OwnedShare holding{columns.to[e], 0, 1};
  if (std::isnan(columns.share[e])) return holding;
  const double share = snapshot.share(e);
  const Bound bound = static_cast<Bound>(columns.bound[e]);
  if (bound != Bound::at_most) holding.low = share;
  if (bound != Bound::at_least) holding.high = share;
  return holding;
}

bool is_holding(const View& view, Arc e) {
  const SnapshotColumns& columns = view.snapshot().columns();
  return view.snapshot().role(e) == Role::own && view.has_edge(e) && columns.from[e] != columns.to[e];
}

/// Calls `visit(OwnedShare)` for everything that `owner` holds, once each.
template <class Visit>
void for_each_holding(const View& view, Vertex owner, const Visit& visit) {
  const auto [first, last] = view.snapshot().out_edges(owner);
  OwnedShare pending;
  // Rows of one owner in one thing are neighbours; they are the same stake seen several times, not several stakes.
  for (Arc e = first; e < last; ++e) {
    if (!is_holding(view, e)) continue;
    const OwnedShare next = holding_of(view.snapshot(), e);
    if (next.owned == pending.owned) {
      pending.low = std::max(pending.low, next.low);
      pending.high = std::max(pending.high, next.high);
      continue;
    }
    if (pending.owned != no_vertex) visit(pending);
    pending = next;
  }
  if (pending.owned != no_vertex) visit(pending);
}

/// What the owners and those they control hold of each vertex.
struct Held {
  std::vector<double> low, high;
  std::vector<std::uint32_t> tier;  ///< 0 for the owners, `not_owned` for what is not controlled
};

class Reach {
 public:
  Reach(const View& view, std::span<const Vertex> owners, double threshold)
      : view_(view), owners_(owners), threshold_(threshold), all_low_(view.snapshot().vertex_count(), 0) {
    for (Vertex v = 0; v < view.snapshot().vertex_count(); ++v) {
      for_each_holding(view, v, [&](const OwnedShare& holding) { all_low_[holding.owned] += holding.low; });
    }
  }

  /// The greatest share that may be held of `v`: no more than what others are not known to hold.
  [[nodiscard]] double most(const Held& held, Vertex v) const {
    return std::clamp(std::min(held.high[v], 1 - (all_low_[v] - held.low[v])), held.low[v], std::max(1.0, held.low[v]));
  }

  [[nodiscard]] Held run(bool certain) const {
    const Vertex n = view_.snapshot().vertex_count();
    Held held{std::vector<double>(n, 0), std::vector<double>(n, 0), std::vector<std::uint32_t>(n, not_owned)};
    std::vector<Vertex> round;
    for (const Vertex owner : owners_) {
      if (held.tier[owner] == not_owned) round.push_back(owner);
      held.tier[owner] = 0;
    }
    std::vector<Vertex> touched;
    for (std::uint32_t tier = 1; !round.empty(); ++tier) {
      touched.clear();
      for (const Vertex owner : round) {
        for_each_holding(view_, owner, [&](const OwnedShare& holding) {
          held.low[holding.owned] += holding.low;
          held.high[holding.owned] += holding.high;
          touched.push_back(holding.owned);
        });
      }
      round.clear();
      for (const Vertex v : touched) {
        const double share = certain ? held.low[v] : most(held, v);
        if (held.tier[v] != not_owned || share < threshold_ - share_tolerance) continue;
        held.tier[v] = tier;
        round.push_back(v);
      }
    }
    return held;
  }

 private:
  const View& view_;
  std::span<const Vertex> owners_;
  double threshold_;
  std::vector<double> all_low_;  ///< what all owners together are known to hold of each vertex
};

}  // namespace

OwnershipReport find_ownership(const View& view, std::span<const Vertex> owners, const OwnershipOptions& options) {
  const Reach reach(view, owners, options.threshold);
  const Held certain = reach.run(true);
  const Held possible = reach.run(false);
  OwnershipReport report;
  const Snapshot& snapshot = view.snapshot();
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    if (possible.tier[v] == 0 || possible.tier[v] == not_owned) continue;
    const bool is_certain = certain.tier[v] != not_owned;
    report.owned.push_back({v, is_certain ? certain.tier[v] : possible.tier[v], std::min(certain.low[v], 1.0),
                            std::min(reach.most(possible, v), 1.0), is_certain});
  }
  std::sort(report.owned.begin(), report.owned.end(), [](const OwnedVertex& a, const OwnedVertex& b) {
    return a.tier != b.tier ? a.tier < b.tier : a.vertex < b.vertex;
  });
  for (Arc e = 0; e < snapshot.edge_count(); ++e) {
    const Vertex to = snapshot.columns().to[e];
    const bool is_owned = possible.tier[to] != not_owned && possible.tier[to] != 0;
    if (is_owned && possible.tier[snapshot.columns().from[e]] != not_owned && is_holding(view, e)) {
      report.arcs.push_back(e);
    }
  }
  return report;
}

}  // namespace chokepoint
