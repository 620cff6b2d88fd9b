#pragma once

#include "chokepoint/store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

namespace detail {

/// The token of the state that a connection reads. @throws StoreError where there is none
std::string token_of(SQLite::Database& connection);

/// A connection that is opened and checked when it is first used: questions that a snapshot answers need none. One for
/// reading stands in a transaction, so that everything that is read is of one state; it may be let go and is then begun
/// again, of the same state or not at all.
class LazyConnection {
 public:
  LazyConnection& operator=(std::unique_ptr<SQLite::Database> connection) {
    connection_ = std::move(connection);
    return *this;
  }
  /// @param reads  what `open` returns has begun a transaction
  void open_with(std::function<std::unique_ptr<SQLite::Database>()> open, bool reads) {
    open_ = std::move(open);
    reads_ = reads;
  }
  /// @throws what opening a database throws; StateChanged
  SQLite::Database& operator*() {
    if (!connection_ || (reads_ && !is_reading_)) begin();
    return *connection_;
  }
  SQLite::Database* operator->() { return &**this; }
  void reset() { connection_.reset(); }

  [[nodiscard]] bool is_open() const { return connection_ != nullptr; }
  [[nodiscard]] bool is_reading() const { return is_reading_; }
  /// What is read from now on is of this state.
  void expect(std::string token) { token_ = std::move(token); }
  void end_reading() {
    connection_->exec("COMMIT");
    is_reading_ = false;
  }

 private:
  void begin();

  std::function<std::unique_ptr<SQLite::Database>()> open_;
  std::unique_ptr<SQLite::Database> connection_;
  bool reads_ = false, is_reading_ = false;
  std::string token_;  ///< empty until something was read
};

}  // namespace detail

/// What a Database holds: the connection and the ontology read from it. Statements are local to the functions that
/// use them, so that none is alive when the connection closes.
struct Database::Impl {
  detail::LazyConnection connection;
  std::shared_ptr<const Ontology> ontology;  ///< null until it was asked for
  std::filesystem::path path;
  OpenMode mode = OpenMode::read;
  bool keeps_state = false;  ///< the transaction is not let go
  bool is_copy = false;      ///< the connection is to a copy in memory, of a file of an older schema
  /// What a snapshot of this very revision knows of it; nothing until one was opened, and nothing for writers.
  std::optional<DatabaseInfo> known_info;
  std::optional<std::vector<std::pair<std::string, std::string>>> known_datasets;
};

namespace detail {

/// Runs `action`, turning SQLite's exceptions into StoreError with message and code; `what` says what was tried.
template <typename Action>
auto guarded(const std::string& what, Action&& action);

/// @throws StoreError always: `what` failed with `error`
[[noreturn]] void rethrow(const std::string& what, const SQLite::Exception& error);

template <typename Action>
auto guarded(const std::string& what, Action&& action) {
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    rethrow(what, error);
  }
}

}  // namespace detail
}  // namespace chokepoint
