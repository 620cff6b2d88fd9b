#pragma once

#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint {

/// What changed of a graph since a snapshot of it was made.
struct SnapshotDelta {
  /// What was touched, as it is now: of edges always all that go from one node to another and are of one type, of a
  /// node all its edges. With every node that these edges name, touched or not.
  std::shared_ptr<const Snapshot> rows;
  /// Edges of the earlier snapshot that are no longer, or are among `rows`: ranges [first, last), sorted.
  std::vector<std::pair<Arc, Arc>> old_edges;
  /// Nodes of it that are no longer, or were touched and are among `rows`; sorted.
  std::vector<Vertex> old_nodes;
};

/// Marks edge types by their roles. @param suits  called with each Role
/// @return [edge types] 1: it suits
template <class Suits>
std::vector<std::uint8_t> edge_types_where(const Ontology& ontology, const Suits& suits) {
  std::vector<std::uint8_t> marks;
  for (const EdgeType& type : ontology.edge_types()) marks.push_back(suits(type.role) ? 1 : 0);
  return marks;
}
inline std::vector<std::uint8_t> edge_types_of(const Ontology& ontology, Role role) {
  return edge_types_where(ontology, [&](Role each) { return each == role; });
}

/// Which edges a part takes at a node that they begin or end at, by type.
struct EdgeChoice {
  std::vector<std::uint8_t> at_begin, at_end;  ///< [edge types] 1: taken
};

/// Nodes of a part, with the edges that are taken at each of them.
struct PartPiece {
  std::vector<Vertex> nodes;  ///< sorted, each once; numbered as in the whole
  EdgeChoice choice;
};

/// Edges of a graph that changed since its snapshot was made.
struct DeltaArcs {
  std::vector<Arc> of_base, of_rows;
};

/// A graph as a snapshot of an earlier state and what changed since. Nodes have numbers of their own here: those of the
/// base, and behind them those that only the delta has. Whatever is asked of a part of the graph is asked of a snapshot
/// of that part.
class DeltaSnapshot {
 public:
  /// @pre both are of one ontology and settled for one span
  DeltaSnapshot(std::shared_ptr<const Snapshot> base, SnapshotDelta delta);

  [[nodiscard]] const std::shared_ptr<const Snapshot>& base() const { return base_; }
  [[nodiscard]] const Snapshot& rows() const { return *delta_.rows; }
  [[nodiscard]] const std::shared_ptr<const Snapshot>& shared_rows() const { return delta_.rows; }
  /// How many there are now. O(changes)
  [[nodiscard]] std::uint64_t edge_count() const;

  /// A node by its exact id. O(log n)
  [[nodiscard]] std::optional<Vertex> find(std::string_view id) const;
  /// A node of the delta's rows.
  [[nodiscard]] Vertex number_of_row(Vertex row) const { return numbers_[row]; }
  /// How many numbers nodes have; some of them may be of nodes that are no longer.
  [[nodiscard]] Vertex number_count() const {
    return base_->vertex_count() + static_cast<Vertex>(only_in_rows_.size());
  }
  /// The id and the layer of a node that is there.
  [[nodiscard]] std::string_view id(Vertex v) const;
  [[nodiscard]] Layer layer(Vertex v) const;
  /// Calls `visit(snapshot, arc, type, other end)` for every edge of some types that leaves `v`, the other end numbered
  /// as here. @param types  [edge types] 1: wanted
  /// @throws DamagedSnapshot where the base, if nobody verified it, names what is not there
  template <class Visit>
  void for_each_out(Vertex v, const std::vector<std::uint8_t>& types, const Visit& visit) const {
    if (is_of_base(v)) {
      const SnapshotColumns& columns = base_->columns();
      const auto [first, last] = base_->out_edges(v);
      for (Arc e = first; e < last; ++e) {
        const std::uint16_t type = type_of(columns.gate[e], e);
        if (types[type] != 0 && !is_old(e)) visit(*base_, e, type, checked(columns.to[e]));
      }
    }
    const auto row = row_of_.find(v);
    if (row == row_of_.end()) return;
    const SnapshotColumns& columns = rows().columns();
    const auto [first, last] = rows().out_edges(row->second);
    for (Arc e = first; e < last; ++e)
      if (types[columns.edge_type[e]] != 0) visit(rows(), e, columns.edge_type[e], numbers_[columns.to[e]]);
  }
  /// The same for every edge that ends at `v`.
  template <class Visit>
  void for_each_in(Vertex v, const std::vector<std::uint8_t>& types, const Visit& visit) const {
    if (is_of_base(v)) {
      const SnapshotColumns& columns = base_->columns();
      const auto in = base_->in_edges(v);
      const std::size_t first = columns.in_offset[v];
      for (std::size_t i = 0; i < in.size(); ++i) {
        const std::uint8_t gate = columns.in_gate[first + i];
        if ((gate & gate_type_mask) < types.size() && (gate & gate_type_mask) != gate_type_mask &&
            types[gate & gate_type_mask] == 0)
          continue;
        if (in[i] >= base_->edge_count()) throw DamagedSnapshot("names an edge that is not there");
        const std::uint16_t type = type_of(gate, in[i]);
        if (types[type] != 0 && !is_old(in[i])) visit(*base_, in[i], type, checked(columns.in_from[first + i]));
      }
    }
    const auto row = row_of_.find(v);
    if (row == row_of_.end()) return;
    const SnapshotColumns& columns = rows().columns();
    for (const Arc e : rows().in_edges(row->second))
      if (types[columns.edge_type[e]] != 0) visit(rows(), e, columns.edge_type[e], numbers_[columns.from[e]]);
  }
  /// Calls `visit(snapshot, arc, type)` for every edge of some types. O(m / a byte an edge)
  template <class Visit>
  void for_each_of_types(const std::vector<std::uint8_t>& types, const Visit& visit) const {
    const Column<std::uint8_t>& gate = base_->columns().gate;
    std::array<std::uint8_t, 256> may_be{};
    for (std::size_t byte = 0; byte < may_be.size(); ++byte) {
      const std::size_t type = byte & gate_type_mask;
      may_be[byte] = type == gate_type_mask || (type < types.size() && types[type] != 0) ? 1 : 0;
    }
    for (Arc e = 0; e < base_->edge_count(); ++e) {
      if (may_be[gate[e]] == 0 || is_old(e)) continue;
      const std::uint16_t type = type_of(gate[e], e);
      if (types[type] != 0) visit(*base_, e, type);
    }
    for (Arc e = 0; e < rows().edge_count(); ++e)
      if (const std::uint16_t type = rows().columns().edge_type[e]; types[type] != 0) visit(rows(), e, type);
  }
  /// How a node that an edge of base or rows names is numbered here; no_vertex for none.
  [[nodiscard]] Vertex number(const Snapshot& snapshot, Vertex v) const {
    return v == no_vertex ? v : &snapshot == base_.get() ? checked(v) : numbers_[v];
  }
  /// Adds an edge of base or rows to some.
  void add(const Snapshot& snapshot, Arc e, DeltaArcs& arcs) const {
    (&snapshot == base_.get() ? arcs.of_base : arcs.of_rows).push_back(e);
  }
  /// Adds every edge that leaves one of some nodes and ends at one that `is_among` them.
  template <class IsAmong>
  void add_between(std::span<const Vertex> nodes, const IsAmong& is_among, DeltaArcs& arcs) const {
    const auto any = edge_types_where(rows().ontology(), [](Role) { return true; });
    for (const Vertex v : nodes)
      for_each_out(v, any, [&](const Snapshot& snapshot, Arc e, std::uint16_t, Vertex other) {
        if (is_among(other)) add(snapshot, e, arcs);
      });
  }
  /// Whether the base has a node of that id, be it as it is now or not.
  [[nodiscard]] bool is_of_base(Vertex v) const { return v < base_->vertex_count(); }
  /// Whether an edge of the base is no longer what it says.
  [[nodiscard]] bool is_old(Arc e) const;
  /// Calls `visit(arc)` for each of those.
  template <class Visit>
  void for_each_old_edge(const Visit& visit) const {
    for (const auto& [first, last] : delta_.old_edges)
      for (Arc e = first; e < last; ++e) visit(e);
  }

  /// @param of_base  counts of the base; what is no part of the graph is taken as it is there
  /// @note O(changes · log)
  [[nodiscard]] RecordCounts counts(RecordCounts of_base) const;
  /// What a view of the whole graph leaves out, as far as it is counted: how many edges are superseded and rivals is
  /// right, and which they are is not told.
  /// @param base  a view of the base, not local. @note O(changes)
  [[nodiscard]] ViewCoverage coverage(const View& base) const;

  /// Some nodes with all that they depend on or that is said of them, and whatever nodes these edges name, as a
  /// snapshot of its own, as part_around makes it. Edges by which others than these depend on them are left out unless
  /// they are asked for: the requirements of each node are there as a whole or not at all.
  /// @param nodes  sorted, each once
  /// @throws DamagedSnapshot where the base, if nobody verified it, names what is not there
  /// @note O(edges at the nodes · log of their number + changes)
  [[nodiscard]] std::shared_ptr<const Snapshot> part(std::span<const Vertex> nodes, bool with_dependents) const;
  /// The same of nodes with the edges that are chosen for each, and some more edges.
  [[nodiscard]] std::shared_ptr<const Snapshot> part(const std::vector<PartPiece>& pieces, DeltaArcs more) const;

 private:
  class Part;
  [[nodiscard]] bool is_old_node(Vertex v) const;
  /// Whether a row of the delta is a node that is new or was touched.
  [[nodiscard]] bool is_touched(Vertex row) const;
  [[nodiscard]] Vertex checked(Vertex v) const {
    if (v >= base_->vertex_count()) throw DamagedSnapshot("names a node that is not there");
    return v;
  }
  /// The type of an edge of the base by its gate.
  [[nodiscard]] std::uint16_t type_of(std::uint8_t gate, Arc e) const {
    const std::uint16_t type = (gate & gate_type_mask) != gate_type_mask
                                   ? static_cast<std::uint16_t>(gate & gate_type_mask)
                                   : base_->columns().edge_type[e];
    if (type >= base_->ontology().edge_types().size()) throw DamagedSnapshot("names a type that is not there");
    return type;
  }

  std::shared_ptr<const Snapshot> base_;
  SnapshotDelta delta_;
  std::vector<Vertex> numbers_;                ///< [rows] numbers of the nodes of the delta
  std::vector<Vertex> only_in_rows_;           ///< rows of the nodes that the base has not: number n + i
  std::unordered_map<Vertex, Vertex> row_of_;  ///< rows by the numbers of their nodes
};

/// A snapshot as one of which nothing changed.
std::shared_ptr<const DeltaSnapshot> unchanged(std::shared_ptr<const Snapshot> snapshot);
/// The same, to be asked for parts; nullptr where it has so few edges that the whole is no more work.
std::shared_ptr<const DeltaSnapshot> unchanged_if_large(std::shared_ptr<const Snapshot> snapshot);

}  // namespace chokepoint
