#include "store/reading/logged_changes.hpp"

#include "store/connection/impl.hpp"
#include "store/connection/raw_statement.hpp"

namespace chokepoint::detail {

namespace {

/// Reads the entries from the latest one back.
class ChainReader {
 public:
  ChainReader(SQLite::Database& connection, const std::string& token)
      : token_(token),
        expected_(token_of(connection)),
        row_(connection,
             "SELECT entry, kind, from_node, type, to_node, node, id, before, after FROM change_log ORDER BY entry "
             "DESC") {}

  std::optional<LoggedChanges> read() {
    while (row_.step()) {
      if (!is_next()) return std::nullopt;
      const std::string_view kind = row_.text(1);
      if (kind == "state") {
        // Those of the change that led away from the state stand above the change before it.
        if (row_.text(8) != expected_) return std::nullopt;
        if (is_there_) return std::move(changes_);
        expected_ = row_.text(7);
        is_there_ = expected_ == token_;
      } else if (!add(kind)) {
        return std::nullopt;
      }
    }
    // The first change of all has nothing before it.
    return is_there_ && last_entry_ == 1 ? std::optional(std::move(changes_)) : std::nullopt;
  }

 private:
  /// Whether no entry is missing before the one at hand.
  bool is_next() {
    const std::int64_t entry = row_.integer(0);
    const bool is_next = last_entry_ == 0 || entry == last_entry_ - 1;
    last_entry_ = entry;
    return is_next;
  }
  /// @return false where it is not told what changed, or too much did
  bool add(std::string_view kind) {
    if (kind == "edge") {
      changes_.edges.insert({row_.integer(2), row_.integer(3), row_.integer(4)});
    } else if (kind == "node") {
      changes_.nodes[row_.integer(5)].emplace(row_.text(6));
    } else {
      return false;
    }
    return changes_.edges.size() + changes_.nodes.size() <= most_logged;
  }

  const std::string& token_;
  std::string expected_;  ///< after the change whose entry comes next
  RawStatement row_;
  LoggedChanges changes_;
  std::int64_t last_entry_ = 0;
  bool is_there_ = false;  ///< the change that led away from the state was met
};

}  // namespace

std::optional<LoggedChanges> changes_since(SQLite::Database& connection, const std::string& token) {
  constexpr const char* has_log = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'change_log'";
  if (!single_integer(connection, has_log)) return std::nullopt;  // of an older schema
  return ChainReader(connection, token).read();
}

}  // namespace chokepoint::detail
