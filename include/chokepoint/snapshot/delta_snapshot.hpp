#pragma once

#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
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

 private:
  class Part;
  [[nodiscard]] bool is_old_node(Vertex v) const;
  /// Whether a row of the delta is a node that is new or was touched.
  [[nodiscard]] bool is_touched(Vertex row) const;

  std::shared_ptr<const Snapshot> base_;
  SnapshotDelta delta_;
  std::vector<Vertex> numbers_;       ///< [rows] numbers of the nodes of the delta
  std::vector<Vertex> only_in_rows_;  ///< rows of the nodes that the base has not: number n + i
};

}  // namespace chokepoint
