#pragma once

#include "chokepoint/model/record_fields.hpp"
#include "store/rows/stored_values.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace chokepoint::detail {

// The plain fields of records as columns. A table begins with what is its own, then has the fields that the first
// schema had, then what all tables end with; columns that later schemas brought stand behind that.

/// Calls `visit(field)` for the fields that the first schema had, in the order in which a table declares them.
template <typename Record, typename Visit>
constexpr void for_each_first_column(Visit&& visit) {
  for_each_field<Record>([&](const auto& field) {
    if (field.schema == 1) visit(field);
  });
}

/// Places of fields in `record_fields`, ordered by the schemas that brought them.
template <typename Record>
inline constexpr auto places_by_schema = std::apply(
    [](const auto&... fields) {
      std::array<int, sizeof...(fields)> schemas{fields.schema...};
      std::array<std::size_t, sizeof...(fields)> places{};
      for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
      std::sort(places.begin(), places.end(),
                [&](std::size_t a, std::size_t b) { return std::pair(schemas[a], a) < std::pair(schemas[b], b); });
      return places;
    },
    record_fields<Record>);

template <std::size_t Place>
using PlaceInRecord = std::integral_constant<std::size_t, Place>;

/// Calls `visit(field, place in record_fields)` for the fields that later schemas brought, likewise.
template <typename Record, typename Visit>
constexpr void for_each_later_column(Visit&& visit) {
  const auto visit_later = [&]<std::size_t Place>(PlaceInRecord<Place> place) {
    if constexpr (std::get<Place>(record_fields<Record>).schema > 1)
      visit(std::get<Place>(record_fields<Record>), place);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) { (visit_later(PlaceInRecord<places_by_schema<Record>[I]>()), ...); }
  (std::make_index_sequence<places_by_schema<Record>.size()>());
}

/// Where the table of edges has a column, counted from 0; how many there are for what it has not.
constexpr int edge_column(std::string_view wanted) {
  int at = 0;
  bool is_found = false;
  const auto pass = [&](std::string_view name) {
    is_found = is_found || name == wanted;
    at += is_found ? 0 : 1;
  };
  for (const std::string_view name : {"from_node", "type", "to_node", "key", "hash", "name"}) pass(name);
  for_each_first_column<Edge>([&](const auto& field) { pass(field.column_name()); });
  for (const std::string_view name : {"attributes", "source", "locator", "dataset", "read"}) pass(name);
  for_each_later_column<Edge>([&](const auto& field, auto) { pass(field.column_name()); });
  return at;
}

/// `e.item, e.market, …`: the columns of all plain fields, in the order of the data model.
template <typename Record>
std::string field_columns(std::string_view prefix = {}) {
  std::string list;
  for_each_field<Record>([&](const auto& field) {
    if (!list.empty()) list += ", ";
    list.append(prefix).append(field.column_name());
  });
  return list;
}

/// ` LEFT JOIN node item_node ON item_node.key = e.item …`: the nodes that the plain fields of a row name.
template <typename Record>
std::string node_joins(std::string_view table) {
  std::string joins;
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node) {
      const std::string column(field.column_name()), joined = column + "_node";
      joins.append(" LEFT JOIN node ").append(joined).append(" ON ").append(joined).append(".key = ");
      joins.append(table).append(".").append(column);
    }
  });
  return joins;
}

/// `, item_node.id, …`: the ids of those nodes.
template <typename Record>
std::string joined_ids() {
  std::string list;
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node)
      list.append(", ").append(field.column_name()).append("_node.id");
  });
  return list;
}

/// A number, count or word of a row, checked. @param row  has `text`, `integer`, `real` and `is_null` of a column
template <FieldKind Kind, typename Record, typename Value, typename Row>
Value stored_value(const RecordField<Kind, Record, Value>& field, const StoredRow& place, const Row& row, int column) {
  if constexpr (Kind == FieldKind::number)
    return stored_number(place, field.column_name(), row.real(column), field.least, field.most);
  else if constexpr (Kind == FieldKind::count)
    return row.is_null(column) ? Value() : stored_count(place, field.column_name(), row.integer(column));
  else
    return stored_word<Value>(place, field.column_name(), row.text(column));
}

/// Reads the plain fields of a record from columns that stand one behind the other, and checks them.
/// @param row  as above. @param node_id  gives the id of a node: (place among the fields that name nodes, column, its
///             name). @return the column behind them
template <typename Record, typename Row, typename NodeId>
int read_fields(Record& record, const StoredRow& place, const Row& row, int column, const NodeId& node_id) {
  std::size_t nodes = 0;
  for_each_field<Record>([&](const auto& field) {
    constexpr FieldKind kind = field_kind<decltype(field)>;
    auto& value = record.*field.member;
    if constexpr (kind == FieldKind::node) {
      if (!row.is_null(column)) value = node_id(nodes, column, field.column_name());
      ++nodes;
    } else if constexpr (kind == FieldKind::text) {
      value = stored_text(place, field.column_name(), row.text(column));
    } else if constexpr (kind == FieldKind::date) {
      value = stored_date(place, field.column_name(), row.text(column));
    } else {
      value = stored_value(field, place, row, column);
    }
    ++column;
  });
  return column;
}

}  // namespace chokepoint::detail
