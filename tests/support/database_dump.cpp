#include "tests/support/database_dump.hpp"

#include "chokepoint/model/json.hpp"
#include "chokepoint/store/reader.hpp"

namespace chokepoint::test {

namespace {

std::string line(const char* kind, const Json& record) {
  return "{\"" + std::string(kind) + "\":" + to_text(record) + "}\n";
}

ImportOptions dated(ImportOptions options) {
  if (options.at.empty()) options.at = "2026-01-01T00:00:00Z";
  if (options.dataset.empty()) options.dataset = "d";
  return options;
}

}  // namespace

std::string records_of(const Database& database, std::string_view dataset) {
  const Reader reader(database);
  std::string text;
  reader.for_each_source(dataset, [&](const Source& source) { text += line("source", to_json(source)); });
  reader.for_each_node(dataset, [&](const Node& node) { text += line("node", to_json(node)); });
  reader.for_each_edge(dataset, [&](const Edge& edge) { text += line("edge", to_json(edge)); });
  reader.for_each_observation(dataset, [&](const Observation& o) { text += line("observation", to_json(o)); });
  return text;
}

std::string rows_of(const Database& database) {
  const Reader reader(database);
  std::string text;
  for (const auto& table : reader
                               .sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL AND name <> "
                                    "'name_index' ORDER BY name")
                               .rows) {
    const std::string& name = table.front().as_string();
    text += "-- " + name + "\n";
    for (const auto& row : reader.sql("SELECT * FROM \"" + name + "\" ORDER BY 1, 2").rows) {
      for (const Json& cell : row) text += to_text(cell) + "|";
      text += '\n';
    }
  }
  return text;
}

ImportReport import_lines(Database& database, std::string_view text, ImportOptions options) {
  return import_text(database, "test.json", text, dated(std::move(options)));
}

std::string problems_of(Database& database, std::string_view text, ImportOptions options) {
  try {
    import_lines(database, text, std::move(options));
    return {};
  } catch (const IngestError& error) {
    std::string all;
    for (const Problem& problem : error.problems)
      all += std::to_string(problem.line) + ": " + problem.record + ": " + problem.message + "\n";
    return all;
  }
}

}  // namespace chokepoint::test
