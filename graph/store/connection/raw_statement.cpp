#include "store/connection/raw_statement.hpp"

#include <sqlite3.h>

namespace chokepoint::detail {

RawStatement::RawStatement(SQLite::Database& connection, const std::string& sql) : handle_(connection.getHandle()) {
  check(sqlite3_prepare_v3(handle_, sql.c_str(), static_cast<int>(sql.size()) + 1, SQLITE_PREPARE_PERSISTENT,
                           &statement_, nullptr));
}

RawStatement::~RawStatement() { sqlite3_finalize(statement_); }

void RawStatement::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(handle_, code);
}

void RawStatement::bind(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_, index, value)); }

void RawStatement::bind(int index, const std::optional<double>& value) {
  check(value ? sqlite3_bind_double(statement_, index, *value) : sqlite3_bind_null(statement_, index));
}

void RawStatement::bind(int index, std::string_view text) {
  // An empty view may have no address, which SQLite takes for NULL.
  check(sqlite3_bind_text(statement_, index, text.empty() ? "" : text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC));
}

void RawStatement::bind_unless_empty(int index, std::string_view text) {
  if (text.empty())
    bind_null(index);
  else
    bind(index, text);
}

void RawStatement::bind_null(int index) { check(sqlite3_bind_null(statement_, index)); }

void RawStatement::bind_column(int index, const RawStatement& row, int column) {
  check(sqlite3_bind_value(statement_, index, sqlite3_column_value(row.statement_, column)));
}

bool RawStatement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const SQLite::Exception error(handle_, code);
  sqlite3_reset(statement_);
  throw error;
}

void RawStatement::run() {
  while (step()) {
  }
  reset();
}

void RawStatement::reset() { sqlite3_reset(statement_); }

std::int64_t RawStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<double> RawStatement::real(int column) const {
  if (is_null(column)) return std::nullopt;
  return sqlite3_column_double(statement_, column);
}

std::string_view RawStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool RawStatement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<std::int64_t> single_integer(SQLite::Database& connection, const std::string& sql) {
  RawStatement statement(connection, sql);
  if (!statement.step()) return std::nullopt;
  return statement.integer(0);
}

}  // namespace chokepoint::detail
