#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>

namespace chokepoint::detail {

/// Brings a database of an older schema to the newest one, in one transaction: rows stay as they are, since later
/// versions only add columns behind those that are there.
/// @param version  of its schema, which was verified. @throws SQLite::Exception; the database is then as before
void migrate(SQLite::Database& connection, int version);

/// Shows a reader of an older file, which stays as it is, the newest views: they are made for the connection alone.
/// @param version  at least `readable_schema_version()`
void show_newest_views(SQLite::Database& connection, int version);

/// A copy in memory of a database of an older schema, brought to the newest one: for reading a file that must not be
/// changed.
std::unique_ptr<SQLite::Database> migrated_copy(SQLite::Database& connection, int version);

}  // namespace chokepoint::detail
