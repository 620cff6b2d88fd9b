#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/snapshot/snapshot.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/record_columns.hpp"
#include "store/rows/stored_values.hpp"
#include "store/sqlite_pages/row_reader.hpp"

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

/// The first columns of an edge, up to its source; those of plain fields are found by their members.
namespace edge_at {
constexpr int from_node = edge_column("from_node"), type = edge_column("type"), to_node = edge_column("to_node"),
              key = edge_column("key"), hash = edge_column("hash"), name = edge_column("name"),
              attributes = edge_column("attributes"), source = edge_column("source"), count = source + 1;
template <auto Member>
constexpr int field = edge_column(plain_field<Member>().column_name());
}  // namespace edge_at

/// Those columns, of edges in no order.
std::string select_edges();

/// Columns that most edges of large graphs have none of, as bits: all but share, since and until.
constexpr std::uint32_t rest_of_edge = [] {
  std::uint32_t bits = std::uint32_t{1} << static_cast<unsigned>(edge_at::attributes);
  for_each_first_column<Edge>([&](const auto& field) {
    if (field.name != "share" && field.name != "since" && field.name != "until")
      bits |= std::uint32_t{1} << static_cast<unsigned>(edge_column(field.column_name()));
  });
  return bits;
}();

/// Calls `visit(name of the column)` for the columns that name nodes.
template <class Visit>
void for_each_node_of_edge(Visit&& visit) {
  visit("from_node");
  visit("to_node");
  for_each_first_column<Edge>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node) visit(field.column_name());
  });
}

/// What analyses read of a node's attributes.
void read_attributes(const StoredRow& row, std::string_view attributes, SnapshotNodeView& node);
/// What they read of an edge's; empty where it is not there.
std::string text_attribute(const StoredRow& row, std::string_view attributes, std::string_view key);
std::vector<std::string> texts_attribute(const StoredRow& row, std::string_view attributes, std::string_view key);
std::uint8_t mode_of(const StoredRow& row, const EdgeType& type, std::string_view attributes);

/// Whether an edge has anything of what most have none of.
template <class Rows>
bool has_rest(const Rows& rows) {
  for (int column = 0; column < edge_at::count; ++column)
    if ((rest_of_edge >> static_cast<unsigned>(column) & 1U) != 0 && !rows.is_null(column)) return true;
  return false;
}
inline bool has_rest(const PageRowReader& row) { return row.has_any(rest_of_edge); }

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

/// A number, count or word, checked.
template <auto Member, class Rows>
auto edge_value(const StoredRow& row, const Rows& rows) {
  return stored_value(plain_field<Member>(), row, rows, edge_at::field<Member>);
}
template <auto Member, class Rows>
std::string_view edge_text(const Rows& rows) {
  return rows.text(edge_at::field<Member>);
}

/// @param role  holds the text that the edge's role is a view of
template <class Rows>
void read_rest(const Rows& rows, const EdgeType& edge_type, std::string& role, SnapshotEdgeView& edge) {
  const StoredRow row{"edge", edge.key};
  const auto checked = [&](std::string_view value, const char* name) {
    if (!is_valid_utf8(value)) refuse_value(row, name, "the text is not UTF-8");
    return value;
  };
  const auto node = [&](int column, const char* name) {
    // 0 stands for none in a snapshot, and is no key.
    if (!rows.is_null(column) && rows.integer(column) == 0) refuse_value(row, name, "no node has the key 0");
    return rows.integer(column);
  };
  edge.item = node(edge_at::field<&Edge::item>, "item");
  edge.market = node(edge_at::field<&Edge::market>, "market");
  edge.origin = node(edge_at::field<&Edge::origin>, "origin");
  edge.performance = edge_value<&Edge::performance>(row, rows);
  edge.confidence = edge_value<&Edge::confidence>(row, rows);
  edge.amount = edge_value<&Edge::amount>(row, rows);
  edge.unit = checked(edge_text<&Edge::unit>(rows), "unit");
  edge.as_of = edge_text<&Edge::as_of>(rows);
  edge.bound = edge_value<&Edge::bound>(row, rows);
  edge.status = edge_value<&Edge::status>(row, rows);
  edge.significance = edge_value<&Edge::significance>(row, rows);
  const std::string_view more = rows.text(edge_at::attributes);
  edge.mode = mode_of(row, edge_type, more);
  role = edge_type.roles.empty() ? text_attribute(row, more, "role") : std::string();
  edge.role = role;
  if (edge_type.role == Role::need || edge_type.role == Role::step)
    edge.replaces = texts_attribute(row, more, "replaces");
  edge.group = checked(edge_text<&Edge::group>(rows), "group_name");
  edge.k = edge_value<&Edge::k>(row, rows).value_or(0);
}

/// @param dates  const std::string*(std::int64_t key): the date of a source; nullptr where there is none of that key
template <class Rows, class Dates>
void load_edges(Rows&& rows, Dates&& dates, const Ontology& ontology, SnapshotBuilder& builder) {
  std::int64_t last_source = 0;
  const std::string* last_date = nullptr;
  SnapshotEdgeView edge;
  std::string role;
  bool has_more = false;
  while (rows.step()) {
    if (has_more) edge = {};  // else all that is set is set anew
    has_more = has_rest(rows);
    edge.key = rows.integer(edge_at::key);
    edge.id = rows.text(edge_at::name);
    edge.hash = static_cast<std::uint64_t>(rows.integer(edge_at::hash));
    edge.from = rows.integer(edge_at::from_node);
    edge.to = rows.integer(edge_at::to_node);
    const StoredRow row{"edge", edge.key};
    if (!edge.id.empty() && !is_valid_id(edge.id)) static_cast<void>(stored_name(row, "name", edge.id));
    edge.share = edge_value<&Edge::share>(row, rows);
    edge.since = edge_text<&Edge::since>(rows);
    edge.until = edge_text<&Edge::until>(rows);
    edge.type = stored_edge_type(row, rows.integer(edge_at::type), ontology);
    const std::int64_t source_key = rows.integer(edge_at::source);
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
