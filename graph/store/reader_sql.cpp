#include "chokepoint/store/reader.hpp"

#include "store/impl.hpp"

#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <string_view>

namespace chokepoint {

namespace {

constexpr const char* only_reading =
    "sql: only queries that read are run; use `import` and `remove` to change the database";

/// Reading, functions and recursion are allowed; everything else, and every pragma that takes a value, is not.
int authorise(void*, int action, const char*, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_PRAGMA: return second == nullptr ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

/// The authorizer belongs to the connection; it is taken off again however the query ends.
struct Authorised {
  explicit Authorised(sqlite3* handle) : handle_(handle) { sqlite3_set_authorizer(handle_, authorise, nullptr); }
  ~Authorised() { sqlite3_set_authorizer(handle_, nullptr, nullptr); }
  Authorised(const Authorised&) = delete;
  Authorised& operator=(const Authorised&) = delete;
  sqlite3* handle_;
};

Json cell_of(const SQLite::Column& column) {
  if (column.isNull()) return Json(nullptr);
  if (column.isInteger()) return Json(static_cast<std::int64_t>(column.getInt64()));
  if (column.isFloat()) return Json(column.getDouble());
  if (column.isText()) {
    std::string text = column.getString();
    // A database edited with other tools may hold any bytes; JSON output may not.
    return Json(is_valid_utf8(text) ? std::move(text) : escape_for_terminal(text));
  }
  std::string hex = "x'";
  const auto* bytes = static_cast<const unsigned char*>(column.getBlob());
  for (int i = 0; i < column.getBytes(); ++i) hex += fmt::format("{:02x}", bytes[i]);
  return Json(hex + "'");
}

/// SQLiteCpp tells neither whether a statement only reads nor what follows it, so SQLite is asked directly.
void refuse_unless_one_reading_statement(sqlite3* handle, const std::string& query) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  if (sqlite3_prepare_v2(handle, query.c_str(), -1, &raw, &tail) != SQLITE_OK) return;  // reported when it is run
  const bool reads = raw == nullptr || sqlite3_stmt_readonly(raw) != 0;
  const bool empty = raw == nullptr;
  sqlite3_finalize(raw);
  if (empty) throw UsageError("sql: the query is empty");
  if (!reads) throw UsageError(only_reading);
  if (std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos)
    throw UsageError("sql: one statement at a time");
}

}  // namespace

Reader::SqlResult Reader::sql(std::string_view query) const {
  SQLite::Database& connection = *database_->impl().connection;
  const std::string text(query);
  SqlResult result;
  try {
    const Authorised guard(connection.getHandle());
    refuse_unless_one_reading_statement(connection.getHandle(), text);
    SQLite::Statement statement(connection, text);
    for (int i = 0; i < statement.getColumnCount(); ++i) result.columns.emplace_back(statement.getColumnName(i));
    while (statement.executeStep()) {
      std::vector<Json> row;
      for (int i = 0; i < statement.getColumnCount(); ++i) row.push_back(cell_of(statement.getColumn(i)));
      result.rows.push_back(std::move(row));
    }
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_AUTH) throw UsageError(only_reading);
    if (error.getErrorCode() == SQLITE_ERROR) throw UsageError(fmt::format("sql: {}", error.what()));
    detail::rethrow("sql", error);
  }
  return result;
}

}  // namespace chokepoint
