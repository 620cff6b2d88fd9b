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

std::shared_ptr<const Snapshot> Session::local_snapshot() {
  if (!found_.snapshot) {
    if (cache_home_) {
      take(find_snapshot(*database_, settled_from_, *cache_home_));
    } else {
      take({reader().load_snapshot(settled_from_), nullptr, {}});
    }
  }
  return found_.snapshot;
}

void Session::renew_snapshot(const std::string& why) {
  take(chokepoint::renew_snapshot(*database_, settled_from_, cache_home_.value_or(std::filesystem::path()), why));
}

RecordCounts Session::record_counts() {
  static_cast<void>(local_snapshot());
  if (found_.file) {
    try {
      return found_.file->counts();
    } catch (const DamagedSnapshot& error) {
      renew_snapshot(error.what());
    }
  }
  return found_.snapshot->counts() ? *found_.snapshot->counts() : counts_of(*found_.snapshot);
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
