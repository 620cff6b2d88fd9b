#include "chokepoint/store/database.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "model/stored_row.hpp"
#include "store/connection/connection.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/migration.hpp"
#include "store/connection/schema_sql.hpp"

#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <random>
#include <system_error>

namespace chokepoint {

namespace {

/// 128 random bits from the system: the identity of a database, and of its first state.
std::string random_name() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", device(), device(), device(), device());
}

void fill_types(SQLite::Database& connection, const Ontology& ontology) {
  SQLite::Statement node(connection, "INSERT INTO node_type VALUES (?,?,?,?,?,?,?,?)");
  for (std::size_t i = 0; i < ontology.node_types().size(); ++i) {
    const NodeType& type = ontology.node_types()[i];
    SQLite::bind(node, static_cast<std::int64_t>(i), type.id, type.node_class, std::string(to_string(type.layer)),
                 std::string(label_of(type.labels, "en", type.id)), std::string(label_of(type.labels, "zh", type.id)),
                 type.colour, type.description);
    node.exec();
    node.reset();
  }
  SQLite::Statement edge(connection, "INSERT INTO edge_type VALUES (?,?,?,?,?,?,?,?,?,?)");
  for (std::size_t i = 0; i < ontology.edge_types().size(); ++i) {
    const EdgeType& type = ontology.edge_types()[i];
    const auto& dependency = type.dependency;
    SQLite::bind(edge, static_cast<std::int64_t>(i), type.id, std::string(to_string(type.role)),
                 std::string(!dependency                ? ""
                             : dependency->from_depends ? "from"
                                                        : "to"),
                 std::string(dependency ? to_string(dependency->group) : ""),
                 std::string(dependency ? to_string(dependency->strength) : ""),
                 std::string(label_of(type.labels, "en", type.id)), std::string(label_of(type.labels, "zh", type.id)),
                 type.colour, type.description);
    edge.exec();
    edge.reset();
  }
}

void write_schema(SQLite::Database& connection, const Ontology& ontology) {
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  connection.exec(fmt::format("PRAGMA application_id={}", detail::application_id));
  connection.exec(fmt::format("PRAGMA user_version={}", detail::schema_version()));
  for (const detail::SchemaObject& object : detail::schema_objects()) connection.exec(object.sql);
  fill_types(connection, ontology);
  connection.exec("DELETE FROM change_log");  // there was nothing before
  SQLite::Statement state(connection, "INSERT INTO state VALUES (1, ?, 0, 0, ?)");
  SQLite::bind(state, random_name(), ontology.canonical_text());
  state.exec();
  SQLite::Statement token(connection, "INSERT INTO token VALUES (1, ?)");
  SQLite::bind(token, random_name());
  token.exec();
  transaction.commit();
}

std::shared_ptr<const Ontology> read_ontology(SQLite::Database& connection) {
  SQLite::Statement statement(connection, "SELECT ontology FROM state");
  if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, "the database has no ontology; it is damaged");
  const std::string text = statement.getColumn(0).getString();
  // Most databases hold the compiled-in ontology, which needs no second reading and no check.
  const Ontology& standard = Ontology::standard();
  if (text == standard.canonical_text()) return {std::shared_ptr<const void>(), &standard};
  try {
    return std::make_shared<const Ontology>(Ontology::parse(text));
  } catch (const Error& error) {
    detail::refuse_value({"state", 1}, "ontology", error.what());
  }
}

/// Opens and verifies; rolls back first what a program that died left behind. A file of an older schema is brought to
/// the newest one where it may be written, and a copy of it where not.
/// @param is_copy  set where it is the copy
/// For reading, a transaction is open in what is returned: everything that is read is of one state.
std::unique_ptr<SQLite::Database> open_checked(const std::filesystem::path& path, OpenMode mode, bool& is_copy) {
  const auto connect = [&] {
    auto connection = detail::connect(path, mode, false);
    if (mode != OpenMode::write) connection->exec("BEGIN");
    const int version = detail::verify(*connection, path);
    const bool is_only_read = mode != OpenMode::write;
    if (version == detail::schema_version()) return connection;
    if (is_only_read && version >= detail::readable_schema_version()) {
      detail::guarded(path.string(), [&] { detail::show_newest_views(*connection, version); });
      return connection;
    }
    return detail::guarded(path.string(), [&] {
      is_copy = is_only_read;
      if (is_copy) {
        connection = detail::migrated_copy(*connection, version);
        connection->exec("BEGIN");
      } else {
        detail::migrate(*connection, version);
      }
      return std::move(connection);
    });
  };
  try {
    return connect();
  } catch (const StoreError& error) {
    // Reading asks for writing only when a journal was left behind.
    if ((error.sqlite_code & 0xFF) != SQLITE_READONLY) throw;
    detail::roll_back_interrupted_change(path);
    return connect();
  }
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Database Database::open(const std::filesystem::path& path, OpenMode mode) {
  Database database = open_later(path, mode);
  static_cast<void>(database.shared_ontology());
  return database;
}

Database Database::open_later(const std::filesystem::path& path, OpenMode mode) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status))
    throw NotFoundError(
        fmt::format("{}: no such file; make a database with `chokepoint init {}`", path.string(), path.string()));
  if (!std::filesystem::is_regular_file(status)) throw UsageError(fmt::format("{}: not a regular file", path.string()));
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->mode = mode;
  impl->connection.open_with([&impl = *impl] { return open_checked(impl.path, impl.mode, impl.is_copy); },
                             mode != OpenMode::write);
  Database database(std::move(impl));
  // A file that looks like ours is left until it is needed; any other is refused here and now.
  if (!detail::looks_sound(path)) static_cast<void>(database.shared_ontology());
  return database;
}

Database Database::create(const std::filesystem::path& path, const Ontology& ontology) {
  const bool memory = path == ":memory:";
  if (!memory && std::filesystem::exists(std::filesystem::symlink_status(path)))
    throw UsageError(fmt::format("{}: exists already; choose another name or remove it first", path.string()));
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->mode = OpenMode::write;
  impl->ontology = std::make_shared<const Ontology>(ontology);
  try {
    impl->connection = detail::connect(path, OpenMode::write, true);
    detail::guarded(path.string(), [&] { write_schema(*impl->connection, ontology); });
  } catch (...) {
    impl->connection.reset();
    std::error_code ignored;
    if (!memory) std::filesystem::remove(path, ignored);
    throw;
  }
  return Database(std::move(impl));
}

Database Database::in_memory(const Ontology& ontology) { return create(":memory:", ontology); }

const Ontology& Database::ontology() const {
  if (!impl_->ontology) static_cast<void>(shared_ontology());
  return *impl_->ontology;
}
std::shared_ptr<const Ontology> Database::shared_ontology() const {
  if (!impl_->ontology) {
    impl_->ontology = detail::guarded(impl_->path.string(), [&] { return read_ontology(*impl_->connection); });
  }
  return impl_->ontology;
}
OpenMode Database::mode() const { return impl_->mode; }

DatabaseInfo Database::info() const {
  if (impl_->known_info) return *impl_->known_info;
  return detail::guarded(impl_->path.string(), [&] {
    DatabaseInfo info;
    info.path = impl_->path.string();
    info.schema_version = detail::schema_version();
    info.token = detail::token_of(*impl_->connection);
    SQLite::Statement statement(*impl_->connection, "SELECT uuid, revision FROM state");
    if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, "the table state is empty; it is damaged");
    info.uuid = statement.getColumn(0).getString();
    if (!is_valid_utf8(info.uuid)) detail::refuse_value({"state", 1}, "uuid", "the text is not UTF-8");
    info.revision = statement.getColumn(1).getInt64();
    return info;
  });
}

void Database::keep_state() {
  impl_->keeps_state = true;
  if (impl_->mode != OpenMode::write)
    detail::guarded(impl_->path.string(), [&] { static_cast<void>(*impl_->connection); });
}

void Database::let_go() const {
  Impl& impl = *impl_;
  if (impl.keeps_state || !impl.connection.is_reading()) return;
  impl.known_info = info();
  impl.known_datasets = Reader(*this).dataset_versions();
  impl.connection.end_reading();
}

}  // namespace chokepoint
