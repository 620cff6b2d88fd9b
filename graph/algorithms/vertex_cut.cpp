// Question: which fewest vertices separate two others?
// Method: as many vertex-disjoint ways as possible, by Dinic's phases. Every vertex v is split in thought into an
// entrance and an exit joined by an arc of capacity one; arcs of the graph run from exits to entrances without limit.
// The flow is kept as the predecessor and successor of each vertex that a way uses, so the residual network is read
// off the graph itself. In a network of unit vertices every split vertex passes one unit, so a phase visits each once
// and O(√n) phases suffice. The cut is where the last search entered a vertex and could not leave it. All this goes on
// in a copy of what lies between the two, numbered as a search from the start meets it: every phase walks through it
// again, and most of a large graph leads elsewhere.
#include "chokepoint/algorithms/vertex_cut.hpp"

#include "algorithms/vertex_set.hpp"
#include "snapshot/arc_scan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace chokepoint {

namespace {

/// How far ahead in the queue memory is asked for.
constexpr std::size_t prefetched_ahead = 12;
constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

/// The vertices on walks from one vertex to another, which come first and last, and the arcs between them.
struct Between {
  std::vector<Vertex> vertices;     ///< number in the graph; empty when there is no walk
  std::vector<std::size_t> offset;  ///< [vertices + 1] into targets
  std::vector<Vertex> targets;      ///< places in `vertices`

  Between(const ArcGraph& graph, Vertex from, Vertex to) {
    detail::VertexSet ahead_of(graph.vertex_count());
    const ArcScan leaving(graph);
    const std::vector<Vertex> reached = search(leaving, from, to, [&](Vertex v) { return ahead_of.insert(v); });
    if (!ahead_of.has(to)) return;
    detail::VertexSet both(graph.vertex_count());
    const ArcGraph turned = graph.reversed();
    search(ArcScan(turned), to, from, [&](Vertex v) { return ahead_of.has(v) && both.insert(v); });
    std::vector<Vertex> place(graph.vertex_count(), no_vertex);
    for (const Vertex v : reached)
      if (both.has(v) && v != to) vertices.push_back(v);
    vertices.push_back(to);
    for (Vertex i = 0; i < vertices.size(); ++i) place[vertices[i]] = i;
    offset.push_back(0);
    for (const Vertex v : vertices) {
      if (v != to) {
        leaving.targets(v, [&](Vertex w) {
          if (place[w] != no_vertex) targets.push_back(place[w]);
        });
      }
      offset.push_back(targets.size());
    }
  }
  [[nodiscard]] std::span<const Vertex> out(Vertex v) const {
    return std::span(targets).subspan(offset[v], offset[v + std::size_t{1}] - offset[v]);
  }
  [[nodiscard]] Vertex size() const { return static_cast<Vertex>(vertices.size()); }

 private:
  /// Breadth first from `start`, never on from `end`. @param come_to  whether the vertex is new and wanted
  template <class ComeTo>
  static std::vector<Vertex> search(const ArcScan& scan, Vertex start, Vertex end, const ComeTo& come_to) {
    std::vector<Vertex> queue;
    const auto visit = [&](Vertex v) {
      if (come_to(v)) queue.push_back(v);
    };
    visit(start);
    for (std::size_t next = 0; next < queue.size(); ++next) {
      if (next + prefetched_ahead < queue.size()) scan.prefetch(queue[next + prefetched_ahead]);
      if (queue[next] != end) scan.targets(queue[next], visit);
    }
    return queue;
  }
};

class VertexFlow {
 public:
  /// @pre there is a walk
  explicit VertexFlow(const Between& graph)
      : graph_(graph),
        from_(0),
        to_(graph.size() - 1),
        before_(graph.size(), no_vertex),
        entrance_level_(graph.size()),
        exit_level_(graph.size()) {}

  std::vector<Vertex> cut() {
    while (find_levels()) block();
    std::vector<Vertex> members;
    for (Vertex v = 0; v < graph_.size(); ++v) {
      if (v != from_ && entrance_level_[v] != unseen && exit_level_[v] == unseen) members.push_back(graph_.vertices[v]);
    }
    std::sort(members.begin(), members.end());
    return members;
  }

 private:
  /// One side of a split vertex.
  struct Side {
    Vertex vertex;
    bool is_exit;
  };

  [[nodiscard]] bool is_used(Vertex v) const { return before_[v] != no_vertex; }
  std::uint32_t& level(Side side) { return side.is_exit ? exit_level_[side.vertex] : entrance_level_[side.vertex]; }
  /// The one way on from an entrance: through an unused vertex, or back along the flow of a used one.
  [[nodiscard]] Side from_entrance(Vertex v) const { return is_used(v) ? Side{before_[v], true} : Side{v, true}; }

  /// Breadth-first levels of the residual network up to the target. @return whether it was reached
  bool find_levels() {
    entrance_level_.assign(entrance_level_.size(), unseen);
    exit_level_.assign(exit_level_.size(), unseen);
    queue_.assign(1, Side{from_, true});
    exit_level_[from_] = 0;
    for (std::size_t next = 0; next < queue_.size(); ++next) {
      const Side side = queue_[next];
      const std::uint32_t below = level(side) + 1;
      const auto come_to = [&](Side to) {
        if (level(to) != unseen) return;
        level(to) = below;
        queue_.push_back(to);
      };
      if (!side.is_exit) {
        come_to(from_entrance(side.vertex));
        continue;
      }
      if (is_used(side.vertex)) come_to({side.vertex, false});
      for (const Vertex target : graph_.out(side.vertex)) {
        if (target == to_) return true;
        if (target != from_) come_to({target, false});
      }
    }
    return false;
  }

  struct Frame {
    Side side;
    std::span<const Vertex> rest;  ///< of an exit: targets not yet tried
    bool is_turned_back;           ///< whether the way inside the vertex was tried
  };

  /// Adds ways along the levels until none is left. A side that was tried loses its level.
  void block() {
    const std::uint32_t first_level = exit_level_[from_];
    for (const Vertex start : graph_.out(from_)) {
      if (start != from_ && entrance_level_[start] == first_level + 1) try_way(start);
    }
  }

  void push(Side side) {
    stack_.push_back({side, side.is_exit ? graph_.out(side.vertex) : std::span<const Vertex>(), false});
    level_of_.push_back(level(side));
    level(side) = unseen - 1;  // tried: no level follows it, and it is not unseen either
  }

  /// Depth first from the entrance of `start`; applies the first way that comes to the target.
  void try_way(Vertex start) {
    stack_.clear();
    level_of_.clear();
    push({start, false});
    while (!stack_.empty()) {
      if (is_at_target_) {
        apply();
        return;
      }
      const Side next = step_on();
      if (is_at_target_) continue;
      if (next.vertex == no_vertex) {
        stack_.pop_back();
        level_of_.pop_back();
      } else {
        push(next);
      }
    }
  }

  /// The next untried side one level down; `no_vertex` when there is none. Notes when the target is next.
  Side step_on() {
    Frame& top = stack_.back();
    const std::uint32_t below = level_of_.back() + 1;
    const Vertex v = top.side.vertex;
    if (!top.side.is_exit) {
      if (top.is_turned_back) return {no_vertex, false};
      top.is_turned_back = true;
      const Side next = from_entrance(v);
      return level(next) == below ? next : Side{no_vertex, false};
    }
    if (is_used(v) && !top.is_turned_back) {
      top.is_turned_back = true;
      if (entrance_level_[v] == below) return {v, false};
    }
    while (!top.rest.empty()) {
      const Vertex w = top.rest.front();
      top.rest = top.rest.subspan(1);
      if (w == to_) {
        is_at_target_ = true;
        return {no_vertex, false};
      }
      if (w != from_ && entrance_level_[w] == below) return {w, false};
    }
    return {no_vertex, false};
  }

  /// Turns the way on the stack into flow: entering a vertex from an exit sets its predecessor; going back from a
  /// vertex's exit to its entrance takes it off the way it was on.
  void apply() {
    is_at_target_ = false;
    Vertex last_exit = from_;
    for (std::size_t i = 0; i < stack_.size(); ++i) {
      const Side side = stack_[i].side;
      const bool is_cancelled = !side.is_exit && i > 0 && stack_[i - 1].side.vertex == side.vertex;
      if (side.is_exit) {
        last_exit = side.vertex;
      } else {
        // Its old predecessor, if any, is where the way goes on: that one has been read into the stack already.
        before_[side.vertex] = is_cancelled ? no_vertex : last_exit;
      }
    }
  }

  const Between& graph_;
  Vertex from_, to_;
  std::vector<Vertex> before_;  ///< predecessor on the way that uses a vertex; `no_vertex`: unused
  std::vector<std::uint32_t> entrance_level_, exit_level_;
  std::vector<Side> queue_;
  std::vector<Frame> stack_;
  std::vector<std::uint32_t> level_of_;  ///< levels of the sides on the stack
  bool is_at_target_ = false;
};

}  // namespace

std::optional<std::vector<Vertex>> find_vertex_cut(const ArcGraph& graph, Vertex from, Vertex to) {
  if (from == to) return std::nullopt;
  for (const ArcStep step : graph.out(from)) {
    if (step.target == to) return std::nullopt;
  }
  const Between between(graph, from, to);
  if (between.vertices.empty()) return std::vector<Vertex>();
  return VertexFlow(between).cut();
}

}  // namespace chokepoint
