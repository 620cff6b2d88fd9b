// The graph as a snapshot: three scans, of the nodes, of their names, and of the edges. They read the pages of the file
// where that can be done, since SQLite's virtual machine would take most of the time (a million edges: 0.35 s, and 0.97 s
// by SQL), and ask SQLite where not.
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/reading/graph_rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

using detail::PageReader;
using detail::PageRowReader;
using detail::RawStatement;

namespace name_column {
enum : int { node, kind, tag, name, folded, count };
// The index lists the names node by node, so that the order of a node's names is the table's.
constexpr const char* select = "SELECT node, kind, tag, name, folded FROM alias ORDER BY node, kind, tag, name";
}  // namespace name_column

template <class Rows>
void load_names(Rows&& rows, SnapshotBuilder& builder) {
  using namespace name_column;
  while (rows.step()) {
    const std::string_view sort = rows.text(kind);
    if (sort == "id") continue;
    const NodeName::Kind number = sort == "label"  ? NodeName::Kind::label
                                  : sort == "code" ? NodeName::Kind::code
                                                   : NodeName::Kind::alias;
    const std::string_view language = rows.text(tag), text = rows.text(name);
    if (!is_valid_utf8(language) || !is_valid_utf8(text))
      detail::refuse_value({"alias", rows.integer(node)}, is_valid_utf8(text) ? "tag" : "name",
                           "the text is not UTF-8");
    builder.add_name(rows.integer(node), {number, language, text}, rows.text(folded));
  }
}

/// Dates of the sources, by key.
auto source_dates(SQLite::Database& connection) {
  std::unordered_map<std::int64_t, std::string> dates;
  RawStatement row(connection, "SELECT key, date FROM source");
  while (row.step())
    dates.emplace(row.integer(0), detail::stored_date({"source", row.integer(0)}, "date", row.text(1)));
  return [dates = std::move(dates)](std::int64_t key) {
    const auto found = dates.find(key);
    return found == dates.end() ? nullptr : &found->second;
  };
}

std::uint32_t root_of(SQLite::Database& connection, const char* type, const char* name) {
  RawStatement row(connection, "SELECT rootpage FROM sqlite_schema WHERE type = ? AND name = ?");
  row.bind(1, type);
  row.bind(2, name);
  const std::int64_t root = row.step() ? row.integer(0) : 0;
  if (root <= 0 || root > std::numeric_limits<std::uint32_t>::max()) throw detail::UnreadablePages();
  return static_cast<std::uint32_t>(root);
}

/// Room for as many records as the largest keys let expect, and no more than the file can hold.
void reserve(SQLite::Database& connection, std::uint64_t file_bytes, SnapshotBuilder& builder) {
  constexpr std::uint64_t least_record_bytes = 16;
  const auto expected = [&](const char* largest_key) {
    const std::int64_t largest = detail::single_integer(connection, largest_key).value_or(0);
    return std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(largest, 0)), file_bytes / least_record_bytes);
  };
  builder.reserve(expected("SELECT max(key) FROM node"), expected("SELECT max(key) FROM edge"));
}

void count_others(SQLite::Database& connection, SnapshotBuilder& builder) {
  const auto count = [&](const char* table) {
    return detail::single_integer(connection, fmt::format("SELECT count(*) FROM {}", table)).value_or(0);
  };
  builder.set_other_counts(count("observation"), count("source"), count("dataset"));
}

/// @return whether the graph is in the builder. @throws UnreadablePages
bool load_from_pages(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  auto pages = PageReader::of(connection.getHandle());
  if (!pages) return false;
  using Kind = detail::TreeReader::Kind;
  const auto rows = [&](const char* type, const char* name, Kind kind, int columns) {
    return PageRowReader(*pages, root_of(connection, type, name), kind, static_cast<std::size_t>(columns));
  };
  reserve(connection, pages->file_bytes(), builder);
  detail::load_nodes(rows("table", "node", Kind::rows, detail::node_column::count), ontology, builder);
  load_names(rows("index", "alias_by_node", Kind::keys, name_column::count), builder);
  detail::load_edges(rows("table", "edge", Kind::keys, detail::edge_at::count), source_dates(connection), ontology,
                     builder);
  return true;
}

void load_by_sql(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  detail::load_nodes(RawStatement(connection, detail::node_column::select), ontology, builder);
  load_names(RawStatement(connection, name_column::select), builder);
  const std::string in_order = detail::select_edges() + " ORDER BY from_node, type, to_node, key";
  detail::load_edges(RawStatement(connection, in_order), source_dates(connection), ontology, builder);
}

}  // namespace

std::shared_ptr<const Snapshot> Reader::load_snapshot(Date settled_from) const {
  return detail::guarded("loading the graph", [&] {
    SQLite::Database& connection = *database_->impl().connection;
    // One read transaction: the three scans see the same revision, and nobody writes while pages are read.
    std::optional<SQLite::Transaction> reading;
    if (sqlite3_get_autocommit(connection.getHandle()) != 0) reading.emplace(connection);
    // It takes its lock when something is read.
    static_cast<void>(detail::single_integer(connection, "SELECT 1 FROM sqlite_schema"));
    try {
      SnapshotBuilder builder(database_->shared_ontology());
      if (load_from_pages(connection, database_->ontology(), builder)) {
        count_others(connection, builder);
        return std::move(builder).build(settled_from.days);
      }
    } catch (const detail::UnreadablePages&) {
      // SQLite tells what is wrong, or knows better.
    }
    SnapshotBuilder builder(database_->shared_ontology());
    load_by_sql(connection, database_->ontology(), builder);
    count_others(connection, builder);
    return std::move(builder).build(settled_from.days);
  });
}

}  // namespace chokepoint
