#include "chokepoint/snapshot/part.hpp"

#include "snapshot/row_copy.hpp"
#include "support/vertex_lists.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

using detail::sort_unique;

/// Copies columns, row by row, and numbers what they name anew.
class Part {
 public:
  Part(const Snapshot& whole, std::span<const Vertex> nodes, bool is_closed)
      : whole_(whole), columns_(whole.columns()) {
    if (!nodes.empty() && nodes.back() >= whole.vertex_count()) throw DamagedSnapshot("names a node that is not there");
    if (is_closed)
      gather_arcs_within(nodes);
    else
      gather_arcs(nodes);
    gather_vertices(nodes);
  }

  std::shared_ptr<const Snapshot> make() {
    data_ = std::make_shared<detail::SnapshotData>();
    copy_nodes();
    copy_edges();
    copy_claims();
    copy_replacements();
    detail::index_edges(*data_);
    for (const Arc e : data_->in_arc) data_->in_gate.push_back(data_->gate[e]);
    data_->settled_from = columns_.settled_from;
    data_->settled_until = columns_.settled_until;
    data_->requirements_are_arcs = columns_.requirements_are_arcs;
    const SnapshotColumns columns = data_->columns();
    auto part = std::make_shared<Snapshot>(whole_.shared_ontology(), columns, whole_.group_names(), std::move(data_));
    part->validate();
    return part;
  }

 private:
  void gather_arcs(std::span<const Vertex> nodes) {
    for (const Vertex v : nodes) {
      const auto [first, last] = whole_.out_edges(v);
      for (Arc e = first; e < last; ++e) arcs_.push_back(e);
      const auto in = whole_.in_edges(v);
      arcs_.insert(arcs_.end(), in.begin(), in.end());
    }
    sort_unique(arcs_);
    if (!arcs_.empty() && arcs_.back() >= whole_.edge_count()) throw DamagedSnapshot("names an edge that is not there");
  }

  void gather_arcs_within(std::span<const Vertex> nodes) {
    std::vector<bool> is_among(whole_.vertex_count());
    for (const Vertex v : nodes) is_among[v] = true;
    for (const Vertex v : nodes) {
      const auto [first, last] = whole_.out_edges(v);
      for (Arc e = first; e < last; ++e) {
        if (columns_.to[e] >= is_among.size()) throw DamagedSnapshot("names a node that is not there");
        if (is_among[columns_.to[e]]) arcs_.push_back(e);
      }
    }
  }

  void gather_vertices(std::span<const Vertex> nodes) {
    vertices_.assign(nodes.begin(), nodes.end());
    for (const Arc e : arcs_) {
      vertices_.push_back(columns_.from[e]);
      vertices_.push_back(columns_.to[e]);
      detail::for_each_edge_column(
          [&](const auto& column) {
            if (const Vertex v = (columns_.*column.view)[e]; v != no_vertex) vertices_.push_back(v);
          },
          detail::named_node_columns);
      if (columns_.replaces_edge.empty()) continue;
      const std::vector<Vertex> replaced = whole_.replaced_by(e);
      vertices_.insert(vertices_.end(), replaced.begin(), replaced.end());
    }
    sort_unique(vertices_);
    if (!vertices_.empty() && vertices_.back() >= whole_.vertex_count())
      throw DamagedSnapshot("names a node that is not there");
  }

  [[nodiscard]] Vertex number(Vertex v) const {
    return static_cast<Vertex>(std::lower_bound(vertices_.begin(), vertices_.end(), v) - vertices_.begin());
  }

  void copy_nodes() {
    data_->id_offset.push_back(0);
    for (const Vertex v : vertices_) detail::copy_node(whole_, v, *data_);
  }

  void copy_edges() {
    for (const Arc e : arcs_)
      detail::copy_edge(
          columns_, e, [this](Vertex v) { return number(v); }, columns_.group[e], *data_);
  }

  /// Claims on one fact are parallel edges, so that all or none of them are here.
  void copy_claims() {
    if (columns_.claim.contested().empty()) return;
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
      if (!columns_.claim.is_contested(arcs_[i])) continue;
      const auto first = std::lower_bound(arcs_.begin(), arcs_.end(), columns_.claim[arcs_[i]]);
      if (first == arcs_.end() || *first != columns_.claim[arcs_[i]])
        throw DamagedSnapshot("names a claim that is not there");
      data_->contested.push_back(static_cast<Arc>(i));
      data_->claim.push_back(static_cast<Arc>(first - arcs_.begin()));
    }
  }

  void copy_replacements() {
    if (columns_.replaces_edge.empty()) return;
    for (std::size_t i = 0; i < arcs_.size(); ++i)
      for (const Vertex item : whole_.replaced_by(arcs_[i])) {
        data_->replaces_edge.push_back(static_cast<Arc>(i));
        data_->replaces_item.push_back(number(item));
      }
  }

  const Snapshot& whole_;
  const SnapshotColumns& columns_;
  std::vector<Arc> arcs_;
  std::vector<Vertex> vertices_;
  std::shared_ptr<detail::SnapshotData> data_;
};

}  // namespace

std::shared_ptr<const Snapshot> part_around(const Snapshot& whole, std::span<const Vertex> nodes) {
  return Part(whole, nodes, false).make();
}

std::shared_ptr<const Snapshot> part_within(const Snapshot& whole, std::span<const Vertex> nodes) {
  return Part(whole, nodes, true).make();
}

}  // namespace chokepoint
