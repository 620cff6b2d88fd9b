#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace chokepoint::detail {

/// A prepared statement for loops over many rows: unlike SQLiteCpp's it copies no text it binds or reads, and it hands
/// values from one statement to another as they are. Errors are SQLite::Exception, as everywhere in the store.
class RawStatement {
 public:
  RawStatement(SQLite::Database& connection, const std::string& sql);
  ~RawStatement();
  RawStatement(const RawStatement&) = delete;
  RawStatement& operator=(const RawStatement&) = delete;

  /// Parameters count from 1. They keep their values until they are bound again.
  void bind(int index, std::int64_t value);
  void bind(int index, const std::optional<double>& value);
  /// @pre `text` lives until the statement was run: it is not copied
  void bind(int index, std::string_view text);
  /// An empty text is NULL. @pre as above
  void bind_unless_empty(int index, std::string_view text);
  void bind_null(int index);
  /// The value of a column, copied.
  void bind_column(int index, const RawStatement& row, int column);

  /// @return whether there is a row
  bool step();
  /// Runs to the end and makes ready for the next run.
  void run();
  void reset();

  /// Columns count from 0. @pre step() returned true
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::optional<double> real(int column) const;  ///< nullopt for NULL
  /// Valid until the next step; empty for NULL.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void check(int code) const;
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

/// The first column of the first row of a query, if there is one.
std::optional<std::int64_t> single_integer(SQLite::Database& connection, const std::string& sql);

}  // namespace chokepoint::detail
