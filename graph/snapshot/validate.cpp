// Every number of a snapshot that serves as a place in an array, looked at once. A mapped file may be damaged or made
// to do harm; after this, algorithms over the whole graph need not look again.
#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/snapshot_data.hpp"

#include <algorithm>
#include <cstddef>

namespace chokepoint {

namespace {

[[noreturn]] void refuse_section(const char* what) { throw DamagedSnapshot(what); }

/// Offsets rise from 0 to `last`.
template <typename T>
void check_offsets(const Column<T>& offsets, std::uint64_t last, const char* what) {
  if (offsets.empty() || offsets.front() != 0 || offsets.back() != last) refuse_section(what);
  unsigned falls = 0;
  for (std::size_t i = 1; i < offsets.size(); ++i) falls |= static_cast<unsigned>(offsets[i - 1] > offsets[i]);
  if (falls != 0) refuse_section(what);
}

/// Every value is below `limit`, or is `absent`.
template <typename T>
void check_below(const Column<T>& values, std::uint64_t limit, const char* what, std::uint64_t absent = 0) {
  const std::size_t size = values.is_constant() ? std::min<std::size_t>(values.size(), 1) : values.size();
  const T* value = values.data();
  // Without branches, so that the processor compares many at once.
  unsigned outside = 0;
  for (std::size_t i = 0; i < size; ++i)
    outside |= static_cast<unsigned>(value[i] >= limit) & static_cast<unsigned>(absent == 0 || value[i] != absent);
  if (outside != 0) refuse_section(what);
}

/// Both directions hold the same edges: each in-edge ends where it is listed, none twice.
void check_directions(const Snapshot& snapshot) {
  const SnapshotColumns& columns = snapshot.columns();
  constexpr std::size_t prefetched_ahead = 24;
  const std::size_t last_place = snapshot.edge_count() == 0 ? 0 : snapshot.edge_count() - std::size_t{1};
  const auto *from = columns.from.data(), *to = columns.to.data();
  const auto* gate = columns.gate.data();
  for (Vertex v = 0; v < snapshot.vertex_count(); ++v) {
    const auto [first, last] = snapshot.out_edges(v);
    for (Arc e = first; e < last; ++e)
      if (columns.from[e] != v) refuse_section("lists an edge at a node where it does not begin");
    const auto in = snapshot.in_edges(v);
    for (std::size_t i = 0; i < in.size(); ++i) {
      const std::size_t place = columns.in_offset[v] + i;
      // Arcs arrive from anywhere: their rows are asked for long before they are looked at.
      if (const Arc next = columns.in_arc[std::min(place + prefetched_ahead, last_place)]; true) {
        __builtin_prefetch(from + next);
        __builtin_prefetch(to + next);
        __builtin_prefetch(gate + next);
      }
      if (columns.in_from[place] != columns.from[in[i]] || columns.in_gate[place] != columns.gate[in[i]])
        refuse_section("tells two things of one edge");
      if (columns.to[in[i]] != v) refuse_section("lists an edge at a node where it does not end");
      if (i > 0 && in[i - 1] >= in[i]) refuse_section("lists the edges at a node out of order");
    }
  }
}

}  // namespace

void Snapshot::validate() const {
  const SnapshotColumns& c = columns_;
  const std::uint64_t n = vertex_count();
  const std::uint64_t m = edge_count();
  check_offsets(c.id_offset, c.id_bytes.size(), "holds ids that are cut off");
  check_offsets(c.out_offset, m, "holds edges that are cut off");
  check_offsets(c.in_offset, m, "holds edges that are cut off");
  check_below(c.node_type, ontology_->node_types().size(), "names a node type that is not there");
  check_below(c.node_layer, 3, "names a layer that is not there");
  check_below(c.node_variants, 3, "holds a reading of variants that is none");
  check_below(c.edge_type, ontology_->edge_types().size(), "names an edge type that is not there");
  check_below(c.from, n, "names a node that is not there");
  check_below(c.to, n, "names a node that is not there");
  detail::for_each_edge_column(
      [&](const auto& column) { check_below(c.*column.view, n, "names a node that is not there", no_vertex); },
      detail::named_node_columns);
  check_below(c.in_arc, m, "names an edge that is not there");
  check_below(c.group, group_names_.size(), "names a group that is not there");
  check_below(c.bound, word_list<Bound>.size(), "holds a bound that is none");
  check_below(c.status, word_list<Status>.size(), "holds a status that is none");
  check_below(c.significance, word_list<Significance>.size(), "holds a significance that is none");
  check_below(c.replaces_edge, m, "names an edge that is not there");
  check_below(c.replaces_item, n, "names a node that is not there");
  if (c.replaces_edge.size() != c.replaces_item.size() ||
      !std::is_sorted(c.replaces_edge.begin(), c.replaces_edge.end()))
    refuse_section("holds replacements out of order");
  const auto contested = c.claim.contested();
  const auto claims = c.claim.claims();
  if (contested.size() != claims.size()) refuse_section("holds claims that are cut off");
  for (std::size_t i = 0; i < contested.size(); ++i)
    if (contested[i] >= m || claims[i] >= m || (i > 0 && contested[i - 1] >= contested[i]))
      refuse_section("names a claim that is not there");
  check_directions(*this);
}

}  // namespace chokepoint
