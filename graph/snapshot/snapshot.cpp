#include "chokepoint/snapshot/snapshot.hpp"

#include <cassert>
#include <cmath>
#include <utility>

namespace chokepoint {

Snapshot::Snapshot(std::shared_ptr<const Ontology> ontology, SnapshotColumns columns,
                   std::vector<std::string> group_names, std::shared_ptr<const void> owner)
    : ontology_(std::move(ontology)),
      columns_(columns),
      group_names_(std::move(group_names)),
      owner_(std::move(owner)) {
  assert(ontology_ != nullptr);
  assert(columns_.id_offset.size() == columns_.node_key.size() + 1);
  assert(columns_.node_layer.size() == columns_.node_key.size());
  assert(columns_.out_offset.size() == columns_.id_offset.size());
  assert(columns_.in_offset.size() == columns_.id_offset.size());
  assert(columns_.out_offset.back() == columns_.edge_key.size());
  assert(columns_.in_offset.back() == columns_.edge_key.size());
  roles_.reserve(ontology_->edge_types().size());
  for (const EdgeType& type : ontology_->edge_types()) roles_.push_back(type.role);
}

std::optional<Vertex> Snapshot::find(std::string_view wanted) const {
  Vertex first = 0;
  Vertex last = vertex_count();
  while (first < last) {
    const Vertex middle = first + (last - first) / 2;
    if (id(middle) < wanted) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first < vertex_count() && id(first) == wanted) return first;
  return std::nullopt;
}

double Snapshot::share(Arc e) const {
  constexpr double digits = 1e7;
  return std::round(static_cast<double>(columns_.share[e]) * digits) / digits;
}

}  // namespace chokepoint
