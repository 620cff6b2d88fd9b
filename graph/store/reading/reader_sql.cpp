#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string_view>

namespace chokepoint {

namespace {

constexpr const char* only_reading =
    "sql: only queries that read are run; use `import` and `remove` to change the database";

/// An answer is held in memory, so it is bounded.
constexpr std::int64_t most_rows = 1'000'000;
constexpr std::int64_t most_bytes = std::int64_t{256} << 20U;

/// Pragmas that only look, some of them at what their argument names. All others change the connection or the file.
bool only_looks(std::string_view pragma, bool has_argument) {
  constexpr std::string_view with_argument[] = {
      "table_info",  "table_xinfo",      "table_list",        "index_list",      "index_info",
      "index_xinfo", "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check"};
  constexpr std::string_view alone[] = {"application_id", "user_version",   "schema_version", "page_count",
                                        "page_size",      "freelist_count", "encoding",       "foreign_keys",
                                        "database_list",  "collation_list", "function_list",  "compile_options",
                                        "pragma_list",    "data_version",   "module_list"};
  const auto in = [&](const auto& names) {
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view name) {
      return name.size() == pragma.size() &&
             sqlite3_strnicmp(name.data(), pragma.data(), static_cast<int>(name.size())) == 0;
    });
  };
  return in(with_argument) || (!has_argument && in(alone));
}

/// Reading, functions and recursion are allowed, and pragmas that only look. Virtual tables such as json_each declare
/// their columns with a CREATE TABLE that makes nothing, which asks to write the schema; a statement that does write it
/// is told apart by not being read-only.
int authorise(void*, int action, const char* first, const char* second, const char*, const char*) {
  const std::string_view subject = first == nullptr ? "" : first, detail = second == nullptr ? "" : second;
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_CREATE_TABLE: return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE: return subject == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: return detail == "fts3_tokenizer" || detail == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA: return only_looks(subject, second != nullptr) ? SQLITE_OK : SQLITE_DENY;
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

/// Bytes that a cell takes in the answer, roughly.
std::int64_t size_of(const Json& cell) {
  constexpr std::int64_t base = sizeof(Json);
  return base + (cell.is_string() ? static_cast<std::int64_t>(cell.as_string().size()) : 0);
}

struct Finalise {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// SQLiteCpp tells neither whether a statement only reads nor what follows it, so SQLite is asked directly.
/// @throws UsageError unless the query is one statement that reads; one that does not compile is reported when it is
/// run
void refuse_unless_one_reading_statement(sqlite3* handle, const std::string& query) {
  if (query.find('\0') != std::string::npos) throw UsageError("sql: the query holds a NUL character");
  bool seen = false;
  for (const char* rest = query.c_str(); *rest != '\0';) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(handle, rest, -1, &raw, &rest);
    const std::unique_ptr<sqlite3_stmt, Finalise> statement(raw);
    if (code == SQLITE_OK && !statement) continue;  // blanks and comments
    if (seen) throw UsageError("sql: one statement at a time");
    if (code != SQLITE_OK) return;
    if (sqlite3_stmt_readonly(statement.get()) == 0) throw UsageError(only_reading);
    seen = true;
  }
  if (!seen) throw UsageError("sql: the query is empty");
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
    for (std::int64_t bytes = 0; statement.executeStep();) {
      std::vector<Json> row;
      row.reserve(result.columns.size());
      for (int i = 0; i < statement.getColumnCount(); ++i) {
        row.push_back(cell_of(statement.getColumn(i)));
        bytes += size_of(row.back());
      }
      result.rows.push_back(std::move(row));
      if (bytes > most_bytes || std::ssize(result.rows) > most_rows)
        throw UsageError(fmt::format("sql: more than {} rows or 256 MiB; add LIMIT", most_rows));
    }
  } catch (const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
      case SQLITE_AUTH: throw UsageError(only_reading);
      case SQLITE_ERROR:
      case SQLITE_TOOBIG:
      case SQLITE_MISMATCH: throw UsageError(fmt::format("sql: {}", error.what()));
      default: detail::rethrow("sql", error);
    }
  }
  return result;
}

}  // namespace chokepoint
