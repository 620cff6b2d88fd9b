#pragma once

#include "algorithms/tiers.hpp"
#include "snapshot/arc_scan.hpp"

#include <algorithm>
#include <functional>

namespace chokepoint::detail {

/// Counts an edge that a view hides.
void note_hidden(ViewCoverage& hidden, Arc e, Fate fate);

/// Which vertices end a walk from given starts, and where it is handed on from there.
class EndOfWalk {
 public:
  /// @param end  must outlive it
  /// @note O(arcs of `end.inside` that lead to what the starts come with)
  EndOfWalk(const WalkEnd& end, std::span<const Vertex> starts);

  [[nodiscard]] bool is_at(Vertex v) const { return is_of_layer(v) && !std::ranges::binary_search(inside_, v); }
  /// Calls `visit(step)` for the arcs along which a walk that has ended at `v` is handed on.
  template <class Visit>
  void hand_on(Vertex v, const Visit& visit) const {
    if (end_->is_backward) return;
    for (const ArcStep step : end_->inside.out(v))
      if (is_of_layer(step.target)) visit(step);
  }
  /// The same of what a search comes to, by a scan of `end.inside`; `hidden(edge, fate)` as ArcScan tells it.
  template <class Visit, class Hidden>
  void hand_on(Vertex v, ArcScan& scan, const Visit& visit, const Hidden& hidden) const {
    if (end_->is_backward) return;
    const auto arrive = [&](Vertex target) {
      if (is_of_layer(target)) visit(target);
    };
    scan.out(v, arrive, hidden);
  }

 private:
  [[nodiscard]] bool is_of_layer(Vertex v) const { return end_->inside.view().snapshot().layer(v) == end_->layer; }

  const WalkEnd* end_;
  std::vector<Vertex> inside_;  ///< what lies in the starts, walked through as these are; sorted
};

/// `find_tiers` that ends early.
/// @param is_bounded  keeps the pages of a mapped file in memory small
/// @param enough      told every tier that was found, starts first; the search ends when it says so
Tiers search_tiers(const ArcGraph& graph, std::span<const Vertex> starts, std::optional<std::uint32_t> depth,
                   bool is_bounded, const WalkEnd* end, const std::function<bool(std::span<const Vertex>)>& enough);

}  // namespace chokepoint::detail
