#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace chokepoint::detail {

/// Copies all pages of one database over those of another.
class PageCopy {
 public:
  PageCopy(SQLite::Database& from, SQLite::Database& to)
      : to_(to), backup_(sqlite3_backup_init(to.getHandle(), "main", from.getHandle(), "main")) {
    if (backup_ == nullptr) throw SQLite::Exception(to.getHandle());
  }
  /// What was not finished is undone.
  ~PageCopy() {
    if (backup_ != nullptr) sqlite3_backup_finish(backup_);
  }
  PageCopy(const PageCopy&) = delete;
  PageCopy& operator=(const PageCopy&) = delete;

  /// @return whether there are pages left
  bool step(int pages) {
    const int code = sqlite3_backup_step(backup_, pages);
    if (code != SQLITE_OK && code != SQLITE_DONE) throw SQLite::Exception(sqlite3_errstr(code), code);
    return code == SQLITE_OK;
  }
  void finish() {
    const int code = sqlite3_backup_finish(backup_);
    backup_ = nullptr;
    if (code != SQLITE_OK) throw SQLite::Exception(to_.getHandle(), code);
  }

 private:
  SQLite::Database& to_;
  sqlite3_backup* backup_;
};

}  // namespace chokepoint::detail
