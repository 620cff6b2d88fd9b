#pragma once

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "store/bulk/bulk_edges.hpp"
#include "store/bulk/staging.hpp"
#include "store/connection/connection.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/prepared.hpp"
#include "store/rows/merge.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/row_writer.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"
#include "store/writer.hpp"
#include "store/writing/change.hpp"
#include "store/writing/foreign_citations.hpp"
#include "store/writing/stored_versions.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <limits>
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
  detail::PreparedStatements prepared;  ///< those that not every import asks
  detail::StoredVersions versions;
  detail::ForeignCitations foreign_citations;
  SQLite::Statement edge_by_hash, edge_by_name, observation_by_hash, observation_by_name;
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
        prepared(connection),
        versions(connection, types, rows),
        foreign_citations(connection),
        edge_by_hash(connection,
                     "SELECT key FROM edge WHERE from_node = ? AND type = ? AND to_node = ? AND hash = ? ORDER BY key"),
        edge_by_name(connection, "SELECT key FROM edge WHERE name = ?"),
        observation_by_hash(connection, "SELECT key FROM observation WHERE hash = ? ORDER BY key"),
        observation_by_name(connection, "SELECT key FROM observation WHERE name = ?") {}

  void name_dataset(const DatasetInfo& info);

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

  template <typename Record>
  void write_union(std::int64_t key, const std::map<std::int64_t, std::string>& by_dataset,
                   const std::string& stored_id) {
    std::vector<Record> said;
    for (const auto& [set, json] : by_dataset) said.push_back(versions.parse<Record>(key, json));
    if (!stored_id.empty() && said.front().id != stored_id) {
      // The stored id stays even when the dataset that brought it says least.
      const auto first = std::find_if(said.begin(), said.end(), [&](const Record& r) { return r.id == stored_id; });
      if (first != said.end()) std::rotate(said.begin(), first, first + 1);
    }
    Record record = detail::merged(said, conflicts);
    if (!stored_id.empty()) record.id = stored_id;
    rows.write(record, key, by_dataset.begin()->first);
    versions.store_contributions(detail::kind_of(static_cast<const Record*>(nullptr)), key, by_dataset);
  }

  /// The next revision must be one that no row of `revision` has.
  void check_revision() {
    SQLite::Statement state(connection,
                            "SELECT revision, (SELECT coalesce(max(revision), 0) FROM revision) FROM state");
    if (!state.executeStep()) throw StoreError(ErrorKind::bad_data, "the table state is empty; it is damaged");
    const std::int64_t now = state.getColumn(0).getInt64();
    const detail::StoredRow row{"state", 1};
    if (now < state.getColumn(1).getInt64()) detail::refuse_value(row, "revision", "the table revision is ahead of it");
    if (now == std::numeric_limits<std::int64_t>::max()) detail::refuse_value(row, "revision", "there is no next one");
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
    auto by_dataset = versions.of(*key, static_cast<const Record*>(nullptr));
    const bool again = mark_seen(kind, *key);
    const auto mine = by_dataset.find(dataset);
    if (again && mine != by_dataset.end()) {
      // An equal record earlier in this import: its sources and this one's are united.
      record = detail::merged(std::vector<Record>{versions.parse<Record>(*key, mine->second), record}, conflicts);
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
    auto by_dataset = versions.contributions_of(kind, key);
    by_dataset.erase(dataset);
    touched = true;
    if (by_dataset.empty()) {
      if constexpr (std::is_same_v<Record, Node>) erased_nodes.insert(key);
      rows.erase(kind, key);
      return;
    }
    Record row;
    versions.read(key, row);
    std::string id = row.id;
    if constexpr (std::is_same_v<Record, Node>) {
      // The id stays while a remaining dataset uses it; otherwise the first remaining one names the node.
      const bool used = std::any_of(by_dataset.begin(), by_dataset.end(), [&](const auto& entry) {
        return versions.parse<Node>(key, entry.second).id == id;
      });
      if (!used) rows.rename_node(key, id = versions.parse<Node>(key, by_dataset.begin()->second).id);
    }
    if (kind == RecordKind::edge) rows.erase(kind, key);
    write_union<Record>(key, by_dataset, id);
  }

  /// Those of some sources that no other dataset holds.
  std::vector<std::int64_t> without_others(const std::vector<std::int64_t>& sources) {
    std::vector<std::int64_t> alone;
    for (const std::int64_t key : sources) {
      auto by_dataset = versions.contributions_of(RecordKind::source, key);
      by_dataset.erase(dataset);
      if (by_dataset.empty()) alone.push_back(key);
    }
    return alone;
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
    if constexpr (std::is_same_v<Record, Source>) foreign_citations.refuse_if_cited(dataset, without_others(gone));
    const detail::UncheckedReferences at_once(connection);  // `dangling` and `foreign_citations` look
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
      versions.read(*key, row);
      if (record_id(row) == hash) return std::nullopt;
      return fmt::format("the id {} was given to another record before: {}", record.id, describe(row));
    }
    const auto by_dataset = versions.of(*key, static_cast<const Record*>(nullptr));
    if (by_dataset.size() == 1 && by_dataset.begin()->first == dataset) return std::nullopt;
    Record row;
    versions.read(*key, row);
    if (record_id(row) == hash) return std::nullopt;
    return fmt::format("the id {} belongs to another dataset's record: {}", record.id, describe(row));
  }
};

}  // namespace chokepoint
