#include "ingest/importing/edge_name_table.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "ingest/formats/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace chokepoint::detail {

namespace {

using Ends = std::pair<std::string_view, std::string_view>;

std::optional<std::size_t> column_called(const FlatTable& table, std::initializer_list<std::string_view> names) {
  const std::vector<RawColumn>& columns = table.columns();
  for (const std::string_view name : names)
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (fold(columns[i].name) == name) return i;
  return std::nullopt;
}

std::optional<Ends> ends_in(std::string_view name, std::string_view interaction) {
  const std::string middle = fmt::format(" ({}) ", interaction);
  const auto at = name.find(middle);
  if (interaction.empty() || at == std::string_view::npos || at == 0 || at + middle.size() == name.size())
    return std::nullopt;
  return Ends{name.substr(0, at), name.substr(at + middle.size())};
}

}  // namespace

std::optional<TableSet> tables_of_edge_names(const FlatTable& table, const TableOptions& options,
                                             const std::string& file) {
  const auto name = column_called(table, {"shared name", "name"});
  const auto interaction = column_called(table, {"interaction", "shared interaction"});
  if (table.kind() || !name || !interaction) return std::nullopt;
  for (const RawColumn& column : table.columns())
    if (options.columns.find(column.name) != options.columns.end()) return std::nullopt;
  TableSet set;
  SpooledTable& edges = set.add("edges", FlatKind::edges);
  const auto rows = table.rows({});
  for (FlatRow row; rows->next(row);) {
    if (!row.fault.empty()) throw UsageError(fmt::format("{}: row {}: {}", file, row.number, row.fault));
    const auto ends = ends_in(row.values[*name], row.values[*interaction]);
    if (!ends && edges.row_count() == 0) return std::nullopt;
    if (!ends)
      throw UsageError(
          fmt::format("{}: row {}: \"{}\" is no name of an edge such as \"A ({}) B\", as in the rows above; "
                      "export the network as .cyjs or GraphML, which say both ends",
                      file, row.number, row.values[*name], row.values[*interaction]));
    edges.begin_row(row.line, row.number);
    put_role_text(edges, "(source)", Target::from, ends->first);
    put_role_text(edges, "(target)", Target::to, ends->second);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const std::string& column = table.columns()[i].name;
      const bool is_name =
          fold(column) == "name" || fold(column) == "shared name" || fold(column) == "shared interaction";
      if (!is_name || i == *interaction)
        if (!row.values[i].empty()) edges.set(edges.column(column), row.values[i]);
    }
    edges.end_row();
  }
  if (edges.row_count() == 0) return std::nullopt;
  set.remarks.push_back(
      fmt::format("column {}: names such as \"A (interaction) B\" are taken apart into the ends of edges",
                  table.columns()[*name].name));
  return set;
}

}  // namespace chokepoint::detail
