#include "store/connection/connection.hpp"

#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/schema_sql.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <map>
#include <system_error>

namespace chokepoint::detail {

namespace {

constexpr int longest_value = 256 << 20;  ///< bytes of one value or row

/// A `file:` URI; needed for `immutable=1`, so every byte that means something in a URI is escaped.
std::string file_uri(const std::filesystem::path& path, bool immutable) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return immutable ? uri + "?immutable=1" : uri;
}

std::int64_t pragma(SQLite::Database& connection, const std::string& name) {
  SQLite::Statement statement(connection, "PRAGMA " + name);
  return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

void set_pragma(SQLite::Database& connection, const std::string& name, std::int64_t value) {
  SQLite::Statement(connection, fmt::format("PRAGMA {}={}", name, value)).executeStep();
  if (pragma(connection, name) != value)
    throw StoreError(ErrorKind::io, fmt::format("SQLite did not accept {}={}", name, value));
}

void configure(SQLite::Database& connection, int option, int value) {
  int now = -1;
  if (sqlite3_db_config(connection.getHandle(), option, value, &now) != SQLITE_OK || now != value)
    throw StoreError(ErrorKind::io, fmt::format("SQLite did not accept the setting {}", option));
}

/// FTS5 keeps its index in tables of its own, whose SQL is SQLite's. Ours has no content and no column sizes, so these
/// three are all; a view or trigger of such a name is none of them.
bool is_index_table(const std::string& type, const std::string& name) {
  return type == "table" && (name == "name_index_data" || name == "name_index_idx" || name == "name_index_config");
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
  throw StoreError(ErrorKind::bad_data, fmt::format("{}: {}", path.string(), why));
}

}  // namespace

[[noreturn]] void rethrow(const std::string& what, const SQLite::Exception& error) {
  const int code = error.getErrorCode();
  std::string hint;
  ErrorKind kind = ErrorKind::io;
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: hint = "; another program is reading or writing it, try again"; break;
    case SQLITE_FULL: hint = "; make room on the disk, nothing was changed"; break;
    case SQLITE_READONLY: hint = "; it or its folder is not writable"; break;
    case SQLITE_CANTOPEN: hint = "; check that the file and its folder can be read"; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      kind = ErrorKind::bad_data;
      hint = "; restore a copy or import the datasets into a new one";
      break;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH: kind = ErrorKind::bad_data; break;
    default: break;
  }
  throw StoreError(kind, fmt::format("{}: {}{}", what, error.what(), hint), error.getExtendedErrorCode());
}

std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& path, OpenMode mode, bool create) {
  return guarded(path.string(), [&] {
    // A Database is for one thread, so SQLite need not lock around every value that is read.
    int flags = SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX;
    flags |= mode == OpenMode::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
    if (create) flags |= SQLite::OPEN_CREATE;
    const std::string name = path == ":memory:" ? ":memory:" : file_uri(path, mode == OpenMode::immutable);
    auto connection = std::make_unique<SQLite::Database>(name, flags, busy_timeout_ms);
    configure(*connection, SQLITE_DBCONFIG_DEFENSIVE, 1);
    configure(*connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    configure(*connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1);
    configure(*connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    // No statement of ours comes near these; a hostile one shall not exhaust memory or open further files.
    sqlite3_limit(connection->getHandle(), SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(connection->getHandle(), SQLITE_LIMIT_LENGTH, longest_value);
    set_pragma(*connection, "cell_size_check", 1);
    // Extra: the folder is synced when the journal is gone from it, without which a commit may be undone by a power
    // cut.
    set_pragma(*connection, "synchronous", 3);
    SQLite::Statement(*connection, "PRAGMA mmap_size=0").executeStep();
    // Spilled pages and sorters go to files, so that memory stays bounded on large imports.
    set_pragma(*connection, "temp_store", 1);
    set_pragma(*connection, "cache_size", -65536);
    return connection;
  });
}

UncheckedReferences::UncheckedReferences(SQLite::Database& connection) : connection_(connection) {
  configure(connection_, SQLITE_DBCONFIG_ENABLE_FKEY, 0);
}
UncheckedReferences::~UncheckedReferences() {
  sqlite3_db_config(connection_.getHandle(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
}

int verify(SQLite::Database& connection, const std::filesystem::path& path) {
  return guarded(path.string(), [&] {
    const auto application = pragma(connection, "application_id");
    const auto version = pragma(connection, "user_version");
    if (application != application_id) {
      const bool empty = SQLite::Statement(connection, "SELECT 1 FROM sqlite_schema LIMIT 1").executeStep() == false;
      refuse(path, empty ? "an empty database; make one with `chokepoint init FILE`"
                         : "not a chokepoint database; make one with `chokepoint init FILE`");
    }
    if (version > schema_version())
      refuse(path,
             fmt::format("written by a newer chokepoint (schema {}, this program reads up to {}); update the program",
                         version, schema_version()));
    if (version < 1) refuse(path, "a chokepoint database without a schema version; it is damaged");

    // Triggers may bear the names of tables, so names alone do not tell objects apart.
    std::map<std::pair<std::string, std::string>, std::string> found;
    SQLite::Statement statement(connection, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
    while (statement.executeStep()) {
      std::pair<std::string, std::string> object(statement.getColumn(0).getString(),
                                                 statement.getColumn(1).getString());
      if (is_index_table(object.first, object.second)) continue;
      if (!found.emplace(object, statement.getColumn(2).getString()).second)
        refuse(path, fmt::format("holds two of the {} {}; it is not trusted", object.first, object.second));
    }
    for (const SchemaObject& object : schema_objects(static_cast<int>(version))) {
      const auto it = found.find({object.type, object.name});
      if (it == found.end()) refuse(path, fmt::format("{} is missing; the database is damaged", object.name));
      if (it->second != object.sql)
        refuse(path, fmt::format("{} is not as this program wrote it; it is not trusted", object.name));
      found.erase(it);
    }
    if (!found.empty()) {
      const auto& [type, name] = found.begin()->first;
      refuse(path, fmt::format("holds the {} {}, which this program did not write; it is not trusted", type, name));
    }
    return static_cast<int>(version);
  });
}

void roll_back_interrupted_change(const std::filesystem::path& path) {
  // The header tells whose file it is; a journal beside a file of others is none of our business.
  constexpr std::streamoff application_id_at = 68;
  std::array<unsigned char, 4> bytes{};
  std::ifstream file(path, std::ios::binary);
  file.seekg(application_id_at);
  file.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
  std::uint32_t application = 0;
  for (const unsigned char byte : bytes) application = (application << 8U) | byte;
  if (!file || application != static_cast<std::uint32_t>(application_id)) refuse(path, "not a chokepoint database");
  try {
    const auto connection = connect(path, OpenMode::write, false);
    guarded(path.string(), [&] { pragma(*connection, "user_version"); });
  } catch (const StoreError& error) {
    throw StoreError(
        error.kind(),
        fmt::format("{}: a change was interrupted and must be rolled back before it can be read, which needs the "
                    "right to write ({})",
                    path.string(), error.what()),
        error.sqlite_code);
  }
}

}  // namespace chokepoint::detail
