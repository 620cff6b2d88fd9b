#pragma once

#include "chokepoint/model/json.hpp"
#include "ingest/tables/edge_direction.hpp"
#include "ingest/tables/table_spool.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The column that says the direction of an edge; no file has one of that name.
inline constexpr std::string_view direction_column = "(direction)";

/// The table of nodes and the table of edges that a reader makes of a graph file.
class GraphTables {
 public:
  explicit GraphTables(TableSet& set) : set_(set), nodes_at_(set.tables.size()) {
    set.add("nodes", FlatKind::nodes);
    set.add("edges", FlatKind::edges);
  }
  [[nodiscard]] SpooledTable& nodes() const { return table(nodes_at_); }
  [[nodiscard]] SpooledTable& edges() const { return table(nodes_at_ + 1); }

  /// Of the edge whose row is open; nullopt: that of the graph, as far as it is known now or said to `finish`.
  void set_direction(std::optional<Direction> direction);
  /// What edges are that do not say it themselves; from here on.
  std::optional<Direction> graph_direction;

  /// Gives edges that came before the graph's direction was known that direction, and leaves out a table without rows.
  void finish();
  /// Puts another table in the place of the nodes or edges.
  void replace(bool edges, std::unique_ptr<SpooledTable> table) {
    set_.tables[nodes_at_ + (edges ? 1U : 0U)] = std::move(table);
  }

 private:
  [[nodiscard]] SpooledTable& table(std::size_t at) const { return static_cast<SpooledTable&>(*set_.tables[at]); }
  TableSet& set_;
  std::size_t nodes_at_;
  std::uint64_t edges_without_direction_ = 0;
};

/// Begins the row of an edge that says that one thing requires another; no column of the file says its type.
SpooledTable& begin_requirement(GraphTables& tables, std::uint64_t line, std::string_view from, std::string_view to);

/// Names of parts of a file that are not read: each once, and the first ten.
class LeftOut {
 public:
  void add(std::string_view name);
  /// Says so, where there is any. @param suffix  behind the names
  void tell(TableSet& set, std::string_view suffix = {}) const;

 private:
  std::vector<std::string> names_;
  bool has_more_ = false;
};

/// Copies the columns of a table, and each row as `fill(row, copy)` sets it.
template <typename Fill>
std::unique_ptr<SpooledTable> copy_table(const SpooledTable& from, Fill&& fill) {
  auto copy = std::make_unique<SpooledTable>(from.name(), from.kind());
  for (const RawColumn& column : from.columns()) copy->column(column.name, column.type, column.role, column.key);
  const auto rows = from.rows({});
  for (FlatRow row; rows->next(row);) {
    copy->begin_row(row.line, row.number);
    fill(row, *copy);
    copy->end_row();
  }
  return copy;
}

/// Sets all values of a row, save those of some columns, in a copy of its table.
void copy_values(const FlatRow& row, SpooledTable& copy, std::span<const std::size_t> without = {});

/// Sets the members of an object. One that has the name of a column in `taken` keeps its container's name in front.
void put_members(SpooledTable& table, const Json& object, std::string_view container,
                 std::span<const std::string_view> taken, std::span<const std::string_view> visual = {});

}  // namespace chokepoint::detail
