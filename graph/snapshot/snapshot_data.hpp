#pragma once

#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/column_buffer.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

namespace chokepoint::detail {

/// Owns what SnapshotColumns points at, when a builder made it. Vectors are what walks step through.
struct SnapshotData {
  std::vector<std::uint64_t> id_offset;
  std::vector<char> id_bytes;
  KeyBuffer node_key;
  ColumnBuffer<std::uint16_t> node_type;
  ColumnBuffer<std::int32_t> node_from, node_to;
  ColumnBuffer<std::uint8_t> node_variants, node_released, node_layer, node_complete, node_remainder;

  std::vector<std::uint32_t> out_offset, in_offset;
  std::vector<Vertex> from, to;
  std::vector<Arc> in_arc;
  std::vector<Vertex> in_from;
  KeyBuffer edge_key;
  std::vector<std::uint16_t> edge_type;
  ColumnBuffer<Vertex> item, market, origin;
  ColumnBuffer<float> share, performance, confidence;
  ColumnBuffer<double> amount;
  ColumnBuffer<std::int32_t> valid_from, valid_to, as_of;
  ColumnBuffer<std::uint8_t> bound, status, significance, mode;
  ColumnBuffer<std::uint32_t> group, k;
  std::vector<Arc> contested, claim;  ///< see ClaimColumn
  std::vector<Arc> replaces_edge;
  std::vector<Vertex> replaces_item;
  ColumnBuffer<std::int32_t> source_day;
  std::vector<std::uint8_t> gate, in_gate;
  std::int32_t settled_from = day_open_from;
  std::int32_t settled_until = day_open_to;
  bool requirements_are_arcs = false;

  std::vector<std::uint64_t> name_offset;
  std::vector<char> name_bytes;
  std::vector<std::uint32_t> name_hash;
  std::vector<Vertex> name_node;

  [[nodiscard]] SnapshotColumns columns() const;
};

/// A column of the edges: where a snapshot has it, where a builder gathers it, and what an edge has that says nothing.
template <typename View, typename Buffer, typename Value>
struct EdgeColumn {
  View SnapshotColumns::*view;
  Buffer SnapshotData::*buffer;
  Value absent;
};
template <typename View, typename Buffer, typename Value>
EdgeColumn(View SnapshotColumns::*, Buffer SnapshotData::*, Value) -> EdgeColumn<View, Buffer, Value>;

inline constexpr float unknown_float = std::numeric_limits<float>::quiet_NaN();
inline constexpr double unknown_double = std::numeric_limits<double>::quiet_NaN();

/// Columns that few edges fill; those that name nodes, and others. They are sorted, copied and padded together.
inline constexpr auto named_node_columns =
    std::tuple{EdgeColumn{&SnapshotColumns::item, &SnapshotData::item, no_vertex},
               EdgeColumn{&SnapshotColumns::market, &SnapshotData::market, no_vertex},
               EdgeColumn{&SnapshotColumns::origin, &SnapshotData::origin, no_vertex}};
inline constexpr auto rare_columns =
    std::tuple{EdgeColumn{&SnapshotColumns::performance, &SnapshotData::performance, unknown_float},
               EdgeColumn{&SnapshotColumns::confidence, &SnapshotData::confidence, unknown_float},
               EdgeColumn{&SnapshotColumns::amount, &SnapshotData::amount, unknown_double},
               EdgeColumn{&SnapshotColumns::as_of, &SnapshotData::as_of, day_open_from},
               EdgeColumn{&SnapshotColumns::bound, &SnapshotData::bound, std::uint8_t{0}},
               EdgeColumn{&SnapshotColumns::status, &SnapshotData::status, std::uint8_t{0}},
               EdgeColumn{&SnapshotColumns::significance, &SnapshotData::significance, std::uint8_t{0}},
               EdgeColumn{&SnapshotColumns::mode, &SnapshotData::mode, std::uint8_t{0}},
               EdgeColumn{&SnapshotColumns::k, &SnapshotData::k, std::uint32_t{0}}};
/// Its own, since groups are numbered anew where edges of two snapshots come together.
inline constexpr auto group_column =
    std::tuple{EdgeColumn{&SnapshotColumns::group, &SnapshotData::group, std::uint32_t{0}}};
/// Columns that every edge fills.
inline constexpr auto full_columns =
    std::tuple{EdgeColumn{&SnapshotColumns::edge_key, &SnapshotData::edge_key, std::int64_t{0}},
               EdgeColumn{&SnapshotColumns::share, &SnapshotData::share, unknown_float},
               EdgeColumn{&SnapshotColumns::valid_from, &SnapshotData::valid_from, day_open_from},
               EdgeColumn{&SnapshotColumns::valid_to, &SnapshotData::valid_to, day_open_to},
               EdgeColumn{&SnapshotColumns::source_day, &SnapshotData::source_day, day_open_from}};

/// Calls `visit(column)` for each of the columns.
template <typename Visit, typename... Columns>
void for_each_edge_column(Visit&& visit, const Columns&... columns) {
  (std::apply([&](const auto&... each) { (visit(each), ...); }, columns), ...);
}

/// Out-offsets, in-offsets and in-arcs from `from` and `to`. O(n + m)
/// @pre edges are sorted by (from, type, to, id)
void index_edges(SnapshotData& data);

/// Gates (see Gate) for questions of the year from `settled_from` on, or of any day for the earliest there is. O(m)
/// @pre edges are sorted, claims are numbered
void settle_gates(SnapshotData& data, std::int32_t settled_from);

/// See SnapshotColumns. O(m)
bool are_requirements_arcs(const SnapshotData& data, const Ontology& ontology);

/// Claim numbers (see SnapshotColumns::claim). O(m log p), p parallel edges of one type.
/// @param unit  [m] number of each edge's unit
/// @param role  [m] number of each edge's role among those of its type
/// @pre edges are sorted by (from, type, to, id)
void number_claims(SnapshotData& data, const ColumnBuffer<std::uint32_t>& unit,
                   const ColumnBuffer<std::uint32_t>& role);

}  // namespace chokepoint::detail
