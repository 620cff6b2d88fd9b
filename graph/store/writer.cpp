#include "chokepoint/store/writer.hpp"

#include "store/impl.hpp"
#include "store/merge.hpp"
#include "store/row_writer.hpp"
#include "store/rows.hpp"
#include "store/schema_sql.hpp"

#include "chokepoint/model/error.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace chokepoint {

namespace {

constexpr RecordKind kind_of(const Source*) { return RecordKind::source; }
constexpr RecordKind kind_of(const Node*) { return RecordKind::node; }
constexpr RecordKind kind_of(const Edge*) { return RecordKind::edge; }
constexpr RecordKind kind_of(const Observation*) { return RecordKind::observation; }

template <typename Record>
Record record_from(const std::string& json);
template <>
Source record_from(const std::string& json) { return source_from_json(parse_json(json)); }
template <>
Node record_from(const std::string& json) { return node_from_json(parse_json(json)); }
template <>
Edge record_from(const std::string& json) { return edge_from_json(parse_json(json)); }
template <>
Observation record_from(const std::string& json) { return observation_from_json(parse_json(json)); }

void sort_citations(std::vector<Citation>& citations) {
  std::sort(citations.begin(), citations.end());
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
}

}  // namespace

struct Writer::Impl {
  SQLite::Database& connection;
  const Ontology& ontology;
  SQLite::Transaction transaction;
  detail::RowWriter rows;
  detail::RowReader reader;
  SQLite::Statement contributions, add_contribution, erase_contributions, edge_by_hash, edge_by_name,
      observation_by_hash, observation_by_name, one_source, one_node, one_edge, one_observation;
  std::array<std::unique_ptr<SQLite::Statement>, record_kinds> owners;
  std::int64_t dataset = 0;
  bool known = false;
  bool info_changed = false;
  bool touched = false;                                     ///< a row was written or erased
  bool index_was_stale = false;
  std::array<std::vector<bool>, record_kinds> seen;         ///< by key: put in this import
  std::vector<std::string> conflicts;

  Impl(SQLite::Database& db, const Ontology& types)
      : connection(db),
        ontology(types),
        transaction(db, SQLite::TransactionBehavior::IMMEDIATE),
        rows(db, types),
        reader(db),
        contributions(db, "SELECT dataset, contribution FROM membership WHERE kind = ? AND record = ? ORDER BY dataset"),
        add_contribution(db, "INSERT OR REPLACE INTO membership VALUES (?,?,?,?)"),
        erase_contributions(db, "DELETE FROM membership WHERE kind = ? AND record = ?"),
        edge_by_hash(db, "SELECT key FROM edge WHERE from_node = ? AND type = ? AND to_node = ? AND hash = ? ORDER BY key"),
        edge_by_name(db, "SELECT key FROM edge WHERE name = ?"),
        observation_by_hash(db, "SELECT key FROM observation WHERE hash = ? ORDER BY key"),
        observation_by_name(db, "SELECT key FROM observation WHERE name = ?"),
        one_source(db, std::string(detail::select_source) + " WHERE s.key = ?"),
        one_node(db, std::string(detail::select_node) + " WHERE n.key = ?"),
        one_edge(db, std::string(detail::select_edge) + " WHERE e.key = ?"),
        one_observation(db, std::string(detail::select_observation) + " WHERE v.key = ?") {}

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
    if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, "a record vanished; the database is damaged");
    record = (reader.*read_row)(statement).second;
    statement.reset();
  }

  std::int64_t owner_of(RecordKind kind, std::int64_t key) {
    auto& statement = owners[static_cast<std::size_t>(kind)];
    if (!statement)
      statement = std::make_unique<SQLite::Statement>(
          connection, fmt::format("SELECT dataset FROM {} WHERE key = ?", detail::table_of(kind)));
    statement->bind(1, key);
    statement->executeStep();
    const std::int64_t owner = statement->getColumn(0).getInt64();
    statement->reset();
    return owner;
  }

  std::map<std::int64_t, std::string> contributions_of(RecordKind kind, std::int64_t key) {
    std::map<std::int64_t, std::string> by_dataset;
    contributions.reset();
    contributions.bind(1, std::string(detail::table_of(kind)));
    contributions.bind(2, key);
    while (contributions.executeStep())
      by_dataset.emplace(contributions.getColumn(0).getInt64(), contributions.getColumn(1).getString());
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
    const RecordKind kind = kind_of(tag);
    auto by_dataset = contributions_of(kind, key);
    if (by_dataset.empty()) {
      Record row;
      stored(key, row);
      by_dataset.emplace(owner_of(kind, key), canonical(to_json(row)));
    }
    return by_dataset;
  }

  template <typename Record>
  void write_union(std::int64_t key, const std::map<std::int64_t, std::string>& by_dataset, const std::string& stored_id) {
    std::vector<Record> versions;
    for (const auto& [set, json] : by_dataset) versions.push_back(record_from<Record>(json));
    if (!stored_id.empty() && versions.front().id != stored_id) {
      // The stored id stays even when the dataset that brought it says least.
      const auto first = std::find_if(versions.begin(), versions.end(), [&](const Record& r) { return r.id == stored_id; });
      if (first != versions.end()) std::rotate(versions.begin(), first, first + 1);
    }
    Record record = detail::merged(versions, conflicts);
    if (!stored_id.empty()) record.id = stored_id;
    rows.write(record, key, by_dataset.begin()->first);
    store_contributions(kind_of(static_cast<const Record*>(nullptr)), key, by_dataset);
    touched = true;
  }

  bool mark_seen(RecordKind kind, std::int64_t key) {
    auto& bits = seen[static_cast<std::size_t>(kind)];
    const auto at = static_cast<std::size_t>(key);
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
    const RecordKind kind = kind_of(static_cast<const Record*>(nullptr));
    if (!key) {
      const std::int64_t fresh = rows.next_key(kind);
      rows.write(record, fresh, dataset);
      touched = true;
      mark_seen(kind, fresh);
      return PutOutcome::added;
    }
    auto by_dataset = versions_of(*key, static_cast<const Record*>(nullptr));
    const bool again = mark_seen(kind, *key);
    const auto mine = by_dataset.find(dataset);
    if (again && mine != by_dataset.end()) {
      // An equal record earlier in this import: its sources and this one's are united.
      record = detail::merged(std::vector<Record>{record_from<Record>(mine->second), record}, conflicts);
    }
    const std::string text = canonical(to_json(record));
    if (mine != by_dataset.end() && mine->second == text) return again ? PutOutcome::united : PutOutcome::unchanged;
    const bool had = mine != by_dataset.end();
    by_dataset[dataset] = text;
    // Edge rows are sorted by their ends, so an edge is written anew instead of updated.
    if (kind == RecordKind::edge) rows.erase(kind, *key);
    write_union<Record>(*key, by_dataset, stored_id);
    if (again) return PutOutcome::united;
    return had ? PutOutcome::changed : PutOutcome::added;
  }

  template <typename Record>
  void take_out(std::int64_t key) {
    const RecordKind kind = kind_of(static_cast<const Record*>(nullptr));
    auto by_dataset = contributions_of(kind, key);
    by_dataset.erase(dataset);
    touched = true;
    if (by_dataset.empty()) {
      if constexpr (std::is_same_v<Record, Source>) refuse_if_cited(key);
      rows.erase(kind, key);
      return;
    }
    Record row;
    stored(key, row);
    std::string id = row.id;
    if constexpr (std::is_same_v<Record, Node>) {
      // The id stays while a remaining dataset uses it; otherwise the first remaining one names the node.
      const bool used = std::any_of(by_dataset.begin(), by_dataset.end(),
                                    [&](const auto& entry) { return record_from<Node>(entry.second).id == id; });
      if (!used) rename_node(key, id = record_from<Node>(by_dataset.begin()->second).id);
    }
    if (kind == RecordKind::edge) rows.erase(kind, key);
    write_union<Record>(key, by_dataset, id);
  }

  void refuse_if_cited(std::int64_t source) {
    for (const char* kind : {"node", "edge", "observation"}) {
      SQLite::Statement statement(connection,
                                  fmt::format("SELECT d.id, s.id FROM {0} r JOIN dataset d ON d.key = r.dataset, source s WHERE "
                                              "s.key = ?1 AND (r.source = ?1 OR r.key IN (SELECT record FROM citation WHERE "
                                              "kind = '{0}' AND source = ?1)) LIMIT 1",
                                              kind));
      statement.bind(1, source);
      if (statement.executeStep())
        throw StoreError(ErrorKind::bad_data,
                         fmt::format("the source {} is still cited by a record ({}) of the dataset {}; remove or change that "
                                     "dataset first",
                                     statement.getColumn(1).getString(), kind, statement.getColumn(0).getString()));
    }
  }

  void rename_node(std::int64_t key, const std::string& id) {
    SQLite::Statement statement(connection, "UPDATE node SET id = ?, id_folded = ? WHERE key = ?");
    statement.bind(1, id);
    statement.bind(2, fold(id));
    statement.bind(3, key);
    statement.exec();
  }

  template <typename Record>
  std::int64_t remove_unseen() {
    const RecordKind kind = kind_of(static_cast<const Record*>(nullptr));
    std::vector<std::int64_t> gone;
    SQLite::Statement statement(
        connection, fmt::format("SELECT key FROM {0} WHERE dataset = ?1 UNION SELECT record FROM membership WHERE kind = '{0}' "
                                "AND dataset = ?1 ORDER BY 1",
                                detail::table_of(kind)));
    statement.bind(1, dataset);
    while (statement.executeStep()) {
      const std::int64_t key = statement.getColumn(0).getInt64();
      // A row's own dataset is the first of several; whether this one is among them, its contributions say.
      if (!was_seen(kind, key)) gone.push_back(key);
    }
    statement.reset();
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
    const RecordKind kind = kind_of(static_cast<const Record*>(nullptr));
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

Writer::Writer(Database& database, const DatasetInfo& dataset) {
  if (database.mode() != OpenMode::write)
    throw UsageError(
        fmt::format("{}: opened for reading only; make a database of your own with `chokepoint init FILE` and name it with "
                    "--db",
                    database.info().path));
  detail::guarded("writing to " + database.info().path, [&] {
    SQLite::Database& connection = *database.impl().connection;
    impl_ = std::make_unique<Impl>(connection, database.ontology());
    for (const auto& trigger : detail::schema_triggers()) connection.exec("DROP TRIGGER " + trigger.name);
    SQLite::Statement state(connection, "SELECT revision <> search_revision FROM state");
    state.executeStep();
    impl_->index_was_stale = state.getColumn(0).getInt() != 0;
    if (impl_->index_was_stale) impl_->rows.reindex_names();
    SQLite::Statement find(connection, "SELECT key, title, version, license FROM dataset WHERE id = ?");
    find.bind(1, dataset.id);
    impl_->known = find.executeStep();
    if (impl_->known) {
      impl_->dataset = find.getColumn(0).getInt64();
      impl_->info_changed = find.getColumn(1).getString() != dataset.title ||
                            find.getColumn(2).getString() != dataset.version ||
                            find.getColumn(3).getString() != dataset.license;
    }
    if (impl_->known && !impl_->info_changed) return;
    SQLite::Statement write(connection,
                            "INSERT INTO dataset (id, title, version, license) VALUES (?1,?2,?3,?4) ON CONFLICT (id) DO "
                            "UPDATE SET title=?2, version=?3, license=?4");
    write.bind(1, dataset.id);
    write.bind(2, dataset.title);
    write.bind(3, dataset.version);
    write.bind(4, dataset.license);
    write.exec();
    if (!impl_->known) {
      impl_->dataset = connection.getLastInsertRowid();
      impl_->info_changed = true;
    }
  });
}

Writer::~Writer() = default;

bool Writer::dataset_was_known() const { return impl_->known; }
bool Writer::has_other_datasets() {
  return detail::guarded("looking up datasets", [&] {
    SQLite::Statement statement(impl_->connection, "SELECT 1 FROM dataset WHERE key <> ?");
    statement.bind(1, impl_->dataset);
    return statement.executeStep();
  });
}

std::optional<KnownNode> Writer::find_node(std::string_view id) {
  return detail::guarded("looking up a node", [&] { return impl_->rows.find_node(id); });
}
bool Writer::has_source(std::string_view id) {
  return detail::guarded("looking up a source", [&] { return impl_->rows.find_source(id).has_value(); });
}

std::optional<std::string> Writer::earlier_merge(std::string_view id) {
  return detail::guarded("looking up merged nodes", [&]() -> std::optional<std::string> {
    if (!impl_->known) return std::nullopt;
    SQLite::Statement statement(impl_->connection,
                                "SELECT n.id FROM membership m JOIN node n ON n.key = m.record WHERE m.kind = 'node' AND "
                                "m.dataset = ? AND json_extract(m.contribution, '$.id') = ?");
    statement.bind(1, impl_->dataset);
    statement.bind(2, std::string(id));
    if (!statement.executeStep()) return std::nullopt;
    return statement.getColumn(0).getString();
  });
}

std::vector<Node> Writer::namesakes(const std::vector<std::string>& names) {
  return detail::guarded("looking up names", [&] {
    std::set<std::int64_t> keys;
    // Nodes that only this dataset holds are about to be replaced; they are no candidates.
    SQLite::Statement statement(
        impl_->connection,
        "SELECT DISTINCT a.node FROM alias a JOIN node n ON n.key = a.node WHERE a.folded = ?1 AND a.kind <> 'code' AND "
        "(n.dataset <> ?2 OR EXISTS (SELECT 1 FROM membership m WHERE m.kind = 'node' AND m.record = n.key AND m.dataset "
        "<> ?2))");
    for (const std::string& name : names) {
      statement.reset();
      statement.bind(1, fold(name));
      statement.bind(2, impl_->dataset);
      while (statement.executeStep()) {
        keys.insert(statement.getColumn(0).getInt64());
      }
    }
    std::vector<Node> nodes;
    for (const std::int64_t key : keys) {
      Node node;
      impl_->stored(key, node);
      nodes.push_back(std::move(node));
    }
    std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.id < b.id; });
    return nodes;
  });
}

std::optional<Node> Writer::node_of_others(std::string_view id) {
  return detail::guarded("looking up a node", [&]() -> std::optional<Node> {
    const auto known = impl_->rows.find_node(id);
    if (!known) return std::nullopt;
    const auto versions = impl_->versions_of(known->key, static_cast<const Node*>(nullptr));
    if (versions.size() == 1 && versions.begin()->first == impl_->dataset) return std::nullopt;
    Node node;
    impl_->stored(known->key, node);
    return node;
  });
}

PutOutcome Writer::put(const Source& source) {
  return detail::guarded("writing a source",
                         [&] { return impl_->put(source, impl_->rows.find_source(source.id), source.id); });
}

PutOutcome Writer::put(const Node& given, std::string_view stored_id) {
  return detail::guarded("writing a node", [&] {
    Node node = given;
    sort_citations(node.sources);
    const auto known = impl_->rows.find_node(stored_id);
    return impl_->put(std::move(node), known ? std::optional(known->key) : std::nullopt,
                      known ? known->id : std::string(stored_id));
  });
}

PutOutcome Writer::put(const Edge& given) {
  return detail::guarded("writing an edge", [&] {
    Edge edge = given;
    sort_citations(edge.sources);
    const std::string hash = record_id(edge);
    if (edge.id.empty()) edge.id = hash;
    return impl_->put(edge, impl_->find(edge, hash), edge.id);
  });
}

PutOutcome Writer::put(const Observation& given) {
  return detail::guarded("writing an observation", [&] {
    Observation observation = given;
    sort_citations(observation.sources);
    const std::string hash = record_id(observation);
    if (observation.id.empty()) observation.id = hash;
    return impl_->put(observation, impl_->find(observation, hash), observation.id);
  });
}

std::optional<std::string> Writer::id_conflict(const Edge& edge) {
  return detail::guarded("looking up an edge", [&] { return impl_->id_conflict(edge); });
}
std::optional<std::string> Writer::id_conflict(const Observation& observation) {
  return detail::guarded("looking up an observation", [&] { return impl_->id_conflict(observation); });
}

Writer::GroupState Writer::group_state(std::uint16_t edge_type, bool from_depends, std::int64_t dependent,
                                       std::string_view group) {
  return detail::guarded("checking a requirement group", [&] {
    SQLite::Statement statement(impl_->connection,
                                fmt::format("SELECT count(*), min(coalesce(k, 1)), max(coalesce(k, 1)) FROM edge WHERE {} = ? "
                                            "AND type = ? AND group_name = ?",
                                            from_depends ? "from_node" : "to_node"));
    statement.bind(1, dependent);
    statement.bind(2, static_cast<std::int64_t>(edge_type));
    statement.bind(3, std::string(group));
    statement.executeStep();
    return GroupState{statement.getColumn(0).getInt64(), statement.getColumn(1).getInt64(),
                      statement.getColumn(2).getInt64()};
  });
}

std::vector<std::int64_t> Writer::remove_rest() {
  return detail::guarded("removing records", [&] {
    std::vector<std::int64_t> removed(record_kinds);
    removed[static_cast<std::size_t>(RecordKind::observation)] = impl_->remove_unseen<Observation>();
    removed[static_cast<std::size_t>(RecordKind::edge)] = impl_->remove_unseen<Edge>();
    removed[static_cast<std::size_t>(RecordKind::node)] = impl_->remove_unseen<Node>();
    return removed;
  });
}

std::int64_t Writer::remove_rest_of_sources() {
  return detail::guarded("removing sources", [&] { return impl_->remove_unseen<Source>(); });
}

void Writer::remove_dataset() {
  detail::guarded("removing a dataset", [&] {
    SQLite::Statement statement(impl_->connection, "DELETE FROM dataset WHERE key = ?");
    statement.bind(1, impl_->dataset);
    statement.exec();
    impl_->touched = true;
  });
}

std::vector<std::string> Writer::dangling() {
  return detail::guarded("checking what others rest on", [&] {
    std::vector<std::string> list;
    const auto add = [&](const std::string& sql) {
      SQLite::Statement statement(impl_->connection, sql);
      while (statement.executeStep()) list.push_back(statement.getColumn(0).getString());
    };
    for (const char* column : {"from_node", "to_node", "item", "market", "origin"})
      add(fmt::format("SELECT 'edge ' || coalesce(e.name, printf('%016x', e.hash)) || ' of dataset ' || d.id FROM edge e JOIN "
                      "dataset d ON d.key = e.dataset WHERE e.{0} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM node n WHERE "
                      "n.key = e.{0})",
                      column));
    for (const char* column : {"subject", "item", "market", "relative_to"})
      add(fmt::format("SELECT 'observation ' || coalesce(v.name, printf('%016x', v.hash)) || ' of dataset ' || d.id FROM "
                      "observation v JOIN dataset d ON d.key = v.dataset WHERE v.{0} IS NOT NULL AND NOT EXISTS (SELECT 1 "
                      "FROM node n WHERE n.key = v.{0})",
                      column));
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
  });
}

const std::vector<std::string>& Writer::conflicts() const { return impl_->conflicts; }

bool Writer::commit(const std::string& at, const std::string& command, std::int64_t added, std::int64_t changed,
                    std::int64_t removed, const std::string& dataset) {
  return detail::guarded("committing", [&] {
    if (!impl_->touched && !impl_->info_changed && !impl_->index_was_stale) return false;
    impl_->rows.flush_names();
    for (const auto& trigger : detail::schema_triggers()) impl_->connection.exec(trigger.sql);
    impl_->connection.exec("UPDATE state SET revision = revision + 1, search_revision = revision + 1");
    SQLite::Statement entry(impl_->connection,
                            "INSERT INTO revision SELECT revision, ?, ?, ?, ?, ?, ? FROM state");
    entry.bind(1, at);
    entry.bind(2, command);
    entry.bind(3, dataset);
    entry.bind(4, added);
    entry.bind(5, changed);
    entry.bind(6, removed);
    entry.exec();
    impl_->transaction.commit();
    return true;
  });
}

}  // namespace chokepoint
