#pragma once

#include "chokepoint/model/date.hpp"
#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/snapshot/column.hpp"
#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/support/error.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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

/// A snapshot file holds what cannot be. The answer stands in the database, and the file can be made anew.
class DamagedSnapshot : public Error {
 public:
  explicit DamagedSnapshot(const std::string& message) : Error(ErrorKind::bad_data, message) {}
};

/// What is known of an edge without looking at its days, status and claims. A snapshot has a span of days, from
/// `settled_from` to before `settled_until`, in which most edges either count on every day or on none.
enum class Gate : std::uint8_t {
  open,    ///< counts on every day of the span: reported or estimated, uncontested, it and its ends there throughout
  closed,  ///< it or an end of it is over, or has not begun, on every day of the span
  ask,     ///< its columns tell
};
/// A gate byte holds the gate above the number of the edge's type, or this where the type's number is larger.
inline constexpr std::uint8_t gate_type_mask = 63;
inline constexpr unsigned gate_shift = 6;

/// The columns of a snapshot: arrays that a builder filled or a file maps. Unknown numbers are NaN, absent nodes
/// `no_vertex`, open dates `day_open_from` / `day_open_to`.
struct SnapshotColumns {
  // per node, [n]
  Column<std::uint64_t> id_offset;  ///< [n + 1] into id_bytes
  std::span<const char> id_bytes;
  KeyColumn node_key;               ///< the store's key
  Column<std::uint16_t> node_type;  ///< number in the ontology
  Column<std::int32_t> node_from, node_to;
  Column<std::uint8_t> node_variants;   ///< Variants
  Column<std::uint8_t> node_released;   ///< 1: no longer needs its developer
  Column<std::uint8_t> node_layer;      ///< Layer: of its type, or the one that its attribute names
  Column<std::uint8_t> node_complete;   ///< 1: its recorded variants are all there are, `variants_complete`
  Column<std::uint8_t> node_remainder;  ///< 1: see Snapshot::is_remainder
  // per edge, [m]
  Column<std::uint32_t> out_offset;  ///< [n + 1]: out-edges of v are [out_offset[v], out_offset[v+1])
  Column<Vertex> from, to;
  Column<std::uint32_t> in_offset;  ///< [n + 1] into in_arc
  Column<Arc> in_arc;               ///< [m] edges sorted by (to, from, type, id)
  Column<Vertex> in_from;           ///< [m] where each of in_arc begins, so that a walk against edges reads on
  KeyColumn edge_key;               ///< the store's key
  Column<std::uint16_t> edge_type;
  Column<std::uint8_t> gate;     ///< Gate and type, as above
  Column<std::uint8_t> in_gate;  ///< [m] of each of in_arc
  Column<Vertex> item, market, origin;
  Column<float> share;        ///< NaN: unknown
  Column<float> performance;  ///< NaN: unknown
  Column<float> confidence;   ///< NaN: unstated
  Column<double> amount;      ///< NaN: unknown
  Column<std::int32_t> valid_from, valid_to;
  Column<std::int32_t> as_of;  ///< last day of the measure's date; day_open_from: undated
  Column<std::uint8_t> bound, status, significance;
  Column<std::uint8_t> mode;    ///< index into EdgeType::modes or ::roles; 0 is the default
  Column<std::uint32_t> group;  ///< index into group_names; 0 is the default group ""
  Column<std::uint32_t> k;      ///< 0: not given (1)
  /// Number of the first edge on the same fact: edges that agree in type, from, to, item, market, origin, group, role
  /// and unit have one claim number. Among them, different `as_of` are measures of one fact, equal ones are rivals.
  ClaimColumn claim;
  /// What requirements replace besides their own items, see Snapshot::replaced_by: edges, sorted, and items.
  Column<Arc> replaces_edge;
  Column<Vertex> replaces_item;               ///< [replaces_edge.size()]
  Column<std::int32_t> source_day;            ///< date of the latest citation's source; day_open_from: undated
  std::int32_t settled_from = day_open_from;  ///< see Gate
  std::int32_t settled_until = day_open_to;
  /// Every hard dependency is a requirement of its own: there are no generic things, no steps of a whole, no deliveries
  /// of a thing, no places that provide and no minor providers, and nothing but things has providers. Walking the arcs
  /// then reads what the requirement rules read.
  bool requirements_are_arcs = false;
  // names besides the ids; all empty where they were not loaded
  Column<std::uint64_t> name_offset;  ///< [n + 1] into name_bytes
  std::span<const char> name_bytes;   ///< packed, see NodeName
  Column<std::uint32_t> name_hash;    ///< sorted: hashes of all folded names, ids included
  Column<Vertex> name_node;           ///< [name_hash.size()] whose name it is; equal hashes by node
};

/// A name of a node besides its id.
struct NodeName {
  enum class Kind : std::uint8_t { label, alias, code };
  Kind kind = Kind::alias;
  std::string_view tag;  ///< the language of a label, the scheme of a code
  std::string_view text;
};

/// The graph of a database at one revision: immutable, both directions in CSR form, with the columns that
/// analyses filter on. It holds every fact of every day; a `View` says which count.
class Snapshot {
 public:
  /// @param owner  keeps the memory behind the columns alive
  Snapshot(std::shared_ptr<const Ontology> ontology, SnapshotColumns columns, std::vector<std::string> group_names,
           std::shared_ptr<const void> owner);

  [[nodiscard]] const Ontology& ontology() const { return *ontology_; }
  [[nodiscard]] const std::shared_ptr<const Ontology>& shared_ontology() const { return ontology_; }
  [[nodiscard]] const SnapshotColumns& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::string>& group_names() const { return group_names_; }
  [[nodiscard]] Vertex vertex_count() const { return static_cast<Vertex>(columns_.node_key.size()); }
  [[nodiscard]] Arc edge_count() const { return static_cast<Arc>(columns_.edge_key.size()); }

  /// The functions below take what a damaged file may hold for what it is. @throws DamagedSnapshot
  [[nodiscard]] std::string_view id(Vertex v) const {
    const auto begin = columns_.id_offset[v];
    const auto end = columns_.id_offset[v + std::size_t{1}];
    if (begin > end || end > columns_.id_bytes.size()) damaged();
    return {columns_.id_bytes.data() + begin, static_cast<std::size_t>(end - begin)};
  }
  /// Exact (case-sensitive) id. O(log n)
  [[nodiscard]] std::optional<Vertex> find(std::string_view id) const;
  [[nodiscard]] const NodeType& type(Vertex v) const {
    if (columns_.node_type[v] >= ontology_->node_types().size()) damaged();
    return ontology_->node_types()[columns_.node_type[v]];
  }
  [[nodiscard]] const EdgeType& type_of_edge(Arc e) const {
    if (columns_.edge_type[e] >= ontology_->edge_types().size()) damaged();
    return ontology_->edge_types()[columns_.edge_type[e]];
  }
  [[nodiscard]] Role role(Arc e) const { return roles_[columns_.edge_type[e]]; }
  /// The side of a market that the node describes: its type's, unless its attribute names another (a remainder,
  /// "others", that stands beside the countries of a market).
  [[nodiscard]] Layer layer(Vertex v) const { return static_cast<Layer>(columns_.node_layer[v]); }
  /// Whether the node stands for whoever is not named, "other makers": its attribute says so, or it stands in a layer
  /// that is not its type's. Nobody can stop a remainder as one, so it is no candidate where losses are looked for.
  /// @see graph/SEMANTICS.md §2.12
  [[nodiscard]] bool is_remainder(Vertex v) const { return columns_.node_remainder[v] != 0; }
  /// Share as a fraction in [0, 1], NaN when unknown: the column's float as the nearest multiple of 1e-7, so that a
  /// share written as 0.6 is 0.6 again.
  [[nodiscard]] double share(Arc e) const;
  [[nodiscard]] std::string_view group_name(Arc e) const {
    if (columns_.group[e] >= group_names_.size()) damaged();
    return group_names_[columns_.group[e]];
  }

  /// Things that the edge says it replaces in what a generic requires, besides the one at its end; sorted. O(log)
  [[nodiscard]] std::vector<Vertex> replaced_by(Arc e) const;

  /// Out-edges of `v` are the edge numbers [first, last).
  struct ArcRange {
    Arc first, last;
  };
  [[nodiscard]] ArcRange out_edges(Vertex v) const {
    const Arc first = columns_.out_offset[v];
    const Arc last = columns_.out_offset[v + std::size_t{1}];
    if (first > last || last > edge_count()) damaged();
    return {first, last};
  }
  [[nodiscard]] std::span<const Arc> in_edges(Vertex v) const {
    const Arc begin = columns_.in_offset[v];
    const Arc end = columns_.in_offset[v + std::size_t{1}];
    if (begin > end || end > edge_count()) damaged();
    return {columns_.in_arc.data() + begin, end - begin};
  }

  /// Whether labels and other names were loaded besides the ids.
  [[nodiscard]] bool has_names() const { return !columns_.name_offset.empty(); }
  /// Names besides the id, in the store's order. @pre has_names()
  [[nodiscard]] std::vector<NodeName> names(Vertex v) const;
  /// The label in a language, as `label_of` chooses it. @pre has_names()
  [[nodiscard]] std::string_view label(Vertex v, std::string_view language) const;
  /// Nodes one of whose names, the id included, folds to `folded`; sorted. @pre has_names()
  [[nodiscard]] std::vector<Vertex> named(std::string_view folded) const;

  /// Looks at every number that is used as a place in an array, so that global algorithms need not. O(n + m)
  /// @throws DamagedSnapshot
  void validate() const;
  /// What was counted when it was built; nothing where a file is mapped, which has it: SnapshotFile::counts().
  [[nodiscard]] const std::optional<RecordCounts>& counts() const { return counts_; }
  void keep_counts(RecordCounts counts) { counts_ = std::move(counts); }
  /// Tells the system that the pages of a mapped file may leave memory; they come back when they are touched. A walk
  /// over a large graph calls it so that its memory stays small. Does nothing where no file is mapped.
  void forget_pages() const {
    if (forget_) forget_();
  }
  /// Whether the columns lie in a mapped file.
  [[nodiscard]] bool is_mapped() const { return static_cast<bool>(forget_); }
  void on_forget(std::function<void()> forget) { forget_ = std::move(forget); }

 private:
  [[noreturn]] static void damaged();
  std::shared_ptr<const Ontology> ontology_;
  SnapshotColumns columns_;
  std::vector<std::string> group_names_;
  std::vector<Role> roles_;
  std::shared_ptr<const void> owner_;
  std::function<void()> forget_;
  std::optional<RecordCounts> counts_;
};

/// One node handed to the builder. `Text` is std::string, or std::string_view where the texts live until it has it.
template <typename Text>
struct BasicSnapshotNode {
  Text id;
  std::int64_t key = 0;
  std::uint16_t type = 0;
  Text since, until;  ///< as in Node
  Variants variants = Variants::unsettled;
  bool released = false;
  std::optional<Layer> layer = {};  ///< instead of its type's
  bool variants_complete = false;
  bool remainder = false;  ///< stands for whoever is not named
};
using SnapshotNode = BasicSnapshotNode<std::string>;
using SnapshotNodeView = BasicSnapshotNode<std::string_view>;

/// One edge handed to the builder; nodes by the key of SnapshotNode, 0 for none. `Text` as above.
template <typename Text>
struct BasicSnapshotEdge {
  Text id;  ///< empty: `hash` as 16 hex digits, which takes less memory than to write them
  std::uint64_t hash = 0;
  std::int64_t key = 0;
  std::uint16_t type = 0;
  std::int64_t from = 0, to = 0, item = 0, market = 0, origin = 0;
  std::optional<double> share, performance, confidence, amount;
  Text unit;
  Text since, until, as_of;
  Bound bound = Bound::exact;
  Status status = Status::reported;
  Significance significance = Significance::unstated;
  std::uint8_t mode = 0;
  Text role;  ///< of a type that lists no roles; else `mode` says it
  Text group;
  std::uint32_t k = 0;
  Text source_date;
  std::vector<std::string> replaces = {};  ///< ids or aliases of nodes; what names no node, or several, is passed over
};
using SnapshotEdge = BasicSnapshotEdge<std::string>;
using SnapshotEdgeView = BasicSnapshotEdge<std::string_view>;

/// Sorts and packs nodes and edges. Order of the input does not matter, but what comes in the snapshot's order (nodes
/// by id, edges by from, type, to and id) need not be moved.
/// @throws SchemaError when an edge names a node that was not handed over, when two nodes have one id or key, when a
///         type number is not in the ontology, or when a date is none (the store checked all of these already)
/// @note O((n + m) log m) time, O(n + m) where the input is in order; one copy of the columns, and none of those whose
///       values are all equal
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(std::shared_ptr<const Ontology> ontology);
  ~SnapshotBuilder();
  SnapshotBuilder(const SnapshotBuilder&) = delete;
  SnapshotBuilder& operator=(const SnapshotBuilder&) = delete;
  /// Makes room for as many; a guess is enough.
  void reserve(std::size_t nodes, std::size_t edges);
  void add(const SnapshotNode& node);
  void add(const SnapshotNodeView& node);
  void add(const SnapshotEdge& edge);
  void add(const SnapshotEdgeView& edge);
  /// A name of a node besides its id; `folded` is what it is looked up by. Names of one node keep their order. Where
  /// none is added, the snapshot has no names.
  /// @param node_key  of a node that is added before `build`
  void add_name(std::int64_t node_key, const NodeName& name, std::string_view folded);
  /// How many records the database holds that are no part of the graph; for RecordCounts.
  void set_other_counts(std::int64_t observations, std::int64_t sources, std::int64_t datasets);
  /// @param settled_from  a day from which on, for a year, questions will be asked; it makes them fast and changes no
  ///                      answer
  [[nodiscard]] std::shared_ptr<const Snapshot> build(std::int32_t settled_from = day_open_from) &&;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint
