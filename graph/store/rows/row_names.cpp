// The names that nodes are found by: their rows in `alias`, and the tokens of all of them in `name_index`.

#include "chokepoint/model/text.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/bigrams.hpp"
#include "store/rows/node_names.hpp"
#include "store/rows/row_writer.hpp"
#include "store/rows/rows.hpp"
#include "store/sqlite_pages/row_feed.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

/// Sorts names and drops repeated ones.
void tidy(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// Every folded name a node is found by.
std::vector<std::string> folded_names(SQLite::Statement& aliases, std::int64_t key) {
  std::vector<std::string> names;
  aliases.reset();
  aliases.bind(1, key);
  while (aliases.executeStep()) names.push_back(aliases.getColumn(0).getString());
  aliases.reset();
  tidy(names);
  return names;
}

std::string tokens_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) append_bigrams(text, name);
  return text;
}

/// The rows of `name_index` out of the names that `alias` has for each node.
class IndexRows : public RowSource {
 public:
  explicit IndexRows(SQLite::Database& connection)
      : names_(connection, "SELECT node, folded FROM alias ORDER BY node"), more_(names_.step()) {}
  [[nodiscard]] std::span<const Cell> row() const override { return cells_; }

  bool next() override {
    do {
      if (!more_) return false;
      const std::int64_t node = names_.integer(0);
      folded_.clear();
      for (; more_ && names_.integer(0) == node; more_ = names_.step()) folded_.emplace_back(names_.text(1));
      tidy(folded_);
      tokens_ = tokens_of(folded_);
      cells_ = {node, std::string_view(tokens_)};
    } while (tokens_.empty());
    return true;
  }

 private:
  RawStatement names_;
  bool more_;
  std::vector<std::string> folded_;
  std::string tokens_;
  std::array<Cell, 2> cells_;
};

}  // namespace

void RowWriter::write_names(const Node& node, std::int64_t key) {
  for_each_name(node, [&](NameKind kind, std::string_view tag, std::string_view name, const std::string& folded) {
    add_alias_.bind(1, folded);
    add_alias_.bind(2, key);
    add_alias_.bind(3, std::string(name_kinds[kind]));
    add_alias_.bind(4, std::string(tag));
    add_alias_.bind(5, std::string(name));
    run(add_alias_);
  });
  stale_names_.try_emplace(key);
}

void RowWriter::flush_names() {
  for (const auto& [key, indexed] : stale_names_) {
    if (!indexed.empty()) {
      // A contentless index forgets a row only when it is told what the row held.
      unindex_name_.bind(1, key);
      unindex_name_.bind(2, indexed);
      run(unindex_name_);
    }
    const std::string tokens = tokens_of(folded_names(aliases_, key));
    if (tokens.empty()) continue;
    index_name_.bind(1, key);
    index_name_.bind(2, tokens);
    run(index_name_);
  }
  stale_names_.clear();
}

void RowWriter::erase_names(std::int64_t key) {
  const auto names = folded_names(aliases_, key);
  if (names.empty()) return;
  stale_names_.try_emplace(key, tokens_of(names));
  erase_aliases_.bind(1, key);
  run(erase_aliases_);
}

void RowWriter::index_all_names() {
  IndexRows rows(connection_);
  insert_rows(connection_, "name_index (rowid, bigrams)", 2, rows);
}

void RowWriter::reindex_names() {
  connection_.exec("INSERT INTO name_index (name_index) VALUES ('delete-all')");
  RowReader rows(connection_, ontology_);
  std::vector<std::pair<std::int64_t, Node>> nodes;
  {
    SQLite::Statement statement(connection_, select_node());
    while (statement.executeStep()) nodes.push_back(rows.node(statement));
  }
  connection_.exec("DELETE FROM alias");
  for (const auto& [key, node] : nodes) write_names(node, key);
  stale_names_.clear();
  index_all_names();
}

}  // namespace chokepoint::detail
