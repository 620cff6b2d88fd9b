#pragma once

#include "chokepoint/store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <string>

namespace chokepoint {

/// What a Database holds: the connection and the ontology read from it. Statements are local to the functions that
/// use them, so that none is alive when the connection closes.
struct Database::Impl {
  std::unique_ptr<SQLite::Database> connection;
  std::shared_ptr<const Ontology> ontology;
  std::filesystem::path path;
  OpenMode mode = OpenMode::read;
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
