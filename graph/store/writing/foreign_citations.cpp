#include "store/writing/foreign_citations.hpp"

#include "chokepoint/support/error.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>

namespace chokepoint::detail {

namespace {

constexpr const char* citing_kinds[] = {"node", "edge", "observation"};

/// As SQLite's `json_each` reads it.
std::string list_of(const std::vector<std::int64_t>& keys) {
  std::string list;
  for (const std::int64_t key : keys) list += (list.empty() ? "[" : ",") + std::to_string(key);
  return list + "]";
}

}  // namespace

void ForeignCitations::add(std::int64_t dataset, const std::vector<std::int64_t>& sources) {
  if (sources.empty()) return;
  SQLite::Statement beside_others(
      connection_, "SELECT 1 FROM dataset WHERE key = ?1 AND EXISTS (SELECT 1 FROM dataset WHERE key <> ?1)");
  beside_others.bind(1, dataset);
  if (!beside_others.executeStep()) return;
  SQLite::Statement row(connection_,
                        "INSERT OR IGNORE INTO foreign_citation SELECT key, ?2 FROM source WHERE key = ?1 AND dataset "
                        "<> ?2 AND NOT EXISTS (SELECT 1 FROM membership WHERE kind = 'source' AND record = ?1 AND "
                        "dataset = ?2)");
  for (const std::int64_t source : sources) {
    row.bind(1, source);
    row.bind(2, dataset);
    row.exec();
    row.reset();
  }
}

void ForeignCitations::look_at_all_if_unknown() {
  if (!SQLite::Statement(connection_, "SELECT 1 FROM foreign_citation WHERE source = 0").executeStep()) return;
  connection_.exec("DELETE FROM foreign_citation");
  constexpr const char* add =
      "INSERT OR IGNORE INTO foreign_citation SELECT DISTINCT found.source, found.dataset FROM ({}) found JOIN source "
      "s "
      "ON s.key = found.source WHERE s.dataset <> found.dataset";
  for (const char* kind : citing_kinds) {
    connection_.exec(fmt::format(fmt::runtime(add), fmt::format("SELECT DISTINCT source, dataset FROM {}", kind)));
    const std::string further = fmt::format(
        "SELECT c.source, r.dataset FROM citation c JOIN {0} r ON r.key = c.record WHERE c.kind = '{0}'", kind);
    connection_.exec(fmt::format(fmt::runtime(add), further));
    // Of a record that several datasets hold, each may be the one that cites.
    const std::string shared = fmt::format(
        "SELECT r.source, m.dataset FROM membership m JOIN {0} r ON r.key = m.record WHERE m.kind = '{0}' UNION ALL "
        "SELECT c.source, m.dataset FROM membership m JOIN citation c ON c.kind = m.kind AND c.record = m.record WHERE "
        "m.kind = '{0}'",
        kind);
    connection_.exec(fmt::format(fmt::runtime(add), shared));
  }
}

bool ForeignCitations::may_be_cited(std::int64_t dataset, const std::string& sources) {
  SQLite::Statement statement(
      connection_,
      "SELECT 1 FROM foreign_citation WHERE source IN (SELECT value FROM json_each(?1)) AND dataset <> ?2");
  statement.bind(1, sources);
  statement.bind(2, dataset);
  return statement.executeStep();
}

void ForeignCitations::refuse_if_cited(std::int64_t dataset, const std::vector<std::int64_t>& sources) {
  if (sources.empty()) return;
  const std::string list = list_of(sources);
  look_at_all_if_unknown();
  if (!may_be_cited(dataset, list)) return;
  constexpr const char* among = "IN (SELECT value FROM json_each(?1))";
  for (const char* kind : citing_kinds) {
    SQLite::Statement statement(
        connection_,
        fmt::format(
            "SELECT d.id, s.id, d.key, s.key FROM (SELECT dataset, source FROM {0} WHERE source {1} UNION ALL SELECT "
            "r.dataset, c.source FROM citation c JOIN {0} r ON r.key = c.record WHERE c.kind = '{0}' AND "
            "c.source {1}) found JOIN dataset d ON d.key = found.dataset JOIN source s ON s.key = "
            "found.source LIMIT 1",
            kind, among));
    statement.bind(1, list);
    if (!statement.executeStep()) continue;
    // Its own records were written anew, or are gone: one that still cites it does so under an id that was edited.
    if (statement.getColumn(2).getInt64() == dataset)
      refuse_value({"source", statement.getColumn(3).getInt64()}, "id",
                   fmt::format("a record ({}) of its dataset cites it by another id", kind));
    throw StoreError(ErrorKind::bad_data,
                     fmt::format("the source {} is still cited by a record ({}) of the dataset {}; remove or change "
                                 "that dataset first",
                                 statement.getColumn(1).getString(), kind, statement.getColumn(0).getString()));
  }
}

void ForeignCitations::forget(std::int64_t dataset) {
  SQLite::Statement statement(connection_, "DELETE FROM foreign_citation WHERE dataset = ?");
  statement.bind(1, dataset);
  statement.exec();
}

}  // namespace chokepoint::detail
