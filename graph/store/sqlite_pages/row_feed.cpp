#include "store/sqlite_pages/row_feed.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <exception>
#include <new>

namespace chokepoint::detail {

namespace {

/// What the virtual table is made with; lives as long as the insertion.
struct Feed {
  RowSource& rows;
  int columns;
  std::exception_ptr failure;
  std::int64_t number = 0;
  bool at_end = false;

  /// No exception may pass through SQLite.
  int advance() {
    try {
      at_end = !rows.next();
      ++number;
      return SQLITE_OK;
    } catch (...) {
      failure = std::current_exception();
      return SQLITE_ABORT;
    }
  }
};

struct FeedTable : sqlite3_vtab {
  Feed* feed = nullptr;
};

Feed& feed_of(sqlite3_vtab_cursor* cursor) { return *static_cast<FeedTable*>(cursor->pVtab)->feed; }

int connect(sqlite3* connection, void* feed, int, const char* const*, sqlite3_vtab** table, char**) {
  auto* made = new (std::nothrow) FeedTable();
  if (made == nullptr) return SQLITE_NOMEM;
  made->feed = static_cast<Feed*>(feed);
  std::string columns = "c0";
  for (int i = 1; i < made->feed->columns; ++i) columns += fmt::format(",c{}", i);
  const int code = sqlite3_declare_vtab(connection, fmt::format("CREATE TABLE feed({})", columns).c_str());
  if (code != SQLITE_OK) {
    delete made;
    return code;
  }
  *table = made;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<FeedTable*>(table);
  return SQLITE_OK;
}

int best_index(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }

int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
  *cursor = new (std::nothrow) sqlite3_vtab_cursor();
  return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete cursor;
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) { return feed_of(cursor).advance(); }
int next(sqlite3_vtab_cursor* cursor) { return feed_of(cursor).advance(); }
int eof(sqlite3_vtab_cursor* cursor) { return feed_of(cursor).at_end ? 1 : 0; }

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int number) {
  const Cell& cell = feed_of(cursor).rows.row()[static_cast<std::size_t>(number)];
  if (const auto* integer = std::get_if<std::int64_t>(&cell))
    sqlite3_result_int64(context, *integer);
  else if (const auto* real = std::get_if<double>(&cell))
    sqlite3_result_double(context, *real);
  else if (const auto* text = std::get_if<std::string_view>(&cell))
    sqlite3_result_text64(context, text->empty() ? "" : text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  return SQLITE_OK;
}

int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* number) {
  *number = feed_of(cursor).number;
  return SQLITE_OK;
}

/// Without xCreate the table is there by its module's name alone.
constexpr sqlite3_module module_of_feed() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = eof;
  module.xColumn = column;
  module.xRowid = rowid;
  return module;
}
constexpr sqlite3_module feed_module = module_of_feed();
constexpr const char* feed_name = "chokepoint_feed";

/// The module is taken off again however the insertion ends.
class Registered {
 public:
  Registered(sqlite3* handle, Feed& feed) : handle_(handle) {
    const int code = sqlite3_create_module(handle_, feed_name, &feed_module, &feed);
    if (code != SQLITE_OK) throw SQLite::Exception(handle_, code);
  }
  ~Registered() { sqlite3_create_module(handle_, feed_name, nullptr, nullptr); }
  Registered(const Registered&) = delete;
  Registered& operator=(const Registered&) = delete;

 private:
  sqlite3* handle_;
};

}  // namespace

void insert_rows(SQLite::Database& connection, const std::string& table, int columns, RowSource& rows) {
  Feed feed{rows, columns, nullptr};
  const Registered registered(connection.getHandle(), feed);
  try {
    connection.exec(fmt::format("INSERT INTO {} SELECT * FROM {}", table, feed_name));
  } catch (const SQLite::Exception&) {
    if (feed.failure) std::rethrow_exception(feed.failure);
    throw;
  }
}

}  // namespace chokepoint::detail
