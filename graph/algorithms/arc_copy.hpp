#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"
#include "snapshot/arc_scan.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// The arcs that count, side by side: for depth-first walks over a whole graph, which come to the vertices in no order.
/// They touch two places a vertex here, seven in the columns; the copy is written in one run through them, and pays
/// from the first walk on. Vertices keep their numbers; parallel arcs stay.
class ArcCopy {
 public:
  /// O(n + m) time; 8 bytes a vertex and 4 an arc (of an undirected graph 8)
  explicit ArcCopy(const ArcGraph& graph) {
    const ArcScan scan(graph);
    offset_.reserve(graph.vertex_count() + std::size_t{1});
    target_.reserve(graph.is_undirected() ? std::size_t{2} * graph.view().snapshot().edge_count()
                                          : graph.view().snapshot().edge_count());
    offset_.push_back(0);
    for (Vertex v = 0; v < graph.vertex_count(); ++v) {
      scan.targets(v, [&](Vertex w) { target_.push_back(w); });
      offset_.push_back(target_.size());
    }
  }

  /// Where the arcs of `v` lead, in the order of `ArcGraph::out`.
  [[nodiscard]] std::span<const Vertex> targets(Vertex v) const {
    return std::span(target_).subspan(offset_[v], offset_[v + std::size_t{1}] - offset_[v]);
  }

 private:
  std::vector<std::size_t> offset_;  ///< [vertex_count + 1] into target_
  std::vector<Vertex> target_;
};

}  // namespace chokepoint::detail
