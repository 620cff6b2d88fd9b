#pragma once

#include <string>
#include <vector>

namespace chokepoint::detail {

/// `user_version` this program writes and the newest it reads: one for each file of `data/schema/00N_….sql`.
inline constexpr int schema_version = 4;
/// The oldest version that is read as it stands: what came since are indexes and a log of
/// changes, without which writing and the question after it take longer.
inline constexpr int readable_schema_version = 2;

/// A table, index, view or trigger.
struct SchemaObject {
  std::string type, name, table;  ///< as in sqlite_schema; `table` of an index is what it is on
  std::string sql;                ///< as SQLite stores it
  friend bool operator==(const SchemaObject&, const SchemaObject&) = default;
};
/// Every object of a version, in the order in which they can be made.
/// @pre 1 <= version <= schema_version
std::vector<SchemaObject> schema_objects(int version = schema_version);
/// The triggers; dropped while the program itself writes, which counts its changes once.
std::vector<SchemaObject> schema_triggers();

}  // namespace chokepoint::detail
