#pragma once

#include "store/sqlite_pages/page_tree.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// The empty trees of a staged database, to be filled page by page while SQLite leaves the file alone. Several threads
/// may each fill trees of their own.
class StagedTrees {
 public:
  /// @param descriptor  of the database's file; closed with the object
  StagedTrees(int descriptor, std::vector<std::pair<std::string, std::uint32_t>> roots);

  /// The tree of a table, when it is WITHOUT ROWID or not, or of one of its indexes; empty. It must be finished.
  PageTree tree(const std::string& name, PageTree::Kind kind);
  /// Called once, when all trees are finished.
  void finish() { pages_.finish(); }

 private:
  std::vector<std::pair<std::string, std::uint32_t>> roots_;
  PageFile pages_;
};

/// What becomes of a database that holds no record yet, built beside it in a temporary file of its own: there nothing
/// need be undone or kept safe, and trees can be written directly. In the end SQLite copies the pages over in one step
/// that is kept or undone as a whole (its backup interface); until then the database is not locked, and whoever writes
/// to it meanwhile wins. In the staged database foreign keys and CHECKs are not looked at: the writer knows them
/// already.
/// @see https://sqlite.org/backup.html
class Staging {
 public:
  /// @return whether a database can be built so. @pre no transaction is open
  static bool suits(SQLite::Database& target);
  /// Copies the target as it is. @pre as above, and until `publish` ends
  explicit Staging(SQLite::Database& target);
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  [[nodiscard]] SQLite::Database& connection() { return *connection_; }

  /// Ends the transaction that is open, fills trees, begins another one. @pre no statement stands on a row
  void fill(const std::function<void(StagedTrees&)>& write);
  /// The same in another thread: until `settle` the connection may read and nothing else.
  /// @param write  looks at its token now and then and ends early when that says so
  void fill_aside(std::function<void(StagedTrees&, const std::stop_token&)> write);
  /// Waits for what `fill_aside` began. @throws what `write` threw
  void settle();

  /// Puts the pages into the target. @param tick  called now and then; what it throws leaves the target as it was
  /// @pre no transaction is open any more
  /// @throws StoreError when the target is locked or was changed
  void publish(const std::function<void()>& tick);

 private:
  /// The staged database, which has no name any more: nothing is left behind however the program ends.
  struct File {
    int descriptor;
    ~File();
  };
  [[nodiscard]] std::unique_ptr<StagedTrees> leave_alone();
  void take_back(StagedTrees& trees);

  SQLite::Database& target_;
  std::uint32_t target_version_ = 0;
  std::unique_ptr<SQLite::Database> connection_;
  File file_;
  std::unique_ptr<StagedTrees> aside_;
  std::exception_ptr failure_;
  std::jthread thread_;  ///< stopped and waited for before anything else goes
};

}  // namespace chokepoint::detail
