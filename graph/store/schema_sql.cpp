#include "store/schema_sql.hpp"

#include "model/embedded.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace chokepoint::detail {

namespace {

std::string without_comments(std::string_view block) {
  std::string sql;
  while (!block.empty()) {
    const auto end = block.find('\n');
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    if (line.starts_with("--")) continue;
    if (!sql.empty()) sql += '\n';
    sql += line;
  }
  while (!sql.empty() && (sql.back() == ';' || sql.back() == '\n')) sql.pop_back();
  return sql;
}

/// What `CREATE [UNIQUE|VIRTUAL] TYPE name [… ON table] …` makes.
SchemaObject object_of(const std::string& sql) {
  SchemaObject object{{}, {}, {}, sql};
  bool after_on = false;
  for (std::size_t at = 0, words = 0; at < sql.size() && object.table.empty();) {
    const auto end = std::min(sql.find_first_of(" \n(", at), sql.size());
    const std::string word = sql.substr(at, end - at);
    at = std::min(sql.find_first_not_of(" \n", end), sql.size());
    if (word == "UNIQUE" || word == "VIRTUAL") continue;
    ++words;
    if (words == 2)
      std::transform(word.begin(), word.end(), std::back_inserter(object.type),
                     [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    if (words == 3) object.name = word;
    if (words == 3 && object.type != "index" && object.type != "trigger") break;
    if (after_on) object.table = word;
    after_on = word == "ON";
  }
  return object;
}

}  // namespace

std::vector<std::string> schema_statements() {
  const auto text = embedded("schema/001_initial.sql");
  if (!text) throw std::logic_error("the schema was not compiled in");
  std::vector<std::string> statements;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    std::string sql = without_comments(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    if (sql.empty()) continue;
    // A trigger's body ends in a semicolon of its own: `… ; END`.
    statements.push_back(std::move(sql));
  }
  return statements;
}

std::vector<SchemaObject> schema_objects() {
  std::vector<SchemaObject> objects;
  for (const std::string& sql : schema_statements()) objects.push_back(object_of(sql));
  return objects;
}

std::vector<SchemaObject> schema_triggers() {
  auto objects = schema_objects();
  std::erase_if(objects, [](const SchemaObject& object) { return object.type != "trigger"; });
  return objects;
}

}  // namespace chokepoint::detail
