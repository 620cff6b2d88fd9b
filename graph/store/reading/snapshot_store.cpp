#include "chokepoint/store/snapshot_store.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/connection.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/schema_sql.hpp"
#include "store/reading/delta_loader.hpp"
#include "store/reading/file_fingerprint.hpp"

#include <fmt/format.h>

#include <optional>
#include <system_error>
#include <utility>

namespace chokepoint {

namespace {

namespace fs = std::filesystem;
using Datasets = std::vector<std::pair<std::string, std::string>>;

bool is_memory(const fs::path& database) { return database.empty() || database == ":memory:"; }

/// Ids and versions, each ended by a zero byte.
std::string pack(const Datasets& datasets) {
  std::string text;
  for (const auto& [id, version] : datasets) text.append(id).append(1, '\0').append(version).append(1, '\0');
  return text;
}

Datasets unpack(std::string_view text) {
  Datasets datasets;
  const auto next = [&] {
    const auto end = text.find('\0');
    if (end == std::string_view::npos) throw DamagedSnapshot("names datasets that are cut off");
    std::string part(text.substr(0, end));
    text.remove_prefix(end + 1);
    return part;
  };
  while (!text.empty()) {
    std::string id = next();
    datasets.emplace_back(std::move(id), next());
  }
  return datasets;
}

/// Whether a file was made from the database as it is now. Equal fingerprints settle it; else the database is asked.
bool is_fresh(const Database& database, const SnapshotStamp& stamp) {
  const Database::Impl& impl = database.impl();
  if (!impl.connection.is_open()) {
    if (auto fingerprint = detail::fingerprint_of(impl.path, stamp.token_at)) {
      fingerprint->uuid = stamp.uuid;
      fingerprint->revision = stamp.revision;
      if (*fingerprint == stamp) return true;
    }
  }
  const DatabaseInfo info = database.info();
  return info.uuid == stamp.uuid && info.token == stamp.token;
}

/// What the file knows of the database need not be asked of it again.
void remember(const Database& database, const SnapshotFile& file) {
  Database::Impl& impl = database.impl();
  if (impl.mode == OpenMode::write) return;
  Datasets datasets = unpack(file.datasets());
  if (!impl.ontology) impl.ontology = file.snapshot()->shared_ontology();
  DatabaseInfo info;
  info.path = impl.path.string();
  info.uuid = file.stamp().uuid;
  info.revision = file.stamp().revision;
  info.token = file.stamp().token;
  impl.connection.expect(info.token);
  info.schema_version = detail::schema_version();
  impl.known_info = std::move(info);
  impl.known_datasets = std::move(datasets);
}

/// Where a new file is kept. @return why it could not be, or nothing
std::string keep(const std::vector<fs::path>& places, const Snapshot& snapshot, const SnapshotStamp& stamp,
                 std::string_view datasets) {
  std::string why;
  for (std::size_t i = 0; i < places.size(); ++i) {
    try {
      if (i > 0) fs::create_directories(places[i].parent_path());
      SnapshotFile::write(places[i], snapshot, stamp, datasets);
      return {};
    } catch (const IoError& error) {
      if (why.empty()) why = error.what();
    } catch (const fs::filesystem_error&) {
      // The first place says more than the last resort.
    }
  }
  return why;
}

FoundSnapshot build(const Database& database, Date settled_from, const std::vector<fs::path>& places,
                    std::string remark) {
  Database::Impl& impl = database.impl();
  FoundSnapshot found;
  SnapshotStamp stamp;
  std::string datasets;
  detail::guarded("loading the graph", [&] {
    SQLite::Database& connection = *impl.connection;
    // One read transaction: nobody can commit between the token and the rows.
    std::optional<SQLite::Transaction> reading;
    if (!impl.connection.is_reading()) reading.emplace(connection);
    stamp.token = detail::token_of(connection);
    if (auto fingerprint = detail::fingerprint_of(connection, impl.path)) stamp = *std::move(fingerprint);
    const DatabaseInfo info = database.info();
    stamp.uuid = info.uuid;
    stamp.revision = info.revision;
    found.snapshot = Reader(database).load_snapshot(settled_from);
    datasets = pack(Reader(database).dataset_versions());
  });
  const bool is_shared = impl.mode != OpenMode::immutable && !is_memory(impl.path) && !impl.is_copy;
  if (impl.is_copy)
    remark = fmt::format("{} is of schema version 1 and read by way of a copy in memory; importing into it converts it",
                         impl.path.string());
  if (is_shared) {
    const std::string why = keep(places, *found.snapshot, stamp, datasets);
    if (!why.empty() && remark.empty()) remark = fmt::format("{}; the graph was read from the database", why);
  }
  found.remark = std::move(remark);
  return found;
}

/// What changed since a file was made; nullptr where only a new one will do.
std::shared_ptr<const DeltaSnapshot> delta_to(const Database& database, const SnapshotFile& file) {
  Database::Impl& impl = database.impl();
  if (impl.mode != OpenMode::read || database.info().uuid != file.stamp().uuid) return nullptr;
  return detail::guarded("loading what changed", [&]() -> std::shared_ptr<const DeltaSnapshot> {
    SQLite::Database& connection = *impl.connection;
    if (impl.is_copy) return nullptr;
    auto delta = detail::load_delta(connection, file.snapshot(), file.stamp().token);
    // A change of the ontology is no delta.
    if (delta && !impl.ontology) impl.ontology = file.snapshot()->shared_ontology();
    return delta;
  });
}

}  // namespace

std::vector<fs::path> snapshot_places(const fs::path& database, const fs::path& cache_home) {
  std::vector<fs::path> places{database.string() + ".snapshot"};
  if (cache_home.empty()) return places;
  std::error_code failed;
  fs::path whole = fs::weakly_canonical(database, failed);
  if (failed) whole = database;
  places.push_back(cache_home / "chokepoint" / (hash_hex(whole.string()) + ".snapshot"));
  return places;
}

FoundSnapshot find_snapshot(const Database& database, Date settled_from, const fs::path& cache_home,
                            std::uint64_t delta_from) {
  const Database::Impl& impl = database.impl();
  if (is_memory(impl.path)) return {Reader(database).load_snapshot(settled_from), nullptr, {}};
  const auto places = snapshot_places(impl.path, cache_home);
  std::string remark;
  for (const fs::path& place : places) {
    try {
      auto file = SnapshotFile::open(place);
      if (!file) continue;
      // One whose span is over is right but slow.
      if (file->snapshot()->columns().settled_until <= settled_from.days) continue;
      if (is_fresh(database, file->stamp())) {
        remember(database, *file);
        return {file->snapshot(), file, {}};
      }
      if (file->snapshot()->edge_count() >= delta_from)
        if (auto delta = delta_to(database, *file)) return {nullptr, file, {}, std::move(delta)};
      if (remark.empty()) remark = fmt::format("{} is older than the database; made anew", place.string());
    } catch (const DamagedSnapshot& error) {
      remark = fmt::format("{} {}; made anew from the database", place.string(), error.what());
    } catch (const IoError& error) {
      remark = fmt::format("{}; the graph was read from the database", error.what());
    }
  }
  return build(database, settled_from, places, std::move(remark));
}

FoundSnapshot renew_snapshot(const Database& database, Date settled_from, const fs::path& cache_home,
                             const std::string& why) {
  const auto places = snapshot_places(database.impl().path, cache_home);
  return build(database, settled_from, places,
               fmt::format("{} {}; made anew from the database", places.front().string(), why));
}

}  // namespace chokepoint
