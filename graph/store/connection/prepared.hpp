#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cassert>
#include <map>
#include <memory>
#include <string>

namespace chokepoint::detail {

/// Statements that are asked again and again, each prepared once: preparing one costs several times what a look-up by
/// an index does.
class PreparedStatements {
  struct Entry {
    SQLite::Statement statement;
    bool in_use = false;
  };

 public:
  /// A statement for one question: made ready for the next where it ends, since one that stands on a row would lock its
  /// table against changes of the schema.
  class Use {
   public:
    explicit Use(Entry& entry) : entry_(&entry) {
      assert(!entry.in_use);
      entry.in_use = true;
    }
    ~Use() {
      entry_->statement.tryReset();
      entry_->in_use = false;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    SQLite::Statement& operator*() { return entry_->statement; }
    SQLite::Statement* operator->() { return &entry_->statement; }

   private:
    Entry* entry_;
  };

  explicit PreparedStatements(SQLite::Database& connection) : connection_(connection) {}

  /// @pre no other use of the same text is going on
  [[nodiscard]] Use use(const std::string& sql) {
    auto& entry = entries_[sql];
    if (!entry) entry.reset(new Entry{SQLite::Statement(connection_, sql)});
    return Use(*entry);
  }

 private:
  SQLite::Database& connection_;
  std::map<std::string, std::unique_ptr<Entry>> entries_;
};

}  // namespace chokepoint::detail
