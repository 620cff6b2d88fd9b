#pragma once

#include <string>
#include <vector>

namespace chokepoint::detail {

/// `user_version` this program writes and the newest it reads: one for each file `data/schema/00N_….sql`.
int schema_version();
/// The oldest version that is read as it stands: files that came since say `-- readers: not needed`. They add indexes
/// or a log of changes, without which writing and the question after it take longer, or views, which are made for the
/// connection. A file of an older version is read
/// as a copy that was brought up.
int readable_schema_version();

/// A table, index, view or trigger.
struct SchemaObject {
  std::string type, name, table;  ///< as in sqlite_schema; `table` of an index is what it is on
  std::string sql;                ///< as SQLite stores it
  friend bool operator==(const SchemaObject&, const SchemaObject&) = default;
};
/// Every object of a version, in the order in which they can be made.
/// @pre 1 <= version <= schema_version()
std::vector<SchemaObject> schema_objects(int version = schema_version());
/// The triggers; dropped while the program itself writes, which counts its changes once.
std::vector<SchemaObject> schema_triggers();

}  // namespace chokepoint::detail
