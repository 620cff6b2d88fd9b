#pragma once

#include "chokepoint/snapshot/snapshot.hpp"
#include "snapshot/snapshot_data.hpp"

#include <string_view>

namespace chokepoint::detail {

/// Appends a node of a snapshot to another that is being made.
inline void copy_node(const Snapshot& from, Vertex v, SnapshotData& to) {
  const SnapshotColumns& columns = from.columns();
  const std::string_view id = from.id(v);
  to.id_bytes.insert(to.id_bytes.end(), id.begin(), id.end());
  to.id_offset.push_back(to.id_bytes.size());
  to.node_key.push_back(columns.node_key[v]);
  to.node_type.push_back(columns.node_type[v]);
  to.node_from.push_back(columns.node_from[v]);
  to.node_to.push_back(columns.node_to[v]);
  to.node_variants.push_back(columns.node_variants[v]);
  to.node_released.push_back(columns.node_released[v]);
  to.node_layer.push_back(columns.node_layer[v]);
  to.node_complete.push_back(columns.node_complete[v]);
  to.node_remainder.push_back(columns.node_remainder[v]);
}

/// Appends an edge, but for its claim and what it replaces. @param number  Vertex(Vertex): the new number of a node
/// @param group  the new number of its group
template <class Number>
void copy_edge(const SnapshotColumns& from, Arc e, const Number& number, std::uint32_t group, SnapshotData& to) {
  const auto qualifier = [&](Vertex v) { return v == no_vertex ? v : number(v); };
  to.from.push_back(number(from.from[e]));
  to.to.push_back(number(from.to[e]));
  to.edge_type.push_back(from.edge_type[e]);
  for_each_edge_column([&](const auto& column) { (to.*column.buffer).push_back((from.*column.view)[e]); }, full_columns,
                       rare_columns);
  for_each_edge_column([&](const auto& column) { (to.*column.buffer).push_back(qualifier((from.*column.view)[e])); },
                       named_node_columns);
  to.group.push_back(group);
  to.gate.push_back(from.gate[e]);
}

}  // namespace chokepoint::detail
