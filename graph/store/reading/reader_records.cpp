#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

using detail::guarded;
using detail::RowReader;

namespace {

SQLite::Database& connection_of(const Database& database) { return *database.impl().connection; }

/// Records of `dataset` alone: those whose row names it, and those it shares with others.
std::string in_dataset(const char* alias, const char* kind) {
  return fmt::format(
      " WHERE ({0}.dataset = (SELECT key FROM dataset WHERE id = ?1) OR {0}.key IN (SELECT record FROM membership m2 "
      "JOIN dataset d2 ON d2.key = m2.dataset WHERE m2.kind = '{1}' AND d2.id = ?1))",
      alias, kind);
}

template <typename Read>
void scan(const Database& database, const std::string& sql, std::string_view dataset, Read&& read) {
  guarded("reading the database", [&] {
    SQLite::Database& connection = connection_of(database);
    RowReader rows(connection, database.ontology());
    SQLite::Statement statement(connection, sql);
    if (!dataset.empty()) statement.bind(1, std::string(dataset));
    while (statement.executeStep()) read(rows, statement);
  });
}

/// How many records there are of each type. @param check  refuses a number that is none of a type
template <typename Type>
std::vector<std::pair<std::string, std::int64_t>> counts(const Database& database, const char* table,
                                                         const std::vector<Type>& types,
                                                         std::uint16_t (*check)(const detail::StoredRow&, std::int64_t,
                                                                                const Ontology&)) {
  return guarded("counting records", [&] {
    std::vector<std::pair<std::string, std::int64_t>> list;
    for (const Type& type : types) list.emplace_back(type.id, 0);
    SQLite::Statement statement(connection_of(database),
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

std::optional<Node> Reader::node(std::string_view id) const {
  return guarded("reading a node", [&]() -> std::optional<Node> {
    SQLite::Database& connection = connection_of(*database_);
    SQLite::Statement statement(connection, detail::select_node() + " WHERE n.id = ?");
    statement.bind(1, std::string(id));
    if (!statement.executeStep()) return std::nullopt;
    return RowReader(connection, database_->ontology()).node(statement).second;
  });
}

namespace {

constexpr const char* select_ref = "SELECT n.key, n.id, n.type, n.labels FROM node n";

NodeRef ref_of(SQLite::Statement& row, const Ontology& ontology) {
  const detail::StoredRow place{"node", row.getColumn(0).getInt64()};
  const std::uint16_t type = detail::stored_node_type(place, row.getColumn(2).getInt64(), ontology);
  return {place.key, detail::required_id(place, "id", row.getColumn(1).getString()), ontology.node_types()[type].id,
          detail::stored_texts(place, "labels", row.getColumn(3).getString())};
}

}  // namespace

std::optional<NodeRef> Reader::ref(std::string_view id) const {
  return guarded("reading a node", [&]() -> std::optional<NodeRef> {
    SQLite::Statement statement(connection_of(*database_), std::string(select_ref) + " WHERE n.id = ?");
    statement.bind(1, std::string(id));
    if (!statement.executeStep()) return std::nullopt;
    return ref_of(statement, database_->ontology());
  });
}

std::vector<NodeRef> Reader::refs(std::span<const std::int64_t> keys) const {
  return guarded("reading nodes", [&] {
    std::vector<NodeRef> list;
    list.reserve(keys.size());
    SQLite::Statement statement(connection_of(*database_), std::string(select_ref) + " WHERE n.key = ?");
    for (const std::int64_t key : keys) {
      statement.reset();
      statement.bind(1, key);
      if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, fmt::format("no node has the key {}", key));
      list.push_back(ref_of(statement, database_->ontology()));
    }
    return list;
  });
}

std::vector<Edge> Reader::edges(std::span<const std::int64_t> keys) const {
  return guarded("reading edges", [&] {
    std::vector<Edge> list;
    list.reserve(keys.size());
    SQLite::Database& connection = connection_of(*database_);
    RowReader rows(connection, database_->ontology());
    SQLite::Statement statement(connection, detail::select_edge() + " WHERE e.key = ?");
    for (const std::int64_t key : keys) {
      statement.reset();
      statement.bind(1, key);
      if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, fmt::format("no edge has the key {}", key));
      list.push_back(rows.edge(statement).second);
    }
    return list;
  });
}

std::vector<Edge> Reader::edges_about(std::string_view id) const {
  std::vector<Edge> list;
  // One indexed look-up per column; UNION drops the edges that name the node twice.
  std::string keys;
  const auto look_up = [&](std::string_view column) {
    keys += fmt::format("{}SELECT key FROM edge WHERE {} = (SELECT key FROM node WHERE id = ?1)",
                        keys.empty() ? "" : " UNION ", column);
  };
  look_up("from_node");
  look_up("to_node");
  for_each_field<Edge>([&](const auto& field) {
    if (field_kind<decltype(field)> == FieldKind::node) look_up(field.column_name());
  });
  const std::string sql = detail::select_edge() + " WHERE e.key IN (" + keys + ")" + detail::order_edges;
  scan(*database_, sql, id, [&](RowReader& rows, SQLite::Statement& row) { list.push_back(rows.edge(row).second); });
  return list;
}

std::vector<Observation> Reader::observations(const ObservationFilter& filter) const {
  return guarded("reading observations", [&] {
    std::vector<std::string> conditions, values;
    const auto where = [&](const std::string& condition, const std::string& value) {
      if (value.empty()) return;
      conditions.push_back(condition);
      values.push_back(value);
    };
    where("n.id = ?", filter.subject);
    where("v.indicator = ?", filter.indicator);
    where("item_node.id = ?", filter.item);
    where("market_node.id = ?", filter.market);
    where("relative_to_node.id = ?", filter.relative_to);
    where(
        "v.key IN (SELECT key FROM observation JOIN source q ON q.key = source WHERE q.id = ?1 UNION SELECT record "
        "FROM citation JOIN source q ON q.key = source WHERE kind = 'observation' AND q.id = ?1)",
        filter.source);
    where(
        "(v.dataset = (SELECT key FROM dataset WHERE id = ?1) OR v.key IN (SELECT record FROM membership JOIN dataset "
        "d ON d.key = membership.dataset WHERE kind = 'observation' AND d.id = ?1))",
        filter.dataset);
    std::string sql = detail::select_observation();
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      std::string condition = conditions[i];
      const std::string number = "?" + std::to_string(i + 1);
      for (auto at = condition.find('?'); at != std::string::npos; at = condition.find('?', at + number.size()))
        condition.replace(at, condition.compare(at, 2, "?1") == 0 ? 2 : 1, number);
      sql += (i == 0 ? " WHERE " : " AND ") + condition;
    }
    SQLite::Database& connection = connection_of(*database_);
    RowReader rows(connection, database_->ontology());
    SQLite::Statement statement(connection, sql + detail::order_observations);
    for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i + 1), values[i]);
    std::vector<Observation> list;
    while (statement.executeStep()) list.push_back(rows.observation(statement).second);
    return list;
  });
}

std::optional<Source> Reader::source(std::string_view id) const {
  std::optional<Source> found;
  scan(*database_, detail::select_source() + " WHERE s.id = ?", id,
       [&](RowReader& rows, SQLite::Statement& row) { found = rows.source(row).second; });
  return found;
}

std::vector<Source> Reader::sources() const {
  std::vector<Source> list;
  for_each_source({}, [&](const Source& source) { list.push_back(source); });
  return list;
}

std::vector<RestingRecord> Reader::resting_on(std::string_view source_id) const {
  std::vector<RestingRecord> list;
  const auto add = [&](const char* kind, const std::string& id, std::string description,
                       const std::vector<Citation>& citations, const std::string& begins) {
    for (const Citation& citation : citations)
      if (citation.source == source_id)
        list.push_back({kind, id, description, citation.locator, citation.read,
                        std::all_of(citations.begin(), citations.end(),
                                    [&](const Citation& other) { return other.source == source_id; }),
                        begins});
  };
  const std::string cites =
      " WHERE ({0}.source = (SELECT key FROM source WHERE id = ?1) OR {0}.key IN (SELECT record FROM citation WHERE "
      "kind = '{1}' AND source = (SELECT key FROM source WHERE id = ?1)))";
  const auto sql = [&](const std::string& select, const char* alias, const char* kind, const char* order) {
    return select + fmt::format(fmt::runtime(cites), alias, kind) + order;
  };
  scan(*database_, sql(detail::select_node(), "n", "node", detail::order_nodes), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Node node = rows.node(row).second;
         add("node", node.id, describe(node), node.sources, node.since);
       });
  scan(*database_, sql(detail::select_edge(), "e", "edge", detail::order_edges), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Edge edge = rows.edge(row).second;
         add("edge", edge.id, describe(edge), edge.sources, looks_ahead(edge.status) ? std::string() : edge.since);
       });
  scan(*database_, sql(detail::select_observation(), "v", "observation", detail::order_observations), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Observation observation = rows.observation(row).second;
         add("observation", observation.id, describe(observation), observation.sources,
             looks_ahead(observation.status) ? std::string()
             : observation.as_of.empty()     ? observation.since
                                             : observation.as_of);
       });
  return list;
}

std::vector<std::pair<std::string, std::string>> Reader::dataset_versions() const {
  if (const auto& known = database_->impl().known_datasets) return *known;
  return guarded("reading datasets", [&] {
    std::vector<std::pair<std::string, std::string>> list;
    SQLite::Statement statement(connection_of(*database_),
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
    SQLite::Statement statement(connection_of(*database_),
                                "SELECT key, id, title, version, license FROM dataset ORDER BY id");
    while (statement.executeStep()) list.push_back(dataset_of(statement));
    return list;
  });
}

std::vector<DatasetSummary> Reader::datasets() const {
  return guarded("reading datasets", [&] {
    std::vector<DatasetSummary> list;
    check_strays(connection_of(*database_));
    SQLite::Statement statement(connection_of(*database_),
                                "SELECT key, id, title, version, license FROM dataset ORDER BY id");
    const auto count = [&](const char* kind, std::int64_t key) {
      // Those of the first dataset are all but the others, which an index tells.
      const std::string own =
          key == 1 ? fmt::format("(SELECT count(*) FROM {0}) - (SELECT count(*) FROM {0} WHERE dataset <> 1)", kind)
                   : fmt::format("(SELECT count(*) FROM {} WHERE {})", kind, detail::is_of_dataset(key));
      SQLite::Statement rows(
          connection_of(*database_),
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
        connection_of(*database_),
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
    SQLite::Statement statement(connection_of(*database_),
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

void Reader::for_each_source(std::string_view dataset, const std::function<void(const Source&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("s", "source");
  scan(*database_, detail::select_source() + where + " ORDER BY s.id", dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.source(row).second); });
}

void Reader::for_each_node(std::string_view dataset, const std::function<void(const Node&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("n", "node");
  scan(*database_, detail::select_node() + where + detail::order_nodes, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.node(row).second); });
}

void Reader::for_each_edge(std::string_view dataset, const std::function<void(const Edge&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("e", "edge");
  scan(*database_, detail::select_edge() + where + detail::order_edges, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.edge(row).second); });
}

void Reader::for_each_observation(std::string_view dataset,
                                  const std::function<void(const Observation&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("v", "observation");
  scan(*database_, detail::select_observation() + where + detail::order_observations, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.observation(row).second); });
}

}  // namespace chokepoint
