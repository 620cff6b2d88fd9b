#pragma once

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "store/bulk/bulk_edges.hpp"
#include "store/bulk/staging.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/prepared.hpp"
#include "store/rows/merge.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/row_writer.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"
#include "store/writer.hpp"
#include "store/writing/change.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace chokepoint {

namespace detail {

inline void sort_citations(std::vector<Citation>& citations) {
  std::sort(citations.begin(), citations.end());
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
}

/// What is called now and then, and what it threw.
struct ProgressHook {
  std::function<void()> function;
  std::exception_ptr failure;
};

}  // namespace detail

/// What a Writer holds, and how records become rows.
struct Writer::Impl {
  std::unique_ptr<detail::Staging> staging;  ///< where a fresh database is filled
  SQLite::Database& connection;              ///< of the staged database, or of the one that is changed
  const Ontology& ontology;
  detail::Change transaction;
  detail::RowWriter rows;
  detail::RowReader reader;
  detail::PreparedStatements prepared;  ///< those that not every import asks
  SQLite::Statement contributions, add_contribution, erase_contributions, edge_by_hash, edge_by_name,
      observation_by_hash, observation_by_name, one_source, one_node, one_edge, one_observation;
  std::array<std::unique_ptr<SQLite::Statement>, record_kinds> owners;
  std::int64_t dataset = 0;
  bool known = false;
  bool info_changed = false;
  bool touched = false;                                  ///< a row was added or erased, or changed for good
  std::array<std::int64_t, record_kinds> first_added{};  ///< the lowest key of a row that this writer added; 0 for none
  /// What this dataset said before of the records that now say something else; nothing where it did not have them.
  std::array<std::map<std::int64_t, std::optional<std::string>>, record_kinds> said_before;
  bool index_was_stale = false;
  bool index_written = false;                        ///< for all that was put
  std::array<std::vector<bool>, record_kinds> seen;  ///< by key: put in this import
  std::vector<std::string> conflicts;
  std::unordered_set<std::int64_t> erased_nodes;  ///< by key
  std::set<std::int64_t> datasets;                ///< keys of those that are there

  detail::ProgressHook tick;
  std::size_t sorting_memory = static_cast<std::size_t>(-1);  ///< bytes that each sorter may hold
  std::unique_ptr<detail::BulkState> bulk;                    ///< in a fresh database
  std::unique_ptr<detail::BulkEdges> edges;                   ///< those that are staged

  /// @param staged  a copy of the database to be changed in its place, or nothing
  Impl(SQLite::Database& target, const Ontology& types, std::unique_ptr<detail::Staging> staged)
      : staging(std::move(staged)),
        connection(staging ? staging->connection() : target),
        ontology(types),
        transaction(connection),
        rows(connection, types),
        reader(connection, types),
        prepared(connection),
        contributions(connection,
                      "SELECT dataset, contribution FROM membership WHERE kind = ? AND record = ? ORDER BY dataset"),
        add_contribution(connection, "INSERT OR REPLACE INTO membership VALUES (?,?,?,?)"),
        erase_contributions(connection, "DELETE FROM membership WHERE kind = ? AND record = ?"),
        edge_by_hash(connection,
                     "SELECT key FROM edge WHERE from_node = ? AND type = ? AND to_node = ? AND hash = ? ORDER BY key"),
        edge_by_name(connection, "SELECT key FROM edge WHERE name = ?"),
        observation_by_hash(connection, "SELECT key FROM observation WHERE hash = ? ORDER BY key"),
        observation_by_name(connection, "SELECT key FROM observation WHERE name = ?"),
        one_source(connection, detail::select_source() + " WHERE s.key = ?"),
        one_node(connection, detail::select_node() + " WHERE n.key = ?"),
        one_edge(connection, detail::select_edge() + " WHERE e.key = ?"),
        one_observation(connection, detail::select_observation() + " WHERE v.key = ?") {
    SQLite::Statement known_datasets(connection, "SELECT key FROM dataset");
    while (known_datasets.executeStep()) datasets.insert(known_datasets.getColumn(0).getInt64());
  }

  ~Impl() { sqlite3_progress_handler(connection.getHandle(), 0, nullptr, nullptr); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// As `guarded`; what the tick threw is passed on. For what only reads.
  template <typename Action>
  auto look(const char* what, Action&& action) {
    try {
      return detail::guarded(what, std::forward<Action>(action));
    } catch (const StoreError&) {
      if (tick.failure) std::rethrow_exception(tick.failure);
      throw;
    }
  }
  /// The same for what writes, or reads what is being written.
  template <typename Action>
  auto run(const char* what, Action&& action) {
    return look(what, [&] {
      if (staging) staging->settle();
      return action();
    });
  }

  void stored(std::int64_t key, Source& record) { read(one_source, key, record, &detail::RowReader::source); }
  void stored(std::int64_t key, Node& record) { read(one_node, key, record, &detail::RowReader::node); }
  void stored(std::int64_t key, Edge& record) { read(one_edge, key, record, &detail::RowReader::edge); }
  void stored(std::int64_t key, Observation& record) {
    read(one_observation, key, record, &detail::RowReader::observation);
  }
  template <typename Record, typename Read>
  void read(SQLite::Statement& statement, std::int64_t key, Record& record, Read read_row) {
    statement.reset();
    statement.bind(1, key);
    if (!statement.executeStep()) refuse_missing(detail::kind_of(static_cast<const Record*>(nullptr)), key);
    record = (reader.*read_row)(statement).second;
    statement.reset();
  }

  [[noreturn]] static void refuse_missing(RecordKind kind, std::int64_t key) {
    detail::refuse_value({detail::table_of(kind), key}, "key", "another row names it, and it is not there");
  }

  std::int64_t owner_of(RecordKind kind, std::int64_t key) {
    auto& statement = owners[static_cast<std::size_t>(kind)];
    if (!statement)
      statement = std::make_unique<SQLite::Statement>(
          connection, fmt::format("SELECT dataset FROM {} WHERE key = ?", detail::table_of(kind)));
    statement->bind(1, key);
    if (!statement->executeStep()) refuse_missing(kind, key);
    const std::int64_t owner = statement->getColumn(0).getInt64();
    statement->reset();
    check_dataset({detail::table_of(kind), key}, owner);
    return owner;
  }

  void check_dataset(const detail::StoredRow& row, std::int64_t owner) const {
    if (!datasets.contains(owner)) detail::refuse_value(row, "dataset", "it names what is not there");
  }

  std::map<std::int64_t, std::string> contributions_of(RecordKind kind, std::int64_t key) {
    std::map<std::int64_t, std::string> by_dataset;
    contributions.reset();
    contributions.bind(1, std::string(detail::table_of(kind)));
    contributions.bind(2, key);
    const detail::StoredRow row{"membership", key};
    while (contributions.executeStep()) {
      const std::int64_t set = contributions.getColumn(0).getInt64();
      check_dataset(row, set);
      std::string said = detail::stored_object(row, "contribution", contributions.getColumn(1).getString());
      if (said.empty()) refuse_version(key, "it says nothing");
      by_dataset.emplace(set, std::move(said));
    }
    contributions.reset();
    return by_dataset;
  }

  void store_contributions(RecordKind kind, std::int64_t key, const std::map<std::int64_t, std::string>& by_dataset) {
    erase_contributions.reset();
    erase_contributions.bind(1, std::string(detail::table_of(kind)));
    erase_contributions.bind(2, key);
    erase_contributions.exec();
    if (by_dataset.size() < 2) return;  // the row itself says what the one dataset says
    for (const auto& [set, json] : by_dataset) {
      add_contribution.reset();
      add_contribution.bind(1, std::string(detail::table_of(kind)));
      add_contribution.bind(2, key);
      add_contribution.bind(3, set);
      add_contribution.bind(4, json);
      add_contribution.exec();
    }
  }

  /// What each dataset says of the record under `key`; the row is the only word where there is one dataset.
  template <typename Record>
  std::map<std::int64_t, std::string> versions_of(std::int64_t key, const Record* tag) {
    const RecordKind kind = detail::kind_of(tag);
    auto by_dataset = contributions_of(kind, key);
    if (by_dataset.empty()) {
      Record row;
      stored(key, row);
      by_dataset.emplace(owner_of(kind, key), canonical(to_json(row)));
    }
    return by_dataset;
  }

  /// What a dataset says of the record under `key`, as it was stored.
  template <typename Record>
  Record version_of(std::int64_t key, const std::string& json) {
    Record record;
    try {
      record = detail::record_from<Record>(json);
    } catch (const Error& error) {
      refuse_version(key, error.what());
    }
    check_version(key, record);
    return record;
  }
  [[noreturn]] static void refuse_version(std::int64_t key, std::string_view why) {
    detail::refuse_value({"membership", key}, "contribution", why);
  }
  void check_version(std::int64_t, const Source&) {}
  void check_version(std::int64_t key, const Node& node) {
    if (!ontology.node_type(node.type)) refuse_version(key, "it is of no type of this ontology");
    check_citations(key, node.sources);
  }
  void check_version(std::int64_t key, const Edge& edge) {
    if (!ontology.edge_type(edge.type)) refuse_version(key, "it is of no type of this ontology");
    for (const std::string* node : {&edge.from, &edge.to, &edge.item, &edge.market, &edge.origin})
      if (!node->empty() && !rows.find_node(*node)) refuse_version(key, "it names a node that is not there");
    if (edge.from.empty() || edge.to.empty()) refuse_version(key, "it has no end");
    check_citations(key, edge.sources);
  }
  void check_version(std::int64_t key, const Observation& figure) {
    for (const std::string* node : {&figure.subject, &figure.item, &figure.market, &figure.relative_to})
      if (!node->empty() && !rows.find_node(*node)) refuse_version(key, "it names a node that is not there");
    if (figure.subject.empty() || figure.indicator.empty()) refuse_version(key, "it is about nothing");
    check_citations(key, figure.sources);
  }
  void check_citations(std::int64_t key, const std::vector<Citation>& citations) {
    if (citations.empty()) refuse_version(key, "it cites no source");
    for (const Citation& citation : citations)
      if (!rows.find_source(citation.source)) refuse_version(key, "it cites a source that is not there");
  }

  template <typename Record>
  void write_union(std::int64_t key, const std::map<std::int64_t, std::string>& by_dataset,
                   const std::string& stored_id) {
    std::vector<Record> versions;
    for (const auto& [set, json] : by_dataset) versions.push_back(version_of<Record>(key, json));
    if (!stored_id.empty() && versions.front().id != stored_id) {
      // The stored id stays even when the dataset that brought it says least.
      const auto first =
          std::find_if(versions.begin(), versions.end(), [&](const Record& r) { return r.id == stored_id; });
      if (first != versions.end()) std::rotate(versions.begin(), first, first + 1);
    }
    Record record = detail::merged(versions, conflicts);
    if (!stored_id.empty()) record.id = stored_id;
    rows.write(record, key, by_dataset.begin()->first);
    store_contributions(detail::kind_of(static_cast<const Record*>(nullptr)), key, by_dataset);
  }

  bool mark_seen(RecordKind kind, std::int64_t key) {
    auto& bits = seen[static_cast<std::size_t>(kind)];
    const auto at = static_cast<std::size_t>(detail::stored_key({detail::table_of(kind), key}));
    if (bits.size() <= at) bits.resize(std::max(at + 1, bits.size() * 2));
    const bool before = bits[at];
    bits[at] = true;
    return before;
  }
  [[nodiscard]] bool was_seen(RecordKind kind, std::int64_t key) const {
    const auto& bits = seen[static_cast<std::size_t>(kind)];
    return static_cast<std::size_t>(key) < bits.size() && bits[static_cast<std::size_t>(key)];
  }

  /// @param key  the row that is the same record, if any
  template <typename Record>
  PutOutcome put(Record record, std::optional<std::int64_t> key, const std::string& stored_id) {
    const RecordKind kind = detail::kind_of(static_cast<const Record*>(nullptr));
    if (!key) {
      const std::int64_t fresh = rows.next_key(kind);
      rows.write(record, fresh, dataset);
      touched = true;
      mark_seen(kind, fresh);
      auto& first = first_added[static_cast<std::size_t>(kind)];
      if (first == 0) first = fresh;
      return PutOutcome::added;
    }
    auto by_dataset = versions_of(*key, static_cast<const Record*>(nullptr));
    const bool again = mark_seen(kind, *key);
    const auto mine = by_dataset.find(dataset);
    if (again && mine != by_dataset.end()) {
      // An equal record earlier in this import: its sources and this one's are united.
      record = detail::merged(std::vector<Record>{version_of<Record>(*key, mine->second), record}, conflicts);
    }
    const std::string text = canonical(to_json(record));
    if (mine != by_dataset.end() && mine->second == text) return again ? PutOutcome::united : PutOutcome::unchanged;
    const std::optional<std::string> said = mine != by_dataset.end() ? std::optional(mine->second) : std::nullopt;
    by_dataset[dataset] = text;
    // Edge rows are sorted by their ends, so an edge is written anew instead of updated.
    if (kind == RecordKind::edge) rows.erase(kind, *key);
    write_union<Record>(*key, by_dataset, stored_id);
    return remember(kind, *key, said, text, again);
  }

  /// Sees to it that a record which several equal ones of an import change back and forth counts by what it is in the
  /// end.
  /// @param said  by this dataset before it says `text`; nothing where it did not have the record
  PutOutcome remember(RecordKind kind, std::int64_t key, const std::optional<std::string>& said,
                      const std::string& text, bool again) {
    const auto first = first_added[static_cast<std::size_t>(kind)];
    if (first != 0 && key >= first) return PutOutcome::united;
    auto& others = said_before[static_cast<std::size_t>(kind)];
    const auto other = others.find(key);
    if (other == others.end()) {
      others.emplace(key, said);
      if (!said) return PutOutcome::added;
      return again ? PutOutcome::changed_later : PutOutcome::changed;
    }
    if (other->second != text) return PutOutcome::united;
    others.erase(other);
    return PutOutcome::restored;
  }

  template <typename Record>
  void take_out(std::int64_t key) {
    const RecordKind kind = detail::kind_of(static_cast<const Record*>(nullptr));
    auto by_dataset = contributions_of(kind, key);
    by_dataset.erase(dataset);
    touched = true;
    if (by_dataset.empty()) {
      if constexpr (std::is_same_v<Record, Node>) erased_nodes.insert(key);
      rows.erase(kind, key);
      return;
    }
    Record row;
    stored(key, row);
    std::string id = row.id;
    if constexpr (std::is_same_v<Record, Node>) {
      // The id stays while a remaining dataset uses it; otherwise the first remaining one names the node.
      const bool used = std::any_of(by_dataset.begin(), by_dataset.end(),
                                    [&](const auto& entry) { return version_of<Node>(key, entry.second).id == id; });
      if (!used) rows.rename_node(key, id = version_of<Node>(key, by_dataset.begin()->second).id);
    }
    if (kind == RecordKind::edge) rows.erase(kind, key);
    write_union<Record>(key, by_dataset, id);
  }

  /// Those of some sources that no other dataset holds, as a list in JSON; empty where there are none.
  std::string without_others(const std::vector<std::int64_t>& sources) {
    std::string list;
    for (const std::int64_t key : sources) {
      auto by_dataset = contributions_of(RecordKind::source, key);
      by_dataset.erase(dataset);
      if (by_dataset.empty()) list += fmt::format("{}{}", list.empty() ? "[" : ",", key);
    }
    return list.empty() ? list : list + "]";
  }

  /// Looks at all records once, however many sources go.
  void refuse_if_cited(const std::string& sources) {
    if (sources.empty()) return;
    constexpr const char* among = "IN (SELECT value FROM json_each(?1))";
    for (const char* kind : {"node", "edge", "observation"}) {
      SQLite::Statement statement(
          connection,
          fmt::format("SELECT d.id, s.id FROM (SELECT dataset, source FROM {0} WHERE source {1} UNION ALL SELECT "
                      "r.dataset, c.source FROM citation c JOIN {0} r ON r.key = c.record WHERE c.kind = '{0}' AND "
                      "c.source {1}) found JOIN dataset d ON d.key = found.dataset JOIN source s ON s.key = "
                      "found.source LIMIT 1",
                      kind, among));
      statement.bind(1, sources);
      if (statement.executeStep())
        throw StoreError(
            ErrorKind::bad_data,
            fmt::format("the source {} is still cited by a record ({}) of the dataset {}; remove or change that "
                        "dataset first",
                        statement.getColumn(1).getString(), kind, statement.getColumn(0).getString()));
    }
  }

  template <typename Record>
  std::int64_t remove_unseen() {
    const RecordKind kind = detail::kind_of(static_cast<const Record*>(nullptr));
    std::vector<std::int64_t> gone;
    SQLite::Statement statement(
        connection, fmt::format("SELECT key FROM {0} WHERE {1} UNION SELECT record FROM membership WHERE kind = '{0}' "
                                "AND dataset = ?1 ORDER BY 1",
                                detail::table_of(kind), detail::is_of_dataset(dataset)));
    statement.bind(1, dataset);
    while (statement.executeStep()) {
      const std::int64_t key = statement.getColumn(0).getInt64();
      // A row's own dataset is the first of several; whether this one is among them, its contributions say.
      if (!was_seen(kind, key)) gone.push_back(key);
    }
    statement.reset();
    if constexpr (std::is_same_v<Record, Source>) refuse_if_cited(without_others(gone));
    for (const std::int64_t key : gone) take_out<Record>(key);
    return static_cast<std::int64_t>(gone.size());
  }

  std::optional<std::int64_t> first_key(SQLite::Statement& statement) {
    std::optional<std::int64_t> key;
    if (statement.executeStep()) key = statement.getColumn(0).getInt64();
    statement.reset();
    return key;
  }

  std::optional<std::int64_t> find(const Edge& edge, const std::string& hash) {
    if (edge.id != hash) {
      edge_by_name.bind(1, edge.id);
      if (const auto key = first_key(edge_by_name)) return key;
      return std::nullopt;
    }
    edge_by_hash.bind(1, rows.node_key(edge.from));
    edge_by_hash.bind(2, static_cast<std::int64_t>(*ontology.edge_type(edge.type)));
    edge_by_hash.bind(3, rows.node_key(edge.to));
    edge_by_hash.bind(4, detail::hash_number(hash));
    return first_key(edge_by_hash);
  }

  std::optional<std::int64_t> find(const Observation& observation, const std::string& hash) {
    if (observation.id != hash) {
      observation_by_name.bind(1, observation.id);
      return first_key(observation_by_name);
    }
    observation_by_hash.bind(1, detail::hash_number(hash));
    return first_key(observation_by_hash);
  }

  template <typename Record>
  std::optional<std::string> id_conflict(const Record& record) {
    const std::string hash = record_id(record);
    if (record.id.empty() || record.id == hash) return std::nullopt;
    const auto key = find(record, hash);
    if (!key) return std::nullopt;
    const RecordKind kind = detail::kind_of(static_cast<const Record*>(nullptr));
    if (was_seen(kind, *key)) {
      Record row;
      stored(*key, row);
      if (record_id(row) == hash) return std::nullopt;
      return fmt::format("the id {} was given to another record before: {}", record.id, describe(row));
    }
    const auto by_dataset = versions_of(*key, static_cast<const Record*>(nullptr));
    if (by_dataset.size() == 1 && by_dataset.begin()->first == dataset) return std::nullopt;
    Record row;
    stored(*key, row);
    if (record_id(row) == hash) return std::nullopt;
    return fmt::format("the id {} belongs to another dataset's record: {}", record.id, describe(row));
  }
};

}  // namespace chokepoint
