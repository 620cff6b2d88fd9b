#pragma once

#include "store/side_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace chokepoint::detail {

/// What SQLite need not look at while a fresh database is filled in bulk, because the writer knows it already: foreign keys
/// (seven look-ups for every edge) and the CHECKs of the tables (the rules of the dataset format, which every record has
/// passed). @pre no transaction is open, neither when this begins nor when it ends
class UncheckedKeys {
 public:
  explicit UncheckedKeys(SQLite::Database& connection) : connection_(connection), side_files_(connection) {
    connection_.exec("PRAGMA foreign_keys=0");
    connection_.exec("PRAGMA ignore_check_constraints=1");
  }
  ~UncheckedKeys() {
    connection_.tryExec("PRAGMA ignore_check_constraints=0");
    connection_.tryExec("PRAGMA foreign_keys=1");
  }
  UncheckedKeys(const UncheckedKeys&) = delete;
  UncheckedKeys& operator=(const UncheckedKeys&) = delete;

 private:
  SQLite::Database& connection_;
  SideFiles side_files_;
};

}  // namespace chokepoint::detail
