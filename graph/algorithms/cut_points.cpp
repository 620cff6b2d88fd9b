// Question: which single vertex or edge holds an undirected graph together?
// Method: one depth-first walk that notes the earliest vertex each subtree has an edge to (Hopcroft, Tarjan), without
// recursion. The neighbours of a vertex are looked at all at
// once when it is entered, so that the processor fetches their numbers side by side. Edges back to the tree parent are
// passed over, and parallel ones with them; a tree edge that nothing goes around is therefore a bridge when it has no
// parallel. Boost's biconnected_components, three times slower here, is the witness of the test.
#include "chokepoint/algorithms/components.hpp"
#include "algorithms/arc_copy.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <optional>
#include <utility>

namespace chokepoint {

namespace {

class CutPointSearch {
 public:
  explicit CutPointSearch(const ArcGraph& graph)
      : graph_(graph), arcs_(graph), number_(graph.vertex_count(), 0), is_point_(graph.vertex_count(), 0) {}

  CutPoints run() {
    for (Vertex v = 0; v < graph_.vertex_count(); ++v) {
      if (number_[v] == 0) walk_from(v);
    }
    for (Vertex v = 0; v < graph_.vertex_count(); ++v) {
      if (is_point_[v] != 0) found_.articulation_points.push_back(v);
    }
    std::sort(found_.bridges.begin(), found_.bridges.end());
    return std::move(found_);
  }

 private:
  struct Frame {
    Vertex vertex;
    std::uint32_t earliest;  ///< number of the earliest vertex that the subtree so far has an edge to
    std::size_t waiting_begin;
  };

  void walk_from(Vertex root) {
    std::uint32_t root_children = 0;
    enter(root, no_vertex);
    while (!frames_.empty()) {
      Frame& top = frames_.back();
      if (waiting_.size() > top.waiting_begin) {
        const Vertex w = waiting_.back();
        waiting_.pop_back();
        // Seen since: below here, which tells nothing new.
        if (number_[w] == 0) enter(w, top.vertex);
        continue;
      }
      const Frame done = top;
      frames_.pop_back();
      if (frames_.empty()) break;
      leave(done, frames_.back());
      if (frames_.size() == 1) ++root_children;
    }
    is_point_[root] = root_children > 1 ? 1 : 0;
  }

  void enter(Vertex v, Vertex parent) {
    const std::uint32_t own = ++last_number_;
    number_[v] = own;
    std::uint32_t earliest = own;
    const std::size_t waiting_begin = waiting_.size();
    for (const Vertex w : arcs_.targets(v)) {
      const std::uint32_t known = number_[w];
      if (known == 0) {
        waiting_.push_back(w);
      } else if (known < earliest && w != parent) {
        earliest = known;
      }
    }
    frames_.push_back({v, earliest, waiting_begin});
  }

  void leave(const Frame& child, Frame& parent) {
    const std::uint32_t parent_number = number_[parent.vertex];
    parent.earliest = std::min(parent.earliest, child.earliest);
    if (child.earliest < parent_number) return;
    // Nothing below leads past the parent: it closes a biconnected component.
    ++found_.biconnected_components;
    is_point_[parent.vertex] = 1;
    if (child.earliest != number_[child.vertex]) return;
    if (const auto edge = only_edge(child.vertex, parent.vertex)) found_.bridges.push_back(*edge);
  }

  /// The edge between `v` and `other` if there is but one. Asked at most once for each `v`, so that all the questions
  /// together cost no more than the graph.
  [[nodiscard]] std::optional<Arc> only_edge(Vertex v, Vertex other) const {
    std::optional<Arc> edge;
    for (const ArcStep step : graph_.out(v)) {
      if (step.target != other) continue;
      if (edge) return std::nullopt;
      edge = step.arc;
    }
    return edge;
  }

  const ArcGraph& graph_;
  detail::ArcCopy arcs_;
  std::vector<std::uint32_t> number_;  ///< in order of discovery, from 1; 0: not seen
  std::vector<std::uint8_t> is_point_;
  std::vector<Frame> frames_;
  std::vector<Vertex> waiting_;
  std::uint32_t last_number_ = 0;
  CutPoints found_;
};

}  // namespace

CutPoints find_cut_points(const ArcGraph& graph) {
  assert(graph.is_undirected());
  return CutPointSearch(graph).run();
}

}  // namespace chokepoint
