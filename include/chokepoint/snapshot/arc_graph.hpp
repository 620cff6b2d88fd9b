#pragma once

#include "chokepoint/snapshot/view.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace chokepoint {

/// Which edges of a view are arcs of a graph, and where they point.
struct ArcChoice {
  /// true: edges that say who depends on whom, from the dependent to what it depends on, as the ontology reads their
  /// type; false: edges of every type, from `from` to `to`.
  bool dependencies = true;
  /// Dependencies that are listed but never needed, among them a flow without an item and the maker of a released
  /// thing.
  bool soft = true;
  bool asked = false;                          ///< dependencies that count only when asked for
  std::vector<std::uint16_t> edge_types = {};  ///< empty: every type
};

/// Which way the arcs of a choice are walked.
enum class Walk : std::uint8_t {
  forward,   ///< as the choice says
  backward,  ///< against it: dependents instead of dependencies
  either,    ///< as an undirected graph: each arc leaves both of its ends
};

/// An edge as it is walked. One edge, walked either way, is equal to itself.
struct ArcStep {
  Arc arc = no_arc;
  Vertex source = no_vertex;
  Vertex target = no_vertex;
  friend bool operator==(const ArcStep& a, const ArcStep& b) { return a.arc == b.arc; }
};

/// A graph over the vertices and some edges of a view, without a copy: walking it filters the snapshot's columns.
/// Vertices that the view hides are isolated; an edge from a node to itself is no arc. Cheap to make and to copy.
/// @note the view must outlive it
class ArcGraph {
 public:
  explicit ArcGraph(const View& view, const ArcChoice& choice = {}, Walk walk = Walk::forward);

  [[nodiscard]] const View& view() const { return *view_; }
  [[nodiscard]] Vertex vertex_count() const { return vertex_count_; }
  [[nodiscard]] bool is_undirected() const { return is_undirected_; }
  /// The same arcs walked the other way; an undirected graph is its own reverse.
  [[nodiscard]] ArcGraph reversed() const;

  /// Whether the edge is an arc of this graph.
  [[nodiscard]] bool has_arc(Arc e) const { return admits(e, leaves_from | leaves_to); }
  /// The arc in its one direction; an undirected one from `from` to `to`. @pre has_arc(e)
  [[nodiscard]] ArcStep step(Arc e) const {
    const bool is_turned = !is_undirected_ && !(rules_[type_[e]] & leaves_from);
    return is_turned ? ArcStep{e, to_[e], from_[e]} : ArcStep{e, from_[e], to_[e]};
  }

  /// Walks the arcs at one vertex: first those stored there, then those stored at their other end.
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = ArcStep;
    using difference_type = std::ptrdiff_t;
    using pointer = const ArcStep*;
    using reference = ArcStep;

    Iterator() = default;
    ArcStep operator*() const {
      const ArcGraph& g = *graph_;
      const bool is_out = out_next_ != out_last_;
      const Arc e = is_out ? out_next_ : *in_next_;
      const Vertex other = is_out ? g.to_[e] : g.from_[e];
      return is_arriving_ ? ArcStep{e, other, vertex_} : ArcStep{e, vertex_, other};
    }
    Iterator& operator++() {
      if (out_next_ != out_last_) {
        ++out_next_;
      } else {
        ++in_next_;
      }
      skip();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return a.out_next_ == b.out_next_ && a.in_next_ == b.in_next_;
    }

   private:
    friend class ArcGraph;
    void skip() {
      const ArcGraph& g = *graph_;
      const std::uint8_t out_rule = is_arriving_ ? leaves_to : leaves_from;
      while (out_next_ != out_last_ && !g.admits(out_next_, out_rule)) ++out_next_;
      if (out_next_ != out_last_) return;
      const std::uint8_t in_rule = is_arriving_ ? leaves_from : leaves_to;
      while (in_next_ != in_last_ && !g.admits(*in_next_, in_rule)) ++in_next_;
    }

    const ArcGraph* graph_ = nullptr;
    const Arc* in_next_ = nullptr;
    const Arc* in_last_ = nullptr;
    Arc out_next_ = 0;
    Arc out_last_ = 0;
    Vertex vertex_ = no_vertex;
    bool is_arriving_ = false;
  };

  struct Range {
    Iterator first, last;
    [[nodiscard]] Iterator begin() const { return first; }
    [[nodiscard]] Iterator end() const { return last; }
    [[nodiscard]] bool empty() const { return first == last; }
  };
  /// Arcs that leave `v`, each with `source == v`; of an undirected graph all at `v`.
  [[nodiscard]] Range out(Vertex v) const& { return range(v, false); }
  /// Arcs that arrive at `v`, each with `target == v`; of an undirected graph all at `v`.
  [[nodiscard]] Range in(Vertex v) const& { return range(v, true); }
  Range out(Vertex v) && = delete;  ///< a range points into its graph
  Range in(Vertex v) && = delete;

 private:
  static constexpr std::uint8_t leaves_from = 1;  ///< an arc from the edge's `from` to its `to`
  static constexpr std::uint8_t leaves_to = 2;
  static constexpr std::uint8_t needs_item = 4;       ///< only edges with an item
  static constexpr std::uint8_t unreleased_from = 8;  ///< only edges whose `from` is not released
  static constexpr std::uint8_t unreleased_to = 16;
  static constexpr std::uint8_t is_particular = needs_item | unreleased_from | unreleased_to;

  /// @throws DamagedSnapshot when a mapped file names an edge, node or type that is not there
  [[nodiscard]] bool admits(Arc e, std::uint8_t wanted) const {
    if (e >= edge_count_ || type_[e] >= rules_.size()) damaged();
    const std::uint8_t rule = rules_[type_[e]];
    if ((rule & wanted) == 0 || !view_->has_edge(e)) return false;
    if (from_[e] >= vertex_count_ || to_[e] >= vertex_count_) damaged();
    return from_[e] != to_[e] && ((rule & is_particular) == 0 || is_needed(e, rule));
  }
  /// Whether an edge of a type that is not always needed is.
  [[nodiscard]] bool is_needed(Arc e, std::uint8_t rule) const {
    return (!(rule & needs_item) || item_[e] != no_vertex) && (!(rule & unreleased_from) || released_[from_[e]] == 0) &&
           (!(rule & unreleased_to) || released_[to_[e]] == 0);
  }
  [[noreturn]] static void damaged();
  [[nodiscard]] Range range(Vertex v, bool is_arriving) const;

  friend class ArcScan;

  const View* view_;
  Vertex vertex_count_;
  Arc edge_count_;
  bool is_undirected_;
  const std::uint16_t* type_;
  const Vertex* from_;
  const Vertex* to_;
  Column<Vertex> item_;
  Column<std::uint8_t> released_;
  std::vector<std::uint8_t> rules_;  ///< per edge type, bits as above
  std::uint8_t all_rules_ = 0;       ///< the bits of all types together
};

}  // namespace chokepoint
