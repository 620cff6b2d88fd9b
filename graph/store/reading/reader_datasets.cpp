#include "chokepoint/store/reader.hpp"
#include "store/connection/impl.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

// What a database holds as a whole: its datasets, its history, how many records there are of each type.

using detail::guarded;

namespace {

/// How many records there are of each type. @param check  refuses a number that is none of a type
template <typename Type>
std::vector<std::pair<std::string, std::int64_t>> counts(const Database& database, const char* table,
                                                         const std::vector<Type>& types,
                                                         std::uint16_t (*check)(const detail::StoredRow&, std::int64_t,
                                                                                const Ontology&)) {
  return guarded("counting records", [&] {
    std::vector<std::pair<std::string, std::int64_t>> list;
    for (const Type& type : types) list.emplace_back(type.id, 0);
    SQLite::Statement statement(*database.impl().connection,
                                fmt::format("SELECT type, count(*), min(key) FROM {} GROUP BY type", table));
    while (statement.executeStep()) {
      const detail::StoredRow first{table, statement.getColumn(2).getInt64()};
      list[check(first, statement.getColumn(0).getInt64(), database.ontology())].second =
          statement.getColumn(1).getInt64();
    }
    return list;
  });
}

/// Refuses what no list would have: records of a dataset that is not there, and what is said of records that are not.
void check_strays(SQLite::Database& connection) {
  for (const char* table : {"source", "node", "edge", "observation"}) {
    // By the index of those that are not of the first dataset; the others are looked at where that is not there.
    SQLite::Statement statement(
        connection,
        fmt::format("SELECT key FROM (SELECT key FROM {0} WHERE dataset <> 1 AND dataset NOT IN (SELECT key FROM "
                    "dataset) LIMIT 1) UNION ALL SELECT key FROM (SELECT key FROM {0} WHERE dataset = 1 AND NOT EXISTS "
                    "(SELECT 1 FROM dataset WHERE key = 1) LIMIT 1)",
                    table));
    if (statement.executeStep())
      detail::refuse_value({table, statement.getColumn(0).getInt64()}, "dataset", "it names what is not there");
    SQLite::Statement shared(connection,
                             fmt::format("SELECT record FROM membership WHERE kind = '{0}' AND (NOT EXISTS (SELECT 1 "
                                         "FROM {0} WHERE key = record) OR dataset NOT IN (SELECT key FROM dataset)) "
                                         "LIMIT 1",
                                         table));
    if (shared.executeStep())
      detail::refuse_value({"membership", shared.getColumn(0).getInt64()}, "record",
                           fmt::format("no {} or no dataset is there for it", table));
    SQLite::Statement cited(connection, fmt::format("SELECT record FROM citation WHERE kind = '{0}' AND NOT EXISTS "
                                                    "(SELECT 1 FROM {0} WHERE key = record) LIMIT 1",
                                                    table));
    if (cited.executeStep())
      detail::refuse_value({"citation", cited.getColumn(0).getInt64()}, "record", fmt::format("no such {}", table));
  }
}

DatasetInfo dataset_of(SQLite::Statement& row) {
  const detail::StoredRow place{"dataset", row.getColumn(0).getInt64()};
  return {detail::required_id(place, "id", row.getColumn(1).getString()),
          detail::stored_text(place, "title", row.getColumn(2).getString()),
          detail::stored_text(place, "version", row.getColumn(3).getString()),
          detail::stored_text(place, "license", row.getColumn(4).getString())};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> Reader::dataset_versions() const {
  if (const auto& known = database_->impl().known_datasets) return *known;
  return guarded("reading datasets", [&] {
    std::vector<std::pair<std::string, std::string>> list;
    SQLite::Statement statement(*database_->impl().connection,
                                "SELECT key, id, title, version, license FROM dataset ORDER BY id");
    while (statement.executeStep()) {
      DatasetInfo dataset = dataset_of(statement);
      list.emplace_back(std::move(dataset.id), std::move(dataset.version));
    }
    return list;
  });
}

std::vector<DatasetInfo> Reader::dataset_infos() const {
  return guarded("reading datasets", [&] {
    std::vector<DatasetInfo> list;
    SQLite::Statement statement(*database_->impl().connection,
                                "SELECT key, id, title, version, license FROM dataset ORDER BY id");
    while (statement.executeStep()) list.push_back(dataset_of(statement));
    return list;
  });
}

std::vector<DatasetSummary> Reader::datasets() const {
  return guarded("reading datasets", [&] {
    std::vector<DatasetSummary> list;
    check_strays(*database_->impl().connection);
    SQLite::Statement statement(*database_->impl().connection,
                                "SELECT key, id, title, version, license FROM dataset ORDER BY id");
    const auto count = [&](const char* kind, std::int64_t key) {
      // Those of the first dataset are all but the others, which an index tells.
      const std::string own =
          key == 1 ? fmt::format("(SELECT count(*) FROM {0}) - (SELECT count(*) FROM {0} WHERE dataset <> 1)", kind)
                   : fmt::format("(SELECT count(*) FROM {} WHERE {})", kind, detail::is_of_dataset(key));
      SQLite::Statement rows(
          *database_->impl().connection,
          fmt::format("SELECT {1} - (SELECT count(*) FROM membership m JOIN {0} r ON r.key = m.record WHERE m.kind = "
                      "'{0}' AND m.dataset = ?1 AND r.dataset = ?1) + (SELECT count(*) FROM membership WHERE kind = "
                      "'{0}' AND dataset = ?1)",
                      kind, own));
      rows.bind(1, key);
      rows.executeStep();
      return static_cast<std::int64_t>(rows.getColumn(0).getInt64());
    };
    while (statement.executeStep()) {
      const std::int64_t key = statement.getColumn(0).getInt64();
      list.push_back({dataset_of(statement), count("node", key), count("edge", key), count("observation", key),
                      count("source", key)});
    }
    return list;
  });
}

std::vector<std::string> Reader::datasets_of(std::string_view kind, std::string_view id) const {
  return guarded("reading datasets", [&] {
    std::vector<std::string> list;
    std::string match = "r.id = ?1";
    if (kind == "edge" || kind == "observation") match = "coalesce(r.name, printf('%016x', r.hash)) = ?1";
    SQLite::Statement statement(
        *database_->impl().connection,
        fmt::format(
            "SELECT d.id FROM dataset d WHERE d.key IN (SELECT r.dataset FROM {0} r WHERE {1} UNION SELECT "
            "m.dataset FROM membership m JOIN {0} r ON r.key = m.record WHERE m.kind = '{0}' AND {1}) ORDER BY d.id",
            kind, match));
    statement.bind(1, std::string(id));
    while (statement.executeStep()) list.push_back(statement.getColumn(0).getString());
    return list;
  });
}

std::vector<RevisionEntry> Reader::revisions() const {
  return guarded("reading the history", [&] {
    std::vector<RevisionEntry> list;
    SQLite::Statement statement(*database_->impl().connection,
                                "SELECT revision, at, command, dataset, added, changed, removed FROM revision "
                                "ORDER BY revision");
    std::int64_t last = 0;
    // Triggers raise the revision for edits made with other tools; those leave gaps between our own entries.
    const auto outside = [&](std::int64_t until) {
      if (until > last) list.push_back({until, "", "outside edit", "", 0, until - last, 0});
    };
    while (statement.executeStep()) {
      const std::int64_t revision = statement.getColumn(0).getInt64();
      const detail::StoredRow place{"revision", revision};
      if (revision < 1) detail::refuse_value(place, "revision", "revisions are counted from 1");
      const auto text = [&](int column, const char* name) {
        return detail::stored_text(place, name, statement.getColumn(column).getString());
      };
      outside(revision - 1);
      list.push_back({revision, text(1, "at"), text(2, "command"), text(3, "dataset"),
                      statement.getColumn(4).getInt64(), statement.getColumn(5).getInt64(),
                      statement.getColumn(6).getInt64()});
      last = revision;
    }
    outside(database_->info().revision);
    return list;
  });
}

std::vector<std::pair<std::string, std::int64_t>> Reader::node_counts() const {
  return counts(*database_, "node", database_->ontology().node_types(), detail::stored_node_type);
}

std::vector<std::pair<std::string, std::int64_t>> Reader::edge_counts() const {
  return counts(*database_, "edge", database_->ontology().edge_types(), detail::stored_edge_type);
}

}  // namespace chokepoint
