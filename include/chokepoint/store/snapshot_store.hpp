#pragma once

#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/store/database.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint {

/// A snapshot of a database as it is now, and what there is to say about how it was come by.
struct FoundSnapshot {
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const SnapshotFile> file;  ///< null when it was built in memory
  std::string remark;                        ///< one sentence, or nothing
};

/// Where the snapshot of a database may lie, in the order in which they are tried: `FILE.snapshot` beside it, and, for
/// folders that cannot be written, in the user's cache folder (XDG_CACHE_HOME, else ~/.cache).
/// @param cache_home  the user's cache folder; empty for none
std::vector<std::filesystem::path> snapshot_places(const std::filesystem::path& database,
                                                   const std::filesystem::path& cache_home);

/// The snapshot of the database's present state: the file that is there, or one made anew from the database and kept
/// for the next time. A file that is stale, damaged or cannot be written never changes an answer; `remark` tells.
/// @param settled_from  see Gate: the day that questions are asked for
/// @throws StoreError when the database cannot be read
/// @note a question about an untouched database opens no connection to it
FoundSnapshot find_snapshot(const Database& database, Date settled_from, const std::filesystem::path& cache_home);

/// Like find_snapshot, but does not look at what is there.
/// @param why  goes into the remark: what is wrong with the file that is there
FoundSnapshot renew_snapshot(const Database& database, Date settled_from, const std::filesystem::path& cache_home,
                             const std::string& why);

}  // namespace chokepoint
