#include "chokepoint/query/session.hpp"

namespace chokepoint {

Session::Session(Database& database, Date as_of, std::string language)
    : database_(&database), as_of_(as_of), language_(std::move(language)), settled_from_(as_of) {}

void Session::keep_snapshots(std::filesystem::path cache_home, Date today) {
  cache_home_ = std::move(cache_home);
  settled_from_ = today;
}

void Session::take(FoundSnapshot found) {
  if (!found.remark.empty()) remarks_.push_back(found.remark);
  found_ = std::move(found);
  is_checked_ = found_.file == nullptr || found_.file->is_verified();
  // What is worked out from it may take long.
  database_->let_go();
}

void Session::find() {
  if (found_.snapshot || found_.delta) return;
  if (cache_home_) {
    take(find_snapshot(*database_, settled_from_, *cache_home_, delta_from_));
  } else {
    take({reader().load_snapshot(settled_from_), nullptr, {}});
  }
}

std::shared_ptr<const Snapshot> Session::local_snapshot() {
  find();
  if (found_.delta) take(find_snapshot(*database_, settled_from_, *cache_home_));
  return found_.snapshot;
}

const DeltaSnapshot* Session::delta() {
  find();
  return found_.delta.get();
}

std::shared_ptr<const DeltaSnapshot> Session::graph() {
  find();
  if (found_.delta) return found_.delta;
  if (!graph_ || graph_->base() != found_.snapshot) graph_ = unchanged(found_.snapshot);
  return graph_;
}

std::uint64_t Session::edge_count() {
  const DeltaSnapshot* changed = delta();
  return changed != nullptr ? changed->edge_count() : local_snapshot()->edge_count();
}

void Session::renew_snapshot(const std::string& why) {
  take(chokepoint::renew_snapshot(*database_, settled_from_, cache_home_.value_or(std::filesystem::path()), why));
}

RecordCounts Session::graph_counts() {
  find();
  if (found_.file) {
    try {
      RecordCounts counts = found_.file->counts();
      return found_.delta ? found_.delta->counts(std::move(counts)) : counts;
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
    }
  }
  return found_.snapshot->counts() ? *found_.snapshot->counts() : counts_of(*found_.snapshot);
}

RecordCounts Session::record_counts() {
  RecordCounts counts = graph_counts();
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
  if (!is_checked_) {
    try {
      found_.file->verify();
      is_checked_ = true;
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
    }
  }
  return found_.snapshot;
}

}  // namespace chokepoint
