#include "chokepoint/snapshot/snapshot.hpp"

#include "chokepoint/model/text.hpp"
#include "snapshot/name_heap.hpp"

#include <algorithm>
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
  assert(columns_.gate.size() == columns_.edge_key.size());
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

void Snapshot::damaged() { throw DamagedSnapshot("holds a place that lies outside of it"); }

std::vector<NodeName> Snapshot::names(Vertex v) const {
  const auto begin = columns_.name_offset[v];
  const auto end = columns_.name_offset[v + std::size_t{1}];
  if (begin > end || end > columns_.name_bytes.size()) damaged();
  std::vector<NodeName> names;
  detail::NameCursor cursor(columns_.name_bytes.data() + begin, columns_.name_bytes.data() + end);
  while (const auto name = cursor.next()) names.push_back(*name);
  return names;
}

std::string_view Snapshot::label(Vertex v, std::string_view language) const {
  const auto begin = columns_.name_offset[v];
  const auto end = columns_.name_offset[v + std::size_t{1}];
  if (begin > end || end > columns_.name_bytes.size()) damaged();
  std::optional<std::string_view> english, first;
  std::string_view first_tag;
  detail::NameCursor cursor(columns_.name_bytes.data() + begin, columns_.name_bytes.data() + end);
  while (const auto name = cursor.next()) {
    if (name->kind != NodeName::Kind::label) continue;
    if (name->tag == language) return name->text;
    if (name->tag == "en") english = name->text;
    if (!first || name->tag < first_tag) {
      first = name->text;
      first_tag = name->tag;
    }
  }
  return english ? *english : first ? *first : id(v);
}

std::vector<Vertex> Snapshot::replaced_by(Arc e) const {
  const Column<Arc>& edges = columns_.replaces_edge;
  std::vector<Vertex> items;
  for (auto i = static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), e) - edges.begin());
       i < edges.size() && edges[i] == e; ++i) {
    if (columns_.replaces_item[i] >= vertex_count()) damaged();
    items.push_back(columns_.replaces_item[i]);
  }
  return items;
}

std::vector<Vertex> Snapshot::named(std::string_view folded) const {
  const std::uint32_t hash = detail::name_hash(folded);
  std::vector<Vertex> found;
  // Hashes are spread evenly, so the place is near the same fraction of the list; from there the interval doubles.
  const std::size_t size = columns_.name_hash.size();
  const auto guess = static_cast<std::size_t>(static_cast<double>(hash) / 4294967296.0 * static_cast<double>(size));
  std::size_t first = std::min(guess, size);
  std::size_t last = first;
  for (std::size_t step = 16; first > 0 && columns_.name_hash[first - 1] >= hash; step *= 2)
    first -= std::min(first, step);
  for (std::size_t step = 16; last < size && columns_.name_hash[last] < hash; step *= 2)
    last += std::min(size - last, step);
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (columns_.name_hash[middle] < hash) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  for (; first < size && columns_.name_hash[first] == hash; ++first) {
    const Vertex v = columns_.name_node[first];
    if (v >= vertex_count()) damaged();
    const auto is_it = [&](std::string_view text) {
      const std::string plain = fold(text);
      return (plain.empty() ? text : plain) == folded;
    };
    const auto others = names(v);
    const bool matches =
        is_it(id(v)) || std::any_of(others.begin(), others.end(), [&](const NodeName& n) { return is_it(n.text); });
    if (matches) found.push_back(v);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

double Snapshot::share(Arc e) const {
  constexpr double digits = 1e7;
  return std::round(static_cast<double>(columns_.share[e]) * digits) / digits;
}

}  // namespace chokepoint
