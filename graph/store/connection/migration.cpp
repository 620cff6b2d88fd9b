#include "store/connection/migration.hpp"

#include "store/connection/connection.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/page_copy.hpp"
#include "store/connection/schema_sql.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

namespace {

/// While it lives, the text of the schema can be written like a table, which a defended connection forbids.
class OpenSchema {
 public:
  explicit OpenSchema(SQLite::Database& connection) : connection_(connection) { set(0, "ON"); }
  ~OpenSchema() { set(1, "OFF"); }
  OpenSchema(const OpenSchema&) = delete;
  OpenSchema& operator=(const OpenSchema&) = delete;

 private:
  void set(int defended, const char* writable) {
    int now = 0;
    sqlite3_db_config(connection_.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, &now);
    connection_.tryExec(fmt::format("PRAGMA writable_schema={}", writable));
    sqlite3_db_config(connection_.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, defended, &now);
  }
  SQLite::Database& connection_;
};

/// A table gets the text that says of its further columns; anything else that differs is made anew.
void bring_up(SQLite::Database& connection, const SchemaObject& wanted, const SchemaObject* there) {
  if (there != nullptr && *there == wanted) return;
  if (there == nullptr || wanted.type != "table") {
    if (there != nullptr) connection.exec(fmt::format("DROP {} {}", wanted.type, wanted.name));
    connection.exec(wanted.sql);
    return;
  }
  SQLite::Statement text(connection, "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?");
  text.bind(1, wanted.sql);
  text.bind(2, wanted.name);
  text.exec();
}

/// The connection reads the schema again.
void renew_schema(SQLite::Database& connection) {
  const std::int64_t cookie = connection.execAndGet("PRAGMA schema_version").getInt64();
  connection.exec(fmt::format("PRAGMA schema_version={}", cookie + 1));
}

}  // namespace

void migrate(SQLite::Database& connection, int version) {
  const std::vector<SchemaObject> before = schema_objects(version);
  const OpenSchema open(connection);
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  // Somebody may have been faster.
  if (connection.execAndGet("PRAGMA user_version").getInt() != version) return;
  const auto bring_all_up = [&](bool tables) {
    for (const SchemaObject& wanted : schema_objects()) {
      if ((wanted.type == "table") != tables) continue;
      const auto there = std::find_if(before.begin(), before.end(), [&](const SchemaObject& object) {
        return object.type == wanted.type && object.name == wanted.name;
      });
      bring_up(connection, wanted, there == before.end() ? nullptr : &*there);
    }
  };
  bring_all_up(true);
  renew_schema(connection);
  bring_all_up(false);
  connection.exec("INSERT OR IGNORE INTO token VALUES (1, lower(hex(randomblob(16))))");
  // Source 0 stands for any, until all records have been looked at for who cites what.
  connection.exec("INSERT OR IGNORE INTO foreign_citation VALUES (0, 0)");
  connection.exec(fmt::format("PRAGMA user_version={}", schema_version()));
  transaction.commit();
}

void show_newest_views(SQLite::Database& connection, int version) {
  const std::vector<SchemaObject> there = schema_objects(version);
  constexpr std::string_view create = "CREATE ";
  for (const SchemaObject& wanted : schema_objects())
    if (wanted.type == "view" && std::find(there.begin(), there.end(), wanted) == there.end())
      connection.exec(fmt::format("CREATE TEMP {}", std::string_view(wanted.sql).substr(create.size())));
}

std::unique_ptr<SQLite::Database> migrated_copy(SQLite::Database& connection, int version) {
  auto copy = connect(":memory:", OpenMode::write, true);
  PageCopy pages(connection, *copy);
  pages.step(-1);
  pages.finish();
  migrate(*copy, version);
  return copy;
}

}  // namespace chokepoint::detail
