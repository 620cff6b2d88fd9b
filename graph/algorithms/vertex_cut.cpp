// Question: which fewest vertices separate two others?
// Method: as many vertex-disjoint ways as possible, by Dinic's phases. Every vertex v is split in thought into an
// entrance and an exit joined by an arc of capacity one; arcs of the graph run from exits to entrances without limit.
// The flow is kept as the predecessor and successor of each vertex that a way uses, so the residual network is read
// off the graph itself. In a network of unit vertices every split vertex passes one unit, so a phase visits each once
// and O(√n) phases suffice. The cut is where the last search entered a vertex and could not leave it.
#include "chokepoint/algorithms/vertex_cut.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>

namespace chokepoint {

namespace {

constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

class VertexFlow {
 public:
  VertexFlow(const ArcGraph& graph, Vertex from, Vertex to)
      : graph_(graph),
        from_(from),
        to_(to),
        before_(graph.vertex_count(), no_vertex),
        entrance_level_(graph.vertex_count()),
        exit_level_(graph.vertex_count()) {}

  std::vector<Vertex> cut() {
    while (find_levels()) block();
    std::vector<Vertex> members;
    for (Vertex v = 0; v < graph_.vertex_count(); ++v) {
      if (v != from_ && entrance_level_[v] != unseen && exit_level_[v] == unseen) members.push_back(v);
    }
    return members;
  }

 private:
  /// One side of a split vertex.
  struct Side {
    Vertex vertex;
    bool is_exit;
  };

  [[nodiscard]] bool is_used(Vertex v) const { return before_[v] != no_vertex; }
  std::uint32_t& level(Side side) {
    return side.is_exit ? exit_level_[side.vertex] : entrance_level_[side.vertex];
  }
  /// The one way on from an entrance: through an unused vertex, or back along the flow of a used one.
  [[nodiscard]] Side from_entrance(Vertex v) const {
    return is_used(v) ? Side{before_[v], true} : Side{v, true};
  }

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
      for (const ArcStep step : graph_.out(side.vertex)) {
        if (step.target == to_) return true;
        if (step.target != from_) come_to({step.target, false});
      }
    }
    return false;
  }

  struct Frame {
    Side side;
    ArcGraph::Range rest;  ///< of an exit: arcs not yet tried
    bool is_turned_back;   ///< whether the way inside the vertex was tried
  };

  /// Adds ways along the levels until none is left. A side that was tried loses its level.
  void block() {
    const std::uint32_t first_level = exit_level_[from_];
    ArcGraph::Range starts = graph_.out(from_);
    for (; !starts.empty(); ++starts.first) {
      const Vertex start = (*starts.first).target;
      if (start != from_ && entrance_level_[start] == first_level + 1) try_way(start);
    }
  }

  void push(Side side) {
    stack_.push_back({side, side.is_exit ? graph_.out(side.vertex) : ArcGraph::Range{}, false});
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
      const Vertex w = (*top.rest.first++).target;
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

  const ArcGraph& graph_;
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
  return VertexFlow(graph, from, to).cut();
}

}  // namespace chokepoint
