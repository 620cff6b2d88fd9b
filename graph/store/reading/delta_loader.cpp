#include "store/reading/delta_loader.hpp"

#include "store/connection/raw_statement.hpp"
#include "store/reading/graph_rows.hpp"
#include "store/reading/logged_changes.hpp"
#include "support/vertex_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

namespace {

/// So much changed, or such things, that a new snapshot is the better way.
class TooMuchChanged : public std::exception {};

/// A statement that is run for one set of parallel edges after the other, as if it were one.
class EdgeRows {
 public:
  EdgeRows(SQLite::Database& connection, const std::set<ParallelEdges>& edges)
      : row_(connection, select_edges() + " WHERE from_node = ? AND type = ? AND to_node = ?"),
        next_(edges.begin()),
        end_(edges.end()) {}

  bool step() {
    while (!is_within_ || !row_.step()) {
      if (is_within_) row_.reset();
      is_within_ = false;
      if (next_ == end_) return false;
      row_.bind(1, next_->from);
      row_.bind(2, next_->type);
      row_.bind(3, next_->to);
      ++next_;
      is_within_ = true;
    }
    if (++count_ > 4 * most_logged) throw TooMuchChanged();
    for_each_node_of_edge([&](std::string_view name) {
      const int column = edge_column(name);
      if (!row_.is_null(column)) nodes_.insert(row_.integer(column));
    });
    return true;
  }
  [[nodiscard]] std::int64_t integer(int column) const { return row_.integer(column); }
  [[nodiscard]] std::optional<double> real(int column) const { return row_.real(column); }
  [[nodiscard]] std::string_view text(int column) const { return row_.text(column); }
  [[nodiscard]] bool is_null(int column) const { return row_.is_null(column); }

  /// Keys of the nodes that the rows named.
  [[nodiscard]] const std::set<std::int64_t>& nodes() const { return nodes_; }

 private:
  RawStatement row_;
  std::set<ParallelEdges>::const_iterator next_, end_;
  std::set<std::int64_t> nodes_;
  std::size_t count_ = 0;
  bool is_within_ = false;
};

/// The same for nodes, by key. Keys of which there is no node are passed over.
class NodeRows {
 public:
  NodeRows(SQLite::Database& connection, const std::set<std::int64_t>& keys)
      : row_(connection, fmt::format("{} WHERE key = ?", node_column::select)), next_(keys.begin()), end_(keys.end()) {}

  bool step() {
    while (next_ != end_) {
      row_.reset();
      row_.bind(1, *next_++);
      if (row_.step()) return true;
    }
    return false;
  }
  [[nodiscard]] std::int64_t integer(int column) const { return row_.integer(column); }
  [[nodiscard]] std::string_view text(int column) const { return row_.text(column); }

 private:
  RawStatement row_;
  std::set<std::int64_t>::const_iterator next_, end_;
};

/// Finds what the log names in the base, and reads it as it is now.
class DeltaLoader {
 public:
  DeltaLoader(SQLite::Database& connection, std::shared_ptr<const Snapshot> base, LoggedChanges changes)
      : connection_(connection),
        base_(std::move(base)),
        changes_(std::move(changes)),
        id_of_node_(connection, "SELECT id FROM node WHERE key = ?"),
        builder_(base_->shared_ontology()) {}

  std::shared_ptr<const DeltaSnapshot> load() {
    if (!base_->columns().replaces_edge.empty()) throw TooMuchChanged();
    for (const auto& [key, ids] : changes_.nodes) add_edges_of_node(key, ids);
    for (const ParallelEdges& edges : changes_.edges) add_old_edges(edges);
    load_rows();
    check_rows();
    sort_unique(delta_.old_edges);
    sort_unique(delta_.old_nodes);
    return std::make_shared<const DeltaSnapshot>(base_, std::move(delta_));
  }

 private:
  /// The node of a key, as the base has it; no_vertex where it has none.
  Vertex of_base(std::int64_t key, const std::set<std::string>& ids) const {
    for (const std::string& id : ids) {
      const auto v = base_->find(id);
      if (v && base_->columns().node_key[*v] == key) return *v;
    }
    return no_vertex;
  }
  Vertex of_base(std::int64_t key) {
    const auto known = of_base_.find(key);
    if (known != of_base_.end()) return known->second;
    std::set<std::string> ids;
    if (const auto logged = changes_.nodes.find(key); logged != changes_.nodes.end()) ids = logged->second;
    const bool is_logged = !ids.empty();
    id_of_node_.reset();
    id_of_node_.bind(1, key);
    if (id_of_node_.step()) ids.emplace(id_of_node_.text(0));
    const Vertex v = of_base(key, ids);
    // A node that is as before is in the base. Else the log does not tell all.
    if (v == no_vertex && !is_logged) throw TooMuchChanged();
    return of_base_[key] = v;
  }

  void add(const ParallelEdges& edges) {
    changes_.edges.insert(edges);
    if (changes_.edges.size() > most_logged) throw TooMuchChanged();
  }

  /// Where a node changed, so did all its edges, those of the base and those that are there now.
  void add_edges_of_node(std::int64_t key, const std::set<std::string>& ids) {
    const SnapshotColumns& columns = base_->columns();
    const Vertex v = of_base_[key] = of_base(key, ids);
    if (v != no_vertex) {
      delta_.old_nodes.push_back(v);
      const auto add_arc = [&](Arc e) {
        if (columns.from[e] >= base_->vertex_count() || columns.to[e] >= base_->vertex_count())
          throw DamagedSnapshot("names a node that is not there");
        add({columns.node_key[columns.from[e]], columns.edge_type[e], columns.node_key[columns.to[e]]});
      };
      const auto [first, last] = base_->out_edges(v);
      for (Arc e = first; e < last; ++e) add_arc(e);
      for (const Arc e : base_->in_edges(v)) {
        if (e >= base_->edge_count()) throw DamagedSnapshot("names an edge that is not there");
        add_arc(e);
      }
    }
    for_each_node_of_edge([&](std::string_view column) {
      RawStatement row(connection_, fmt::format("SELECT from_node, type, to_node FROM edge WHERE {} = ?", column));
      row.bind(1, key);
      while (row.step()) add({row.integer(0), row.integer(1), row.integer(2)});
    });
  }

  void add_old_edges(const ParallelEdges& edges) {
    const Vertex from = of_base(edges.from), to = of_base(edges.to);
    if (from == no_vertex || to == no_vertex) return;
    const SnapshotColumns& columns = base_->columns();
    const auto [first, last] = base_->out_edges(from);
    const auto place = [&](Arc e) { return std::pair(std::int64_t{columns.edge_type[e]}, columns.to[e]); };
    const auto wanted = std::pair(edges.type, to);
    Arc begin = first, end = last;
    while (begin < end) {
      const Arc middle = begin + (end - begin) / 2;
      if (place(middle) < wanted)
        begin = middle + 1;
      else
        end = middle;
    }
    while (end < last && place(end) == wanted) ++end;
    if (begin < end) delta_.old_edges.emplace_back(begin, end);
  }

  void load_rows() {
    RawStatement date(connection_, "SELECT date FROM source WHERE key = ?");
    std::unordered_map<std::int64_t, std::string> known;
    const auto date_of = [&](std::int64_t key) -> const std::string* {
      if (const auto found = known.find(key); found != known.end()) return &found->second;
      date.reset();
      date.bind(1, key);
      if (!date.step()) return nullptr;
      return &known.emplace(key, stored_date({"source", key}, "date", date.text(0))).first->second;
    };
    EdgeRows edges(connection_, changes_.edges);
    load_edges(edges, date_of, base_->ontology(), builder_);
    std::set<std::int64_t> keys = edges.nodes();
    for (const auto& [key, ids] : changes_.nodes) keys.insert(key);
    load_nodes(NodeRows(connection_, keys), base_->ontology(), builder_);
    delta_.rows = std::move(builder_).build(base_->columns().settled_from);
  }

  /// What was not touched must be as the base has it, or the log does not tell all.
  void check_rows() {
    const Snapshot& rows = *delta_.rows;
    if (!rows.columns().replaces_edge.empty()) throw TooMuchChanged();
    for (Vertex row = 0; row < rows.vertex_count(); ++row) {
      const std::int64_t key = rows.columns().node_key[row];
      const bool is_touched = changes_.nodes.contains(key);
      const Vertex v = of_base(key);
      if (!is_touched && !is_same(row, v)) throw TooMuchChanged();
      if (is_touched && v != no_vertex && rows.layer(row) != base_->layer(v)) throw TooMuchChanged();
      // Of one id there was one node.
      const auto of_id = base_->find(rows.id(row));
      if (of_id && !changes_.nodes.contains(base_->columns().node_key[*of_id]) && of_id != v) throw TooMuchChanged();
    }
  }
  [[nodiscard]] bool is_same(Vertex row, Vertex v) const {
    const SnapshotColumns &rows = delta_.rows->columns(), &base = base_->columns();
    return delta_.rows->id(row) == base_->id(v) && rows.node_type[row] == base.node_type[v] &&
           rows.node_from[row] == base.node_from[v] && rows.node_to[row] == base.node_to[v] &&
           rows.node_layer[row] == base.node_layer[v] && rows.node_remainder[row] == base.node_remainder[v];
  }

  SQLite::Database& connection_;
  std::shared_ptr<const Snapshot> base_;
  LoggedChanges changes_;
  RawStatement id_of_node_;
  SnapshotBuilder builder_;
  SnapshotDelta delta_;
  std::map<std::int64_t, Vertex> of_base_;  ///< nodes of the base by key; no_vertex: it has none
};

}  // namespace

std::shared_ptr<const DeltaSnapshot> load_delta(SQLite::Database& connection,
                                                const std::shared_ptr<const Snapshot>& base, const std::string& token) {
  auto changes = changes_since(connection, token);
  if (!changes) return nullptr;
  try {
    return DeltaLoader(connection, base, *std::move(changes)).load();
  } catch (const TooMuchChanged&) {
    return nullptr;
  }
}

}  // namespace chokepoint::detail
