#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/support/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace chokepoint {

/// How a database file is opened.
enum class OpenMode : std::uint8_t {
  read,       ///< read only; the file and its folder are never changed
  immutable,  ///< read only, and nobody else writes it: no locks are taken (the curated database)
  write,      ///< read and write
};

/// What identifies the state that an answer stands on.
struct DatabaseInfo {
  std::string path;
  std::string uuid;           ///< made at `init`; export and import do not carry it
  std::int64_t revision = 0;  ///< rises with every change, also one made with other tools
  std::string token;          ///< drawn anew at every change: files of one token hold the same
  int schema_version = 0;
};

/// A database was changed by somebody else between two readings that must be of one state. Asked again of a Database
/// that keeps its state, the question is answered.
class StateChanged : public Error {
 public:
  StateChanged() : Error(ErrorKind::io, "the database was changed while it was being read; ask again") {}
};

/// One SQLite file with our schema. Every connection is set up in one place: busy timeout first, foreign keys on,
/// defensive on, trusted schema off, cell size check on, no memory map; and read back. Not thread-safe.
///
/// Opened for reading it shows one state: that of the first thing that was read from it, or of the snapshot that was
/// found for it. While it reads, whoever writes to the file waits before committing.
class Database {
 public:
  /// @throws NotFoundError no such file; StoreError a foreign, future, empty or damaged database (bad_data), or a
  ///         locked or unreadable one (io). Never creates a file.
  static Database open(const std::filesystem::path& path, OpenMode mode);
  /// Like open, but a file whose first bytes are those of ours is opened and checked when something is read from it:
  /// what a snapshot answers needs no connection.
  static Database open_later(const std::filesystem::path& path, OpenMode mode);
  /// A new database with the schema and `ontology`.
  /// @throws UsageError when the file exists; IoError / StoreError when it cannot be written
  static Database create(const std::filesystem::path& path, const Ontology& ontology);
  /// A private one in memory, for tests.
  static Database in_memory(const Ontology& ontology);

  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  [[nodiscard]] const Ontology& ontology() const;
  [[nodiscard]] std::shared_ptr<const Ontology> shared_ontology() const;
  [[nodiscard]] DatabaseInfo info() const;
  [[nodiscard]] OpenMode mode() const;

  /// Holds the state that is read until the object goes, so that no StateChanged is thrown once this returned.
  /// @throws StateChanged and what opening throws
  void keep_state();
  /// Nothing will be read for a while: writers need not wait. What is read afterwards is of the same state.
  /// @throws StateChanged, from whatever reads afterwards, when there is another one by then
  void let_go() const;

  /// For the modules of `store` only.
  struct Impl;
  [[nodiscard]] Impl& impl() const { return *impl_; }

 private:
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint
