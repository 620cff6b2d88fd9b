#include "store/connection/schema_sql.hpp"
#include "store/writing/writer_impl.hpp"

#include <sqlite3.h>

#include <set>

namespace chokepoint {

namespace {

/// Whether no dataset is there and no record.
bool holds_nothing(SQLite::Database& connection) {
  SQLite::Statement statement(
      connection,
      "SELECT NOT EXISTS (SELECT 1 FROM dataset UNION ALL SELECT 1 FROM source UNION ALL SELECT 1 FROM "
      "node UNION ALL SELECT 1 FROM edge UNION ALL SELECT 1 FROM observation UNION ALL SELECT 1 FROM "
      "alias UNION ALL SELECT 1 FROM citation UNION ALL SELECT 1 FROM membership)");
  return statement.executeStep() && statement.getColumn(0).getInt() == 1;
}

/// Rows name types by the ontology's numbers, and SQLite sees to it that the tables of types have them.
template <typename Type>
void check_types(SQLite::Database& connection, const char* table, const std::vector<Type>& types) {
  SQLite::Statement statement(connection, fmt::format("SELECT key, id FROM {} ORDER BY key", table));
  for (std::size_t i = 0; i < types.size(); ++i) {
    const auto key = static_cast<std::int64_t>(i);
    if (!statement.executeStep() || statement.getColumn(0).getInt64() != key)
      detail::refuse_value({table, key}, "key", "there is no such row");
    if (statement.getColumn(1).getString() != types[i].id)
      detail::refuse_value({table, key}, "id", fmt::format("the ontology calls it {}", types[i].id));
  }
}

void require_writable(const Database& database) {
  if (database.mode() != OpenMode::write)
    throw UsageError(fmt::format(
        "{}: opened for reading only; make a database of your own with `chokepoint init FILE` and name it with "
        "--db",
        database.info().path));
}

/// SQLite calls this every so many steps of its machine; an exception must not pass through it.
int call_tick(void* tick) {
  auto& [function, failure] = *static_cast<detail::ProgressHook*>(tick);
  if (failure) return 1;
  try {
    function();
    return 0;
  } catch (...) {
    failure = std::current_exception();
    return 1;
  }
}

}  // namespace

struct JoinedWrites::Impl {
  detail::Change change;
};

JoinedWrites::JoinedWrites(Database& database) {
  require_writable(database);
  detail::guarded("writing to " + database.info().path,
                  [&] { impl_.reset(new Impl{detail::Change(*database.impl().connection)}); });
}
JoinedWrites::~JoinedWrites() = default;

void JoinedWrites::commit() {
  detail::guarded("committing", [&] { impl_->change.commit(); });
}

/// Finds the dataset or makes it, and writes what is said of it where that is new.
void Writer::Impl::name_dataset(const DatasetInfo& info) {
  SQLite::Statement find(connection, "SELECT key, title, version, license FROM dataset WHERE id = ?");
  find.bind(1, info.id);
  known = find.executeStep();
  if (known) {
    dataset = find.getColumn(0).getInt64();
    info_changed = find.getColumn(1).getString() != info.title || find.getColumn(2).getString() != info.version ||
                   find.getColumn(3).getString() != info.license;
  }
  if (known && !info_changed) return;
  SQLite::Statement write(connection,
                          "INSERT INTO dataset (id, title, version, license) VALUES (?1,?2,?3,?4) ON CONFLICT (id) DO "
                          "UPDATE SET title=?2, version=?3, license=?4");
  write.bind(1, info.id);
  write.bind(2, info.title);
  write.bind(3, info.version);
  write.bind(4, info.license);
  write.exec();
  if (!known) {
    dataset = connection.getLastInsertRowid();
    info_changed = true;
  }
  versions.add_dataset(dataset);
}

Writer::Writer(Database& database, const DatasetInfo& dataset) {
  require_writable(database);
  detail::guarded("writing to " + database.info().path, [&] {
    SQLite::Database& target = *database.impl().connection;
    const bool joined = sqlite3_get_autocommit(target.getHandle()) == 0;
    std::unique_ptr<detail::Staging> staging;
    if (!joined && holds_nothing(target) && detail::Staging::suits(target)) {
      staging = std::make_unique<detail::Staging>(target);
      if (!holds_nothing(staging->connection())) staging.reset();  // somebody was faster
    }
    impl_ = std::make_unique<Impl>(target, database.ontology(), std::move(staging));
    SQLite::Database& connection = impl_->connection;
    check_types(connection, "node_type", database.ontology().node_types());
    check_types(connection, "edge_type", database.ontology().edge_types());
    for (const auto& trigger : detail::schema_triggers()) connection.exec("DROP TRIGGER " + trigger.name);
    SQLite::Statement state(connection, "SELECT revision <> search_revision FROM state");
    state.executeStep();
    impl_->index_was_stale = state.getColumn(0).getInt() != 0;
    if (impl_->index_was_stale) impl_->rows.reindex_names();
    impl_->name_dataset(dataset);
  });
}

Writer::~Writer() = default;

void Writer::set_tick(std::function<void()> tick) {
  constexpr int steps = 100'000;  // some milliseconds
  impl_->tick.function = std::move(tick);
  sqlite3_progress_handler(impl_->connection.getHandle(), impl_->tick.function ? steps : 0, call_tick, &impl_->tick);
}

bool Writer::dataset_was_known() const { return impl_->known; }
bool Writer::has_other_datasets() {
  return impl_->run("looking up datasets", [&] {
    SQLite::Statement statement(impl_->connection, "SELECT 1 FROM dataset WHERE key <> ?");
    statement.bind(1, impl_->dataset);
    return statement.executeStep();
  });
}

std::optional<KnownNode> Writer::find_node(std::string_view id) {
  if (impl_->bulk) {
    const auto known = impl_->bulk->nodes.find(id);
    return known ? std::optional(KnownNode{known->key, std::string(known->id), known->type}) : std::nullopt;
  }
  return impl_->run("looking up a node", [&] { return impl_->rows.find_node(id); });
}
bool Writer::has_source(std::string_view id) {
  return impl_->look("looking up a source", [&] {
    const auto key = impl_->rows.find_source(id);
    if (key) impl_->mark_seen(RecordKind::source, *key);
    return key.has_value();
  });
}

std::optional<std::string> Writer::earlier_merge(std::string_view id) {
  return impl_->run("looking up merged nodes", [&]() -> std::optional<std::string> {
    if (!impl_->known) return std::nullopt;
    auto statement = impl_->prepared.use(
        "SELECT n.id FROM membership m JOIN node n ON n.key = m.record WHERE m.kind = 'node' AND "
        "m.dataset = ? AND CASE WHEN json_valid(m.contribution) THEN json_extract(m.contribution, '$.id') END = ?");
    statement->bind(1, impl_->dataset);
    statement->bind(2, std::string(id));
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
  });
}

std::optional<std::string> Writer::node_of_file_id(std::string_view file_id) {
  return impl_->run("looking up an id of the file", [&]() -> std::optional<std::string> {
    if (!impl_->known) return std::nullopt;
    auto statement = impl_->prepared.use(
        "SELECT n.id FROM alias a JOIN node n ON n.key = a.node JOIN dataset d ON d.id = a.tag "
        "WHERE a.folded = ?1 AND a.kind = 'code' AND d.key = ?2 AND a.name = ?3");
    statement->bind(1, fold(file_id));
    statement->bind(2, impl_->dataset);
    statement->bind(3, std::string(file_id));
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
  });
}

std::optional<std::string> Writer::dataset_of_file_id(std::string_view file_id) {
  return impl_->run("looking up an id of a file", [&]() -> std::optional<std::string> {
    auto statement = impl_->prepared.use(
        "SELECT d.id FROM alias a JOIN dataset d ON d.id = a.tag "
        "WHERE a.folded = ?1 AND a.kind = 'code' AND a.name = ?2 ORDER BY d.id");
    statement->bind(1, fold(file_id));
    statement->bind(2, std::string(file_id));
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
  });
}

Writer::Namesakes Writer::namesakes(std::string_view folded, std::size_t limit) {
  return impl_->run("looking up names", [&] {
    // Nodes that only this dataset holds are about to be replaced; they are no candidates.
    auto statement = impl_->prepared.use(
        "SELECT DISTINCT n.key FROM alias a JOIN node n ON n.key = a.node WHERE a.folded = ?1 "
        "AND a.kind <> 'code' AND "
        "(n.dataset <> ?2 OR EXISTS (SELECT 1 FROM membership m WHERE m.kind = 'node' AND "
        "m.record = n.key AND m.dataset <> ?2)) ORDER BY n.id");
    statement->bind(1, std::string(folded));
    statement->bind(2, impl_->dataset);
    Namesakes found;
    while (statement->executeStep()) {
      if (static_cast<std::size_t>(found.total++) >= limit) continue;
      impl_->versions.read(statement->getColumn(0).getInt64(), found.nodes.emplace_back());
    }
    return found;
  });
}

std::vector<std::string> Writer::nodes_named(std::string_view folded, std::size_t limit) {
  return impl_->run("looking up names", [&] {
    auto statement = impl_->prepared.use(
        "SELECT DISTINCT n.id FROM alias a JOIN node n ON n.key = a.node WHERE a.folded = ?1 "
        "AND a.kind <> 'code' ORDER BY n.id LIMIT ?2");
    statement->bind(1, std::string(folded));
    statement->bind(2, static_cast<std::int64_t>(limit));
    std::vector<std::string> ids;
    while (statement->executeStep()) ids.push_back(statement->getColumn(0).getString());
    return ids;
  });
}

std::optional<Labels> Writer::node_labels(std::string_view id) {
  return impl_->run("looking up a node", [&]() -> std::optional<Labels> {
    const auto known = impl_->rows.find_node(id);
    if (!known) return std::nullopt;
    Node node;
    impl_->versions.read(known->key, node);
    return node.labels;
  });
}

std::optional<Node> Writer::node_of_others(std::string_view id) {
  return impl_->run("looking up a node", [&]() -> std::optional<Node> {
    const auto known = impl_->rows.find_node(id);
    if (!known) return std::nullopt;
    const auto versions = impl_->versions.of(known->key, static_cast<const Node*>(nullptr));
    if (versions.size() == 1 && versions.begin()->first == impl_->dataset) return std::nullopt;
    Node node;
    impl_->versions.read(known->key, node);
    return node;
  });
}

Writer::GroupState Writer::group_state(std::uint16_t edge_type, bool from_depends, std::int64_t dependent,
                                       std::string_view group) {
  return impl_->run("checking a requirement group", [&] {
    auto statement = impl_->prepared.use(
        fmt::format("SELECT count(*), min(coalesce(k, 1)), max(coalesce(k, 1)) FROM edge WHERE {} = ? "
                    "AND type = ? AND group_name = ?",
                    from_depends ? "from_node" : "to_node"));
    statement->bind(1, dependent);
    statement->bind(2, static_cast<std::int64_t>(edge_type));
    statement->bind(3, std::string(group));
    statement->executeStep();
    return GroupState{statement->getColumn(0).getInt64(), statement->getColumn(1).getInt64(),
                      statement->getColumn(2).getInt64()};
  });
}

const std::vector<std::string>& Writer::conflicts() const { return impl_->conflicts; }

void Writer::write_search_index() {
  if (impl_->index_written) return;
  impl_->run("writing the search index", [&] {
    if (impl_->bulk)
      impl_->rows.index_all_names();
    else
      impl_->rows.flush_names();
  });
  impl_->index_written = true;
}

bool Writer::commit(const std::string& at, const std::string& command, std::int64_t added, std::int64_t changed,
                    std::int64_t removed, const std::string& dataset) {
  return impl_->run("committing", [&] {
    const bool differs = std::any_of(impl_->said_before.begin(), impl_->said_before.end(),
                                     [](const auto& said) { return !said.empty(); });
    if (!impl_->touched && !differs && !impl_->info_changed && !impl_->index_was_stale) return false;
    write_search_index();
    if (impl_->bulk) detail::write_citations(*impl_->bulk);
    if (impl_->bulk) impl_->rows.log().add_all();  // a fresh database has no past
    impl_->rows.log().write();
    impl_->foreign_citations.add(impl_->dataset, impl_->rows.known_sources());
    for (const auto& trigger : detail::schema_triggers()) impl_->connection.exec(trigger.sql);
    impl_->check_revision();
    impl_->connection.exec("UPDATE state SET revision = revision + 1, search_revision = revision + 1");
    SQLite::Statement entry(impl_->connection, "INSERT INTO revision SELECT revision, ?, ?, ?, ?, ?, ? FROM state");
    entry.bind(1, at);
    entry.bind(2, command);
    entry.bind(3, dataset);
    entry.bind(4, added);
    entry.bind(5, changed);
    entry.bind(6, removed);
    entry.exec();
    impl_->transaction.commit();
    if (impl_->staging) impl_->staging->publish(impl_->tick.function);
    return true;
  });
}

}  // namespace chokepoint
