#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/stored_values.hpp"
#include "store/sqlite_pages/row_reader.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

// Rows of `node` and `edge` on their way into a snapshot, from SQLite or from the pages of its file. `Rows` is what
// RawStatement and PageRowReader have in common: step(), integer(), real(), text(), is_null().

// Columns of the tables, in the order in which the schema declares them. A scan by SQLite leaves out what is not needed
// without moving the others.
namespace node_column {
enum : int { key, id, id_folded, type, labels, codes, description, since, until, attributes, count };
constexpr const char* select = "SELECT key, id, NULL, type, NULL, NULL, NULL, since, until, attributes FROM node";
}  // namespace node_column

namespace edge_column {
enum : int {
  from_node,
  type,
  to_node,
  key,
  hash,
  name,
  item,
  market,
  origin,
  share,
  amount,
  unit,
  performance,
  as_of,
  bound,
  status,
  significance,
  confidence,
  since,
  until,
  group_name,
  k,
  attributes,
  source,
  count
};
constexpr const char* select =
    "SELECT from_node, type, to_node, key, hash, name, item, market, origin, share, amount, unit, performance, as_of, "
    "bound, status, significance, confidence, since, until, group_name, k, attributes, source FROM edge";
/// What most edges of large graphs have none of.
constexpr std::array rest = {item,  market, origin,       amount,     unit,       performance, as_of,
                             bound, status, significance, confidence, group_name, k,           attributes};
}  // namespace edge_column

/// What analyses read of a node's attributes.
void read_attributes(const StoredRow& row, std::string_view attributes, SnapshotNodeView& node);
/// What they read of an edge's; empty where it is not there.
std::string text_attribute(const StoredRow& row, std::string_view attributes, std::string_view key);
std::vector<std::string> texts_attribute(const StoredRow& row, std::string_view attributes, std::string_view key);
std::uint8_t mode_of(const StoredRow& row, const EdgeType& type, std::string_view attributes);

/// Whether an edge has anything of what most have none of.
template <class Rows>
bool has_rest(const Rows& rows) {
  for (const int column : edge_column::rest)
    if (!rows.is_null(column)) return true;
  return false;
}
inline bool has_rest(const PageRowReader& row) {
  constexpr std::uint32_t columns = [] {
    std::uint32_t bits = 0;
    for (const int column : edge_column::rest) bits |= std::uint32_t{1} << static_cast<unsigned>(column);
    return bits;
  }();
  return row.has_any(columns);
}

template <class Rows>
void load_nodes(Rows&& rows, const Ontology& ontology, SnapshotBuilder& builder) {
  using namespace node_column;
  while (rows.step()) {
    SnapshotNodeView node;
    node.key = rows.integer(key);
    const StoredRow row{"node", node.key};
    node.id = rows.text(id);
    if (!is_valid_id(node.id)) static_cast<void>(required_id(row, "id", node.id));
    node.type = stored_node_type(row, rows.integer(type), ontology);
    node.since = rows.text(since);
    node.until = rows.text(until);
    const std::string_view more = rows.text(attributes);
    if (!more.empty()) read_attributes(row, more, node);
    builder.add(node);
  }
}

/// @param role  holds the text that the edge's role is a view of
template <class Rows>
void read_rest(const Rows& rows, const EdgeType& edge_type, std::string& role, SnapshotEdgeView& edge) {
  using namespace edge_column;
  const StoredRow row{"edge", edge.key};
  const auto text = [&](int column, const char* name) {
    const std::string_view value = rows.text(column);
    if (!is_valid_utf8(value)) refuse_value(row, name, "the text is not UTF-8");
    return value;
  };
  const auto node = [&](int column, const char* name) {
    // 0 stands for none in a snapshot, and is no key.
    if (!rows.is_null(column) && rows.integer(column) == 0) refuse_value(row, name, "no node has the key 0");
    return rows.integer(column);
  };
  edge.item = node(item, "item");
  edge.market = node(market, "market");
  edge.origin = node(origin, "origin");
  edge.performance = stored_performance(row, rows.real(performance));
  edge.confidence = stored_fraction(row, "confidence", rows.real(confidence));
  edge.amount = stored_amount(row, "amount", rows.real(amount));
  edge.unit = text(unit, "unit");
  edge.as_of = rows.text(as_of);
  edge.bound = stored_bound(row, rows.text(bound));
  edge.status = stored_status(row, rows.text(status));
  edge.significance = stored_significance(row, rows.text(significance));
  const std::string_view more = rows.text(attributes);
  edge.mode = mode_of(row, edge_type, more);
  role = edge_type.roles.empty() ? text_attribute(row, more, "role") : std::string();
  edge.role = role;
  if (edge_type.role == Role::need || edge_type.role == Role::step)
    edge.replaces = texts_attribute(row, more, "replaces");
  edge.group = text(group_name, "group_name");
  edge.k = rows.is_null(k) ? 0 : stored_k(row, rows.integer(k));
}

/// @param dates  const std::string*(std::int64_t key): the date of a source; nullptr where there is none of that key
template <class Rows, class Dates>
void load_edges(Rows&& rows, Dates&& dates, const Ontology& ontology, SnapshotBuilder& builder) {
  using namespace edge_column;
  std::int64_t last_source = 0;
  const std::string* last_date = nullptr;
  SnapshotEdgeView edge;
  std::string role;
  bool has_more = false;
  while (rows.step()) {
    if (has_more) edge = {};  // else all that is set is set anew
    has_more = has_rest(rows);
    edge.key = rows.integer(key);
    edge.id = rows.text(name);
    edge.hash = static_cast<std::uint64_t>(rows.integer(hash));
    edge.from = rows.integer(from_node);
    edge.to = rows.integer(to_node);
    const StoredRow row{"edge", edge.key};
    if (!edge.id.empty() && !is_valid_id(edge.id)) static_cast<void>(stored_name(row, "name", edge.id));
    edge.share = stored_fraction(row, "share", rows.real(share));
    edge.since = rows.text(since);
    edge.until = rows.text(until);
    edge.type = stored_edge_type(row, rows.integer(type), ontology);
    const std::int64_t source_key = rows.integer(source);
    if (source_key != last_source || last_date == nullptr) {
      last_date = dates(source_key);
      if (last_date == nullptr) refuse_value(row, "source", "no source has this key");
      last_source = source_key;
    }
    edge.source_date = *last_date;
    if (has_more) read_rest(rows, ontology.edge_types()[edge.type], role, edge);
    builder.add(edge);
  }
}

}  // namespace chokepoint::detail
