// A part of a graph that a base and a delta tell together, as one snapshot. Claims on one fact are parallel edges, and
// parallel edges are all of the base or all of the delta, so that neither's order nor claims are touched by the
// other's.
#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "snapshot/row_copy.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

/// Chooses edges of one of the two snapshots, and appends them to the part.
class PartEdges {
 public:
  PartEdges(const Snapshot& snapshot, std::vector<Arc> arcs)
      : snapshot_(snapshot), columns_(snapshot.columns()), arcs_(std::move(arcs)) {}

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  [[nodiscard]] const SnapshotColumns& columns() const { return columns_; }
  [[nodiscard]] const std::vector<Arc>& arcs() const { return arcs_; }

  void add(Arc e) { arcs_.push_back(e); }
  void sort() { detail::sort_unique(arcs_); }

  /// Calls `visit(node)` for every node that a chosen edge names.
  template <class Visit>
  void for_each_named(const Visit& visit) const {
    for (const Arc e : arcs_) {
      for (const Vertex v : {columns_.from[e], columns_.to[e]}) visit(checked(v));
      detail::for_each_edge_column(
          [&](const auto& column) {
            if (const Vertex v = (columns_.*column.view)[e]; v != no_vertex) visit(checked(v));
          },
          detail::named_node_columns);
    }
  }

  /// @param groups  names of those of the part, sorted, with all of this one's
  void number_groups(const std::vector<std::string>& groups) {
    for (const std::string& name : snapshot_.group_names())
      group_.push_back(
          static_cast<std::uint32_t>(std::lower_bound(groups.begin(), groups.end(), name) - groups.begin()));
  }
  /// Appends the next edge.
  template <class Number>
  void copy_next(const Number& number, detail::SnapshotData& data) {
    const Arc e = arcs_[copied_.size()];
    const std::uint32_t group = columns_.group[e];
    if (group >= group_.size()) throw DamagedSnapshot("names a group that is not there");
    copied_.push_back(static_cast<Arc>(data.from.size()));
    detail::copy_edge(columns_, e, number, group_[group], data);
  }
  [[nodiscard]] bool is_copied() const { return copied_.size() == arcs_.size(); }
  [[nodiscard]] Arc next() const { return arcs_[copied_.size()]; }

  /// Appends the claims of what was copied, by edges of the part and not sorted.
  void add_claims(std::vector<std::pair<Arc, Arc>>& claims) const {
    if (columns_.claim.contested().empty()) return;
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      if (!columns_.claim.is_contested(arcs_[i])) continue;
      const auto first = std::lower_bound(arcs_.begin(), arcs_.end(), columns_.claim[arcs_[i]]);
      if (first == arcs_.end() || *first != columns_.claim[arcs_[i]])
        throw DamagedSnapshot("names a claim that is not there");
      claims.emplace_back(copied_[i], copied_[static_cast<std::size_t>(first - arcs_.begin())]);
    }
  }

 private:
  [[nodiscard]] Vertex checked(Vertex v) const {
    if (v >= snapshot_.vertex_count()) throw DamagedSnapshot("names a node that is not there");
    return v;
  }

  const Snapshot& snapshot_;
  const SnapshotColumns& columns_;
  std::vector<Arc> arcs_;
  std::vector<Arc> copied_;           ///< [arcs that were copied] their numbers in the part
  std::vector<std::uint32_t> group_;  ///< [groups] their numbers in the part
};

/// A node of the part.
struct PartNode {
  const Snapshot* snapshot = nullptr;
  Vertex vertex = no_vertex;  ///< in `snapshot`
};

}  // namespace

/// Merges what base and delta have of a part. Nodes are numbered as the delta snapshot does until they are copied.
class DeltaSnapshot::Part {
 public:
  Part(const DeltaSnapshot& whole, const std::vector<PartPiece>& pieces, DeltaArcs more)
      : whole_(whole), base_(*whole.base_, std::move(more.of_base)), rows_(whole.rows(), std::move(more.of_rows)) {
    std::vector<Vertex> nodes;
    for (const PartPiece& piece : pieces) {
      nodes.insert(nodes.end(), piece.nodes.begin(), piece.nodes.end());
      for (const Vertex v : piece.nodes) gather_edges(v, piece.choice);
    }
    base_.sort();
    rows_.sort();
    gather_nodes(std::move(nodes));
  }

  std::shared_ptr<const Snapshot> make() {
    data_ = std::make_shared<detail::SnapshotData>();
    data_->id_offset.push_back(0);
    for (const PartNode& node : nodes_) detail::copy_node(*node.snapshot, node.vertex, *data_);
    copy_edges();
    copy_claims();
    detail::index_edges(*data_);
    for (const Arc e : data_->in_arc) data_->in_gate.push_back(data_->gate[e]);
    const SnapshotColumns &base = base_.columns(), &rows = rows_.columns();
    data_->settled_from = base.settled_from;
    data_->settled_until = base.settled_until;
    data_->requirements_are_arcs = base.requirements_are_arcs && rows.requirements_are_arcs;
    const SnapshotColumns columns = data_->columns();
    auto part =
        std::make_shared<Snapshot>(base_.snapshot().shared_ontology(), columns, std::move(groups_), std::move(data_));
    part->validate();
    return part;
  }

 private:
  void gather_edges(Vertex v, const EdgeChoice& choice) {
    const auto add = [this](const Snapshot& snapshot, Arc e) {
      (&snapshot == &rows_.snapshot() ? rows_ : base_).add(e);
    };
    whole_.for_each_out(v, choice.at_begin,
                        [&](const Snapshot& snapshot, Arc e, std::uint16_t, Vertex) { add(snapshot, e); });
    whole_.for_each_in(v, choice.at_end,
                       [&](const Snapshot& snapshot, Arc e, std::uint16_t, Vertex) { add(snapshot, e); });
  }

  /// Every node that is among `all` or that an edge names, and is still there, in order of ids.
  void gather_nodes(std::vector<Vertex> all) {
    base_.for_each_named([&](Vertex v) { all.push_back(v); });
    rows_.for_each_named([&](Vertex row) { all.push_back(whole_.number_of_row(row)); });
    detail::sort_unique(all);
    std::unordered_map<Vertex, Vertex> touched;  // rows by the numbers of their nodes
    for (Vertex row = 0; row < rows_.snapshot().vertex_count(); ++row)
      if (whole_.is_touched(row)) touched.emplace(whole_.number_of_row(row), row);
    std::vector<std::pair<Vertex, PartNode>> there;
    for (const Vertex v : all) {
      if (const auto row = touched.find(v); row != touched.end())
        there.emplace_back(v, PartNode{&rows_.snapshot(), row->second});
      else if (whole_.is_of_base(v) && !whole_.is_old_node(v))
        there.emplace_back(v, PartNode{&base_.snapshot(), v});
    }
    // Those of the base are in order already, and so are the others.
    const auto id_of = [](const auto& node) { return node.second.snapshot->id(node.second.vertex); };
    const auto first_of_rows = std::partition_point(there.begin(), there.end(),
                                                    [&](const auto& node) { return whole_.is_of_base(node.first); });
    std::inplace_merge(there.begin(), first_of_rows, there.end(),
                       [&](const auto& a, const auto& b) { return id_of(a) < id_of(b); });
    for (const auto& [v, node] : there) {
      numbers_.emplace_back(v, static_cast<Vertex>(nodes_.size()));
      nodes_.push_back(node);
    }
    std::sort(numbers_.begin(), numbers_.end());
  }

  /// The number that a node has in the part.
  [[nodiscard]] Vertex number(Vertex v) const {
    const auto place = std::lower_bound(numbers_.begin(), numbers_.end(), std::pair(v, Vertex{0}));
    if (place == numbers_.end() || place->first != v) throw DamagedSnapshot("names a node that is not there");
    return place->second;
  }

  /// In order of (from, type, to); what is parallel has its order already.
  void copy_edges() {
    const auto &of_old = base_.snapshot().group_names(), &of_new = rows_.snapshot().group_names();
    std::set_union(of_old.begin(), of_old.end(), of_new.begin(), of_new.end(), std::back_inserter(groups_));
    base_.number_groups(groups_);
    rows_.number_groups(groups_);
    const auto of_base = [this](Vertex v) { return number(v); };
    const auto of_rows = [this](Vertex row) { return number(whole_.number_of_row(row)); };
    const auto place = [](const PartEdges& source, const auto& number) {
      const Arc e = source.next();
      return std::tuple(number(source.columns().from[e]), source.columns().edge_type[e],
                        number(source.columns().to[e]));
    };
    while (!base_.is_copied() || !rows_.is_copied()) {
      const bool takes_base =
          rows_.is_copied() || (!base_.is_copied() && place(base_, of_base) < place(rows_, of_rows));
      if (takes_base)
        base_.copy_next(of_base, *data_);
      else
        rows_.copy_next(of_rows, *data_);
    }
  }

  void copy_claims() {
    std::vector<std::pair<Arc, Arc>> claims;
    base_.add_claims(claims);
    rows_.add_claims(claims);
    std::sort(claims.begin(), claims.end());
    for (const auto& [edge, claim] : claims) {
      data_->contested.push_back(edge);
      data_->claim.push_back(claim);
    }
  }

  const DeltaSnapshot& whole_;
  PartEdges base_, rows_;
  std::vector<PartNode> nodes_;                     ///< in order of ids
  std::vector<std::pair<Vertex, Vertex>> numbers_;  ///< in the whole and in the part, sorted
  std::vector<std::string> groups_;
  std::shared_ptr<detail::SnapshotData> data_;
};

std::shared_ptr<const Snapshot> DeltaSnapshot::part(std::span<const Vertex> nodes, bool with_dependents) const {
  PartPiece piece{{nodes.begin(), nodes.end()}, {}};
  for (const EdgeType& type : rows().ontology().edge_types()) {
    const bool is_any = with_dependents || !type.dependency;
    piece.choice.at_begin.push_back(is_any || type.dependency->from_depends ? 1 : 0);
    piece.choice.at_end.push_back(is_any || !type.dependency->from_depends ? 1 : 0);
  }
  return part({std::move(piece)}, {});
}

std::shared_ptr<const Snapshot> DeltaSnapshot::part(const std::vector<PartPiece>& pieces, DeltaArcs more) const {
  return Part(*this, pieces, std::move(more)).make();
}

}  // namespace chokepoint
