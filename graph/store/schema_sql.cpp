#include "store/schema_sql.hpp"

#include "model/embedded.hpp"

#include <stdexcept>

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

/// `CREATE [UNIQUE|VIRTUAL] KIND name …`
std::string object_name(const std::string& sql) {
  std::size_t at = 0;
  std::string word;
  for (int words = 0; at < sql.size();) {
    const auto end = sql.find_first_of(" \n(", at);
    word = sql.substr(at, end - at);
    at = sql.find_first_not_of(" \n", end);
    if (word == "UNIQUE" || word == "VIRTUAL") continue;
    if (++words == 3) return word;
  }
  return {};
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

std::vector<std::pair<std::string, std::string>> schema_objects() {
  std::vector<std::pair<std::string, std::string>> objects;
  for (std::string& sql : schema_statements()) {
    std::string name = object_name(sql);
    objects.emplace_back(std::move(name), std::move(sql));
  }
  return objects;
}

std::vector<std::pair<std::string, std::string>> schema_triggers() {
  auto objects = schema_objects();
  std::erase_if(objects, [](const auto& object) { return !object.second.starts_with("CREATE TRIGGER"); });
  return objects;
}

}  // namespace chokepoint::detail
