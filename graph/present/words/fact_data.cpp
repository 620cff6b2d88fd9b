#include "chokepoint/model/record_fields.hpp"
#include "present/words/facts.hpp"

#include <map>
#include <string_view>

namespace chokepoint::detail {

namespace {

Cell text_cell(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }
/// Machine names are their own titles: these tables are for programs.
void add_column(Table& table, std::string_view key) { table.columns.push_back({std::string(key), std::string(key)}); }

template <typename Record>
void add_columns(Table& table) {
  for_each_field<Record>([&](const auto& field) { add_column(table, field.name); });
  add_column(table, "attributes");
  add_column(table, "sources");
}

template <typename Record>
void add_heads(std::vector<Cell>& row, const Record& record) {
  row.emplace_back(record.id);
  for_each_head<Record>([&](const auto& field) { row.emplace_back(record.*field.member); });
}
template <typename Record>
void add_cells(std::vector<Cell>& row, const Record& record) {
  for_each_field<Record>([&](const auto& field) { row.push_back(field_cell(field, record)); });
  row.push_back(text_cell(record.attributes));
  row.push_back(text_cell(citations_text(record.sources)));
}

}  // namespace

Cell value_cell(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_bool()) return value.as_bool();
  if (const auto whole = value.to_integer()) return *whole;
  if (const auto number = value.to_double()) return *number;
  return {};
}

Table edge_data(std::span<const Edge> edges) {
  Table table;
  add_column(table, "id");
  for_each_head<Edge>([&](const auto& field) { add_column(table, field.name); });
  add_columns<Edge>(table);
  for (const Edge& edge : edges) {
    std::vector<Cell>& row = table.rows.emplace_back();
    add_heads(row, edge);
    add_cells(row, edge);
  }
  return table;
}

Table observation_data(std::span<const Observation> observations) {
  Table table;
  add_column(table, "id");
  for_each_head<Observation>([&](const auto& field) { add_column(table, field.name); });
  add_column(table, "value");
  add_columns<Observation>(table);
  for (const Observation& observation : observations) {
    std::vector<Cell>& row = table.rows.emplace_back();
    add_heads(row, observation);
    row.push_back(value_cell(observation.value));
    add_cells(row, observation);
  }
  return table;
}

std::vector<Table> record_data(std::span<const Edge> edges, std::span<const Observation> observations) {
  std::vector<Table> tables{edge_data(edges), observation_data(observations)};
  tables[0].title = "facts";
  tables[1].title = "figures";
  return tables;
}

void add_rival_column(Table& table, const std::vector<std::vector<std::string>>& rivals) {
  std::map<std::string_view, std::string> says;
  for (const auto& set : rivals)
    for (const std::string& id : set) says.emplace(id, id == set.front() ? "counts" : "beside");
  add_column(table, "rival");
  for (std::vector<Cell>& row : table.rows) {
    const auto said = says.find(std::get<std::string>(row.front()));
    row.push_back(said == says.end() ? Cell() : Cell(said->second));
  }
}

}  // namespace chokepoint::detail
