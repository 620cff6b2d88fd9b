#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"

namespace chokepoint::detail {

std::string token_of(SQLite::Database& connection) {
  SQLite::Statement statement(connection, "SELECT value FROM token");
  if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, "the table token is empty; it is damaged");
  return statement.getColumn(0).getString();
}

void LazyConnection::begin() {
  if (!connection_)
    connection_ = open_();
  else
    connection_->exec("BEGIN");
  if (!reads_) return;
  // Reading takes the lock; from here on nobody commits.
  std::string token = token_of(*connection_);
  if (!token_.empty() && token != token_) {
    connection_->exec("ROLLBACK");
    throw StateChanged();
  }
  token_ = std::move(token);
  is_reading_ = true;
}

}  // namespace chokepoint::detail
