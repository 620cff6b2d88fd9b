#include "present/documents/page_scope.hpp"

#include <utility>

namespace chokepoint::detail {

namespace {

class ScopeFinder {
 public:
  ScopeFinder(const Snapshot& snapshot, const std::vector<std::uint8_t>& shown) : snapshot_(snapshot) {
    scope_.nodes = shown;
  }

  PageScope find() {
    add_deliveries();
    // Families of things: what one needs another may.
    while (spread(
        scope_.nodes, [&](Arc e) { return is_family(e); }, true)) {
    }
    scope_.deciding_nodes = scope_.nodes;
    for (Arc e = 0; e < snapshot_.edge_count(); ++e)
      if (snapshot_.type_of_edge(e).dependency && touches(e, scope_.nodes)) add_ends(e);
    for (Vertex v = 0; v < snapshot_.vertex_count(); ++v)
      if (snapshot_.layer(v) == Layer::place) scope_.deciding_nodes[v] = 1;
    while (spread(
        scope_.deciding_nodes, [&](Arc e) { return is_lying(e); }, false)) {
    }
    scope_.deciding_arcs.assign(snapshot_.edge_count(), 0);
    for (Arc e = 0; e < snapshot_.edge_count(); ++e) scope_.deciding_arcs[e] = decides(e) ? 1 : 0;
    return std::move(scope_);
  }

 private:
  [[nodiscard]] Vertex from(Arc e) const { return snapshot_.columns().from[e]; }
  [[nodiscard]] Vertex to(Arc e) const { return snapshot_.columns().to[e]; }
  [[nodiscard]] Role role(Arc e) const { return snapshot_.type_of_edge(e).role; }
  [[nodiscard]] bool is_family(Arc e) const { return role(e) == Role::variant || role(e) == Role::step; }
  [[nodiscard]] bool is_lying(Arc e) const { return role(e) == Role::seat || role(e) == Role::part; }
  [[nodiscard]] bool is_delivery(Arc e) const {
    return snapshot_.type_of_edge(e).dependency && snapshot_.columns().item[e] != no_vertex;
  }
  [[nodiscard]] bool touches(Arc e, const std::vector<std::uint8_t>& marks) const {
    return marks[from(e)] != 0 || marks[to(e)] != 0;
  }
  void add_ends(Arc e) { scope_.deciding_nodes[from(e)] = scope_.deciding_nodes[to(e)] = 1; }

  /// What is delivered to a shown node, or by one.
  void add_deliveries() {
    std::vector<Vertex> items;
    for (Arc e = 0; e < snapshot_.edge_count(); ++e)
      if (is_delivery(e) && touches(e, scope_.nodes)) items.push_back(snapshot_.columns().item[e]);
    for (const Vertex item : items) scope_.nodes[item] = 1;
  }

  /// Marks the other ends of some edges. @return whether any was new
  template <class IsWanted>
  bool spread(std::vector<std::uint8_t>& marks, const IsWanted& is_wanted, bool both_ways) {
    bool has_new = false;
    for (Arc e = 0; e < snapshot_.edge_count(); ++e) {
      if (!is_wanted(e)) continue;
      if (marks[from(e)] != 0) has_new |= std::exchange(marks[to(e)], std::uint8_t{1}) == 0;
      if (both_ways && marks[to(e)] != 0) has_new |= std::exchange(marks[from(e)], std::uint8_t{1}) == 0;
    }
    return has_new;
  }

  [[nodiscard]] bool decides(Arc e) const {
    if (role(e) == Role::part) return true;
    if (!snapshot_.type_of_edge(e).dependency) return false;
    if (is_family(e) || is_delivery(e)) return true;
    return role(e) == Role::seat ? scope_.deciding_nodes[from(e)] != 0 : touches(e, scope_.nodes);
  }

  const Snapshot& snapshot_;
  PageScope scope_;
};

}  // namespace

PageScope page_scope(const Snapshot& snapshot, const std::vector<std::uint8_t>& shown) {
  return ScopeFinder(snapshot, shown).find();
}

}  // namespace chokepoint::detail
