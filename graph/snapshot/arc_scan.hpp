#pragma once

#include "chokepoint/snapshot/arc_graph.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint {

/// Walks the arcs of a graph vertex by vertex, as `ArcGraph::out` does, but reads two columns alone where the gate of
/// an edge tells enough, and tells of the arcs that the view hides. Keeps in view how much of a mapped file it touched.
class ArcScan {
 public:
  /// @param graph  must outlive it
  explicit ArcScan(const ArcGraph& graph);

  /// Calls `arrive(target)` for each arc that leaves `v`, and `hidden(edge, fate)` for each that would if the view
  /// did not hide it. @throws DamagedSnapshot
  template <typename Arrive, typename Hidden>
  void out(Vertex v, Arrive arrive, Hidden hidden) {
    if ((graph_->all_rules_ & ArcGraph::leaves_from) != 0) {
      const auto [first, last] = snapshot_->out_edges(v);
      touch(first);
      for (Arc e = first; e < last; ++e) follow(v, e, gate_[e], to_[e], out_actions_, arrive, hidden);
    }
    if ((graph_->all_rules_ & ArcGraph::leaves_to) != 0) {
      const auto in = snapshot_->in_edges(v);
      const std::size_t first = static_cast<std::size_t>(in.data() - in_arc_);
      touch(static_cast<Arc>(first));
      for (std::size_t i = 0; i < in.size(); ++i)
        follow(v, in[i], in_gate_[first + i], in_from_[first + i], in_actions_, arrive, hidden);
    }
  }
  /// Calls `arrive(target)` for each arc that leaves `v` and passes over those that the view hides: for kernels that
  /// walk a whole graph. On a view that is not local an edge whose gate does not tell costs one bit.
  /// @throws DamagedSnapshot
  template <typename Arrive>
  void targets(Vertex v, Arrive arrive) const {
    if ((graph_->all_rules_ & ArcGraph::leaves_from) != 0) {
      const auto [first, last] = snapshot_->out_edges(v);
      for (Arc e = first; e < last; ++e)
        if (counts(e, out_quick_[gate_[e]], ArcGraph::leaves_from)) come_to(v, to_[e], arrive);
    }
    if ((graph_->all_rules_ & ArcGraph::leaves_to) != 0) {
      const auto in = snapshot_->in_edges(v);
      const std::size_t first = static_cast<std::size_t>(in.data() - in_arc_);
      for (std::size_t i = 0; i < in.size(); ++i)
        if (counts(in[i], in_quick_[in_gate_[first + i]], ArcGraph::leaves_to)) come_to(v, in_from_[first + i], arrive);
    }
  }
  /// Asks for the memory that `out(v)` will read.
  void prefetch(Vertex v) const {
    if ((graph_->all_rules_ & ArcGraph::leaves_from) != 0) {
      const std::size_t first = out_offset_[v];
      __builtin_prefetch(to_ + first);
      __builtin_prefetch(gate_ + first);
    }
    if ((graph_->all_rules_ & ArcGraph::leaves_to) != 0) {
      const std::size_t first = in_offset_[v];
      __builtin_prefetch(in_from_ + first);
      __builtin_prefetch(in_gate_ + first);
    }
  }
  /// Whether an arc was walked that is listed but never needed.
  [[nodiscard]] bool met_soft() const { return met_soft_; }
  /// Lets go of a mapped file's pages whenever about `bytes` of it were touched.
  void keep_memory_below(std::size_t bytes);

 private:
  enum Action : std::uint8_t { skip, pass, pass_soft, closed, ask };
  enum Quick : std::uint8_t { quick_no = 0, quick_yes = 1, quick_bit = 2, quick_ask = 4 };
  using Actions = std::array<std::uint8_t, 256>;

  [[nodiscard]] Actions actions(std::uint8_t wanted) const;
  [[nodiscard]] Actions quick(const Actions& table, std::uint8_t wanted) const;
  /// Without a branch between what the gate tells and what the view's bit tells: which it is, no processor can guess.
  [[nodiscard]] bool counts(Arc e, std::uint8_t quick, std::uint8_t wanted) const {
    if (quick == quick_ask) [[unlikely]]
      return graph_->admits(e, wanted);
    if (e >= graph_->edge_count_) damaged();
    if (is_local_) return quick == quick_yes;
    const unsigned bit = graph_->view_->has_edge(e) ? 1U : 0U;
    return ((quick | (quick >> 1U & bit)) & 1U) != 0;
  }
  template <typename Arrive>
  void come_to(Vertex v, Vertex other, Arrive& arrive) const {
    if (other >= graph_->vertex_count_) damaged();
    if (other != v) arrive(other);
  }
  [[nodiscard]] bool is_soft(std::uint16_t type, Arc e) const;
  void touch(Arc place) {
    if (!windows_.empty()) count_window(place);
  }
  void count_window(Arc place);
  [[noreturn]] static void damaged() { ArcGraph::damaged(); }

  template <typename Arrive, typename Hidden>
  void follow(Vertex v, Arc e, std::uint8_t gate, Vertex other, const Actions& actions, Arrive& arrive,
              Hidden& hidden) {
    const std::uint8_t action = actions[gate];
    if (action == skip) return;
    if (action == closed) return hidden(e, Fate::other_day);
    if (action == ask) {
      const std::uint8_t wanted = &actions == &out_actions_ ? ArcGraph::leaves_from : ArcGraph::leaves_to;
      const auto fate = look(e, wanted);
      if (!fate) return;
      if (*fate != Fate::counts) return hidden(e, *fate);
    }
    if (other >= graph_->vertex_count_) damaged();
    if (other == v) return;
    if (action == pass_soft) met_soft_ = true;
    arrive(other);
  }
  /// @return nothing where the edge is no arc of the graph, whatever the view says
  std::optional<Fate> look(Arc e, std::uint8_t wanted);

  const ArcGraph* graph_;
  const Snapshot* snapshot_;
  const Vertex* to_;
  const Vertex* in_from_;
  const Arc* in_arc_;
  const std::uint8_t* gate_;
  const std::uint8_t* in_gate_;
  Column<std::uint32_t> out_offset_, in_offset_;
  Actions out_actions_, in_actions_;
  Actions out_quick_, in_quick_;  ///< Quick by gate byte, for `targets`
  bool is_local_;
  std::vector<std::uint8_t> soft_types_;  ///< 0 hard, 1 soft, 2 soft without an item, 3 soft when released
  bool met_soft_ = false;
  std::vector<bool> windows_;  ///< parts of the file that were touched since its pages were let go
  std::size_t touched_ = 0;
  std::size_t limit_ = 0;
};

}  // namespace chokepoint
