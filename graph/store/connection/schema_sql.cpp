#include "store/connection/schema_sql.hpp"

#include "model/embedded.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace chokepoint::detail {

namespace {

/// `schema/001_initial.sql` and those after it, whose numbers begin with a digit.
const std::vector<std::string_view>& schema_files() {
  static const std::vector<std::string_view> files = [] {
    std::vector<std::string_view> names = embedded_names();  // sorted
    std::erase_if(names,
                  [](std::string_view name) { return !name.starts_with("schema/0") || !name.ends_with(".sql"); });
    return names;
  }();
  return files;
}

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

/// The statements of a file of the schema, in order, without comments.
std::vector<std::string> statements_of(std::string_view file) {
  std::vector<std::string> statements;
  std::string_view rest = embedded(file).value();
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

/// The text of a table with a column behind its others, before what is said of the table as a whole.
void add_column(std::string& table, std::string_view column) {
  const auto keys = table.find(",\n  PRIMARY KEY (");
  table.insert(keys == std::string::npos ? table.rfind("\n)") : keys, ",\n  " + std::string(column));
}

/// What a statement of a later file makes of the objects before it.
void apply(const std::string& sql, std::vector<SchemaObject>& objects) {
  constexpr std::string_view alter = "ALTER TABLE ", add = " ADD COLUMN ";
  const auto object_where = [&](auto is_meant) { return std::find_if(objects.begin(), objects.end(), is_meant); };
  if (sql.starts_with(alter)) {
    const auto name_end = sql.find(add);
    const std::string name = sql.substr(alter.size(), name_end - alter.size());
    const auto table = object_where([&](const SchemaObject& o) { return o.type == "table" && o.name == name; });
    if (name_end == std::string::npos || table == objects.end())
      throw std::logic_error("the schema alters no table: " + sql);
    add_column(table->sql, std::string_view(sql).substr(name_end + add.size()));
    return;
  }
  SchemaObject made = object_of(sql);
  const auto known = object_where([&](const SchemaObject& o) { return o.type == made.type && o.name == made.name; });
  if (known == objects.end())
    objects.push_back(std::move(made));
  else
    *known = std::move(made);
}

}  // namespace

int schema_version() { return static_cast<int>(schema_files().size()); }

int readable_schema_version() {
  static const int oldest = [] {
    const auto is_needed_by_readers = [](std::string_view file) {
      return embedded(file).value().find("\n-- readers: not needed\n") == std::string_view::npos;
    };
    std::size_t version = schema_files().size();
    while (version > 1 && !is_needed_by_readers(schema_files()[version - 1])) --version;
    return static_cast<int>(version);
  }();
  return oldest;
}

std::vector<SchemaObject> schema_objects(int version) {
  std::vector<SchemaObject> objects;
  for (int i = 0; i < version; ++i)
    for (const std::string& sql : statements_of(schema_files()[static_cast<std::size_t>(i)])) apply(sql, objects);
  return objects;
}

std::vector<SchemaObject> schema_triggers() {
  auto objects = schema_objects();
  std::erase_if(objects, [](const SchemaObject& object) { return object.type != "trigger"; });
  return objects;
}

}  // namespace chokepoint::detail
