#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace chokepoint::detail {

/// Foreign keys are not enforced while this lives: SQLite would look up seven keys for every edge of a bulk import, whose
/// writer knows them already. @pre no transaction is open, neither when this begins nor when it ends
class UncheckedKeys {
 public:
  explicit UncheckedKeys(SQLite::Database& connection) : connection_(connection) {
    connection_.exec("PRAGMA foreign_keys=0");
  }
  ~UncheckedKeys() { connection_.tryExec("PRAGMA foreign_keys=1"); }
  UncheckedKeys(const UncheckedKeys&) = delete;
  UncheckedKeys& operator=(const UncheckedKeys&) = delete;

 private:
  SQLite::Database& connection_;
};

}  // namespace chokepoint::detail
