#include "chokepoint/present/sql.hpp"
#include "chokepoint/store/reader.hpp"
#include "present/words/facts.hpp"

namespace chokepoint {

Answer sql_answer(Session& session, const SqlParams& params) {
  const Reader::SqlResult found = session.reader().sql(params.query);
  Answer answer{.command = "sql", .result = Json::object(), .coverage = Json::object()};
  Json columns = Json::array(), rows = Json::array();
  Table table;
  for (const std::string& name : found.columns) {
    columns.push(name);
    table.columns.push_back({name, name, true});
  }
  for (const auto& row : found.rows) {
    Json values = Json::array();
    std::vector<Cell> cells;
    for (const Json& value : row) {
      values.push(value);
      cells.push_back(detail::value_cell(value));
    }
    rows.push(std::move(values));
    table.rows.push_back(std::move(cells));
  }
  answer.result.set("columns", std::move(columns));
  answer.result.set("rows", std::move(rows));
  answer.tables.push_back(std::move(table));
  return answer;
}

}  // namespace chokepoint
