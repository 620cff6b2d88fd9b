#include "chokepoint/query/session.hpp"

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/store/snapshot_store.hpp"

#include <optional>
#include <utility>

namespace chokepoint {

struct Session::State {
  Database* database;
  Date as_of;
  std::string language;
  std::optional<std::filesystem::path> cache_home{};  ///< nothing: snapshots are not kept
  Date settled_from;
  std::uint64_t delta_from = 100'000;  ///< which are made anew in a few hundredths of a second
  FoundSnapshot found{};
  std::shared_ptr<const DeltaSnapshot> graph{};  ///< what was found, with nothing that changed
  bool is_checked = false;
  std::vector<std::string> remarks{};

  void take(FoundSnapshot taken) {
    if (!taken.remark.empty()) remarks.push_back(taken.remark);
    found = std::move(taken);
    is_checked = found.file == nullptr || found.file->is_verified();
    // What is worked out from it may take long.
    database->let_go();
  }

  /// The snapshot, or an earlier one with what changed since; once.
  const FoundSnapshot& find() {
    if (found.snapshot || found.delta) return found;
    if (cache_home) {
      take(find_snapshot(*database, settled_from, *cache_home, delta_from));
    } else {
      take({Reader(*database).load_snapshot(settled_from), nullptr, {}});
    }
    return found;
  }
};

Session::Session(Database& database, Date as_of, std::string language)
    : state_(std::make_unique<State>(State{&database, as_of, std::move(language), {}, as_of})) {}

Session::Session(Session&& other) noexcept = default;

Session& Session::operator=(Session&& other) noexcept = default;

Session::~Session() = default;

Database& Session::database() const { return *state_->database; }

Reader Session::reader() const { return Reader(*state_->database); }

const Ontology& Session::ontology() const { return state_->database->ontology(); }

Date Session::as_of() const { return state_->as_of; }

const std::string& Session::language() const { return state_->language; }

const std::vector<std::string>& Session::remarks() const { return state_->remarks; }

void Session::take_deltas_from(std::uint64_t edges) { state_->delta_from = edges; }

void Session::keep_snapshots(std::filesystem::path cache_home, Date today) {
  state_->cache_home = std::move(cache_home);
  state_->settled_from = today;
}

std::shared_ptr<const Snapshot> Session::local_snapshot() {
  if (state_->find().delta) state_->take(find_snapshot(*state_->database, state_->settled_from, *state_->cache_home));
  return state_->found.snapshot;
}

const DeltaSnapshot* Session::delta() { return state_->find().delta.get(); }

std::shared_ptr<const DeltaSnapshot> Session::graph() {
  const FoundSnapshot& found = state_->find();
  if (found.delta) return found.delta;
  if (!state_->graph || state_->graph->base() != found.snapshot) state_->graph = unchanged(found.snapshot);
  return state_->graph;
}

std::uint64_t Session::edge_count() {
  const DeltaSnapshot* changed = delta();
  return changed != nullptr ? changed->edge_count() : local_snapshot()->edge_count();
}

void Session::renew_snapshot(const std::string& why) {
  state_->take(chokepoint::renew_snapshot(*state_->database, state_->settled_from,
                                          state_->cache_home.value_or(std::filesystem::path()), why));
}

RecordCounts Session::graph_counts(bool by_day) {
  const FoundSnapshot& found = state_->find();
  if (found.file) {
    try {
      RecordCounts counts = found.file->counts(by_day);
      if (found.delta) return found.delta->counts(std::move(counts));
      return counts;
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
    }
  }
  return found.snapshot->counts() ? *found.snapshot->counts() : counts_of(*found.snapshot);
}

RecordCounts Session::record_counts() {
  RecordCounts counts = graph_counts(true);
  if (delta() == nullptr) return counts;
  const auto count = [this](const char* table) {
    return reader().sql(std::string("SELECT count(*) FROM ") + table).rows.at(0).at(0).to_integer().value_or(0);
  };
  counts.observations = count("observation");
  counts.sources = count("source");
  counts.datasets = count("dataset");
  return counts;
}

std::shared_ptr<const Snapshot> Session::snapshot() {
  static_cast<void>(local_snapshot());
  if (!state_->is_checked) {
    try {
      state_->found.file->verify();
      state_->is_checked = true;
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
    }
  }
  return state_->found.snapshot;
}

}  // namespace chokepoint
