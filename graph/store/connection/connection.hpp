#pragma once

#include "chokepoint/store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

namespace chokepoint::detail {

/// `application_id` of our files: "ChkP".
inline constexpr int application_id = 0x43686b50;
inline constexpr int busy_timeout_ms = 5000;

/// Opens and sets up a connection; every pragma is read back. Creates a file only with `create`.
std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& path, OpenMode mode, bool create);

/// Refuses files that are not ours, are newer than this program, are damaged or hold tables, views or triggers other
/// than the schema's. @return the version of its schema. @throws StoreError
int verify(SQLite::Database& connection, const std::filesystem::path& path);

/// Whether the first bytes are those of a database of ours that this program reads, and no change is left half done
/// beside it. Says nothing about the rest of the file.
bool looks_sound(const std::filesystem::path& path);

/// While it lives, rows go without SQLite's search for those that refer to them, which reads a whole table a row where
/// no index helps; within a transaction, too.
/// @pre whoever takes rows out looks for what refers to them, all at once
class UncheckedReferences {
 public:
  explicit UncheckedReferences(SQLite::Database& connection);
  ~UncheckedReferences();
  UncheckedReferences(const UncheckedReferences&) = delete;
  UncheckedReferences& operator=(const UncheckedReferences&) = delete;

 private:
  SQLite::Database& connection_;
};

/// Rolls back what a program that died while writing left in a file of ours. A connection that only reads cannot.
/// @throws StoreError when the file is not ours or cannot be written
void roll_back_interrupted_change(const std::filesystem::path& path);

}  // namespace chokepoint::detail
