#pragma once

#include <string>
#include <vector>

namespace chokepoint::detail {

/// The statements of all migrations up to the newest schema, in order, without comments.
std::vector<std::string> schema_statements();
/// A table, index, view or trigger.
struct SchemaObject {
  std::string type, name, table;  ///< as in sqlite_schema; `table` of an index is what it is on
  std::string sql;                ///< as SQLite stores it
};
/// Every object they create.
std::vector<SchemaObject> schema_objects();
/// The triggers; dropped while the program itself writes, which counts its changes once.
std::vector<SchemaObject> schema_triggers();

}  // namespace chokepoint::detail
