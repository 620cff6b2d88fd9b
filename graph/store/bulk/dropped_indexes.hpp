#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

namespace chokepoint::detail {

/// Indexes that are dropped while a table is filled and made again afterwards: sorting once is cheaper than inserting
/// in random order. Inside a transaction, so that a rollback brings them back, too.
class DroppedIndexes {
 public:
  DroppedIndexes(SQLite::Database& connection, std::vector<std::string> names);
  /// Makes them as the schema has them.
  void make_again() const;

 private:
  SQLite::Database& connection_;
  std::vector<std::string> names_;
};

}  // namespace chokepoint::detail
