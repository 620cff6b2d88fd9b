#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace chokepoint::detail {

/// What happens while it lives is kept when it is committed and undone otherwise: a transaction, or inside of one that
/// is open already a savepoint of it.
class Change {
 public:
  explicit Change(SQLite::Database& connection)
      : connection_(connection), inner_(sqlite3_get_autocommit(connection.getHandle()) == 0) {
    connection_.exec(inner_ ? "SAVEPOINT change" : "BEGIN IMMEDIATE");
  }
  ~Change() {
    if (committed_) return;
    if (!inner_) {
      connection_.tryExec("ROLLBACK");
      return;
    }
    connection_.tryExec("ROLLBACK TO change");
    connection_.tryExec("RELEASE change");
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  [[nodiscard]] bool inner() const { return inner_; }
  void commit() {
    connection_.exec(inner_ ? "RELEASE change" : "COMMIT");
    committed_ = true;
  }

 private:
  SQLite::Database& connection_;
  bool inner_;
  bool committed_ = false;
};

}  // namespace chokepoint::detail
