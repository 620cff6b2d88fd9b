#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// Dense number of a node in a snapshot; nodes are numbered in bytewise order of their ids, so that sorting by
/// number is sorting by id.
using Vertex = std::uint32_t;
/// Dense number of an edge in a snapshot; edges are numbered by (from, type, to, id), so that the out-edges of a
/// node are a contiguous range.
using Arc = std::uint32_t;

inline constexpr Vertex no_vertex = std::numeric_limits<Vertex>::max();
inline constexpr Arc no_arc = std::numeric_limits<Arc>::max();
inline constexpr std::int32_t day_open_from = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int32_t day_open_to = std::numeric_limits<std::int32_t>::max();

/// How a node with variants reads them.
enum class Variants : std::uint8_t { unsettled, any, all };

/// The columns of a snapshot: plain arrays that a builder filled or a file maps. Unknown numbers are NaN,
/// absent nodes `no_vertex`, open dates `day_open_from` / `day_open_to`.
struct SnapshotColumns {
  // per node, [n]
  std::span<const std::uint64_t> id_offset;   ///< [n + 1] into id_bytes
  std::span<const char> id_bytes;
  std::span<const std::int64_t> node_key;     ///< the store's key
  std::span<const std::uint16_t> node_type;   ///< number in the ontology
  std::span<const std::int32_t> node_from, node_to;
  std::span<const std::uint8_t> node_variants;  ///< Variants
  std::span<const std::uint8_t> node_released;  ///< 1: no longer needs its developer
  std::span<const std::uint8_t> node_layer;     ///< Layer: of its type, or the one that its attribute names
  // per edge, [m]
  std::span<const std::uint64_t> out_offset;  ///< [n + 1]: out-edges of v are [out_offset[v], out_offset[v+1])
  std::span<const Vertex> from, to;
  std::span<const std::uint64_t> in_offset;   ///< [n + 1] into in_arc
  std::span<const Arc> in_arc;                ///< [m] edges sorted by (to, from, type, id)
  std::span<const std::int64_t> edge_key;     ///< the store's key
  std::span<const std::uint16_t> edge_type;
  std::span<const Vertex> item, market, origin;
  std::span<const float> share;               ///< NaN: unknown
  std::span<const float> performance;         ///< NaN: unknown
  std::span<const float> confidence;          ///< NaN: unstated
  std::span<const double> amount;             ///< NaN: unknown
  std::span<const std::int32_t> valid_from, valid_to;
  std::span<const std::int32_t> as_of;        ///< last day of the measure's date; day_open_from: undated
  std::span<const std::uint8_t> bound, status, significance;
  std::span<const std::uint8_t> mode;         ///< index into EdgeType::modes or ::roles; 0 is the default
  std::span<const std::uint32_t> group;       ///< index into group_names; 0 is the default group ""
  std::span<const std::uint32_t> k;           ///< 0: not given (1)
  /// Number of the first edge on the same fact: edges that agree in type, from, to, item, market, origin, group and
  /// unit have one claim number. Among them, different `as_of` are measures of one fact, equal ones are rivals.
  std::span<const std::uint64_t> claim;
  std::span<const std::int32_t> source_day;   ///< date of the latest citation's source; day_open_from: undated
};

/// The graph of a database at one revision: immutable, both directions in CSR form, with the columns that
/// analyses filter on. It holds every fact of every day; a `View` says which count.
class Snapshot {
 public:
  /// @param owner  keeps the memory behind the columns alive
  Snapshot(std::shared_ptr<const Ontology> ontology, SnapshotColumns columns, std::vector<std::string> group_names,
           std::shared_ptr<const void> owner);

  [[nodiscard]] const Ontology& ontology() const { return *ontology_; }
  [[nodiscard]] const SnapshotColumns& columns() const { return columns_; }
  [[nodiscard]] Vertex vertex_count() const { return static_cast<Vertex>(columns_.node_key.size()); }
  [[nodiscard]] Arc edge_count() const { return static_cast<Arc>(columns_.edge_key.size()); }

  [[nodiscard]] std::string_view id(Vertex v) const {
    const auto begin = columns_.id_offset[v];
    return {columns_.id_bytes.data() + begin, static_cast<std::size_t>(columns_.id_offset[v + 1] - begin)};
  }
  /// Exact (case-sensitive) id. O(log n)
  [[nodiscard]] std::optional<Vertex> find(std::string_view id) const;
  [[nodiscard]] const NodeType& type(Vertex v) const { return ontology_->node_types()[columns_.node_type[v]]; }
  [[nodiscard]] const EdgeType& type_of_edge(Arc e) const { return ontology_->edge_types()[columns_.edge_type[e]]; }
  [[nodiscard]] Role role(Arc e) const { return roles_[columns_.edge_type[e]]; }
  /// The side of a market that the node describes: its type's, unless its attribute names another (a remainder,
  /// "others", that stands beside the countries of a market).
  [[nodiscard]] Layer layer(Vertex v) const { return static_cast<Layer>(columns_.node_layer[v]); }
  /// Share as a fraction in [0, 1], NaN when unknown: the column's float as the nearest multiple of 1e-7, so that a
  /// share written as 0.6 is 0.6 again.
  [[nodiscard]] double share(Arc e) const;
  [[nodiscard]] std::string_view group_name(Arc e) const { return group_names_[columns_.group[e]]; }

  /// Out-edges of `v` are the edge numbers [first, last).
  struct ArcRange {
    Arc first, last;
  };
  [[nodiscard]] ArcRange out_edges(Vertex v) const {
    return {static_cast<Arc>(columns_.out_offset[v]), static_cast<Arc>(columns_.out_offset[v + 1])};
  }
  [[nodiscard]] std::span<const Arc> in_edges(Vertex v) const {
    const auto begin = columns_.in_offset[v];
    return columns_.in_arc.subspan(static_cast<std::size_t>(begin),
                                   static_cast<std::size_t>(columns_.in_offset[v + 1] - begin));
  }

 private:
  std::shared_ptr<const Ontology> ontology_;
  SnapshotColumns columns_;
  std::vector<std::string> group_names_;
  std::vector<Role> roles_;
  std::shared_ptr<const void> owner_;
};

/// One node handed to the builder.
struct SnapshotNode {
  std::string id;
  std::int64_t key = 0;
  std::uint16_t type = 0;
  std::string since, until;  ///< as in Node
  Variants variants = Variants::unsettled;
  bool released = false;
  std::optional<Layer> layer = {};  ///< instead of its type's
};

/// One edge handed to the builder; nodes by the key of SnapshotNode, 0 for none.
struct SnapshotEdge {
  std::string id;
  std::int64_t key = 0;
  std::uint16_t type = 0;
  std::int64_t from = 0, to = 0, item = 0, market = 0, origin = 0;
  std::optional<double> share, performance, confidence, amount;
  std::string unit;
  std::string since, until, as_of;
  Bound bound = Bound::exact;
  Status status = Status::reported;
  Significance significance = Significance::unstated;
  std::uint8_t mode = 0;
  std::string group;
  std::uint32_t k = 0;
  std::string source_date;
};

/// Sorts and packs nodes and edges. Order of the input does not matter.
/// @throws SchemaError when an edge names a node that was not handed over, when two nodes have one id or key, when a
///         type number is not in the ontology, or when a date is none (the store checked all of these already)
/// @note O((n + m) log m) time, one copy of the columns
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(std::shared_ptr<const Ontology> ontology);
  ~SnapshotBuilder();
  SnapshotBuilder(const SnapshotBuilder&) = delete;
  SnapshotBuilder& operator=(const SnapshotBuilder&) = delete;
  void add(SnapshotNode node);
  void add(SnapshotEdge edge);
  [[nodiscard]] std::shared_ptr<const Snapshot> build() &&;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint
