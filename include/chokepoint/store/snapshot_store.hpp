#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/snapshot_file.hpp"
#include "chokepoint/store/database.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace chokepoint {

/// A snapshot of a database as it is now, and what there is to say about how it was come by.
struct FoundSnapshot {
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const SnapshotFile> file;  ///< null when it was built in memory
  std::string remark;                        ///< one sentence, or nothing
  /// Instead of `snapshot`: the one in `file`, of an earlier state, with what changed since.
  std::shared_ptr<const DeltaSnapshot> delta = nullptr;
};
inline constexpr std::uint64_t no_deltas = std::numeric_limits<std::uint64_t>::max();

/// Where the snapshot of a database may lie, in the order in which they are tried: `FILE.snapshot` beside it, and, for
/// folders that cannot be written, in the user's cache folder (XDG_CACHE_HOME, else ~/.cache).
/// @param cache_home  the user's cache folder; empty for none
std::vector<std::filesystem::path> snapshot_places(const std::filesystem::path& database,
                                                   const std::filesystem::path& cache_home);

/// The snapshot of the database's present state: the file that is there, or one made anew from the database and kept
/// for the next time. A file that is stale, damaged or cannot be written never changes an answer; `remark` tells.
/// @param settled_from  see Gate: the day that questions are asked for
/// @param delta_from  to a snapshot of so many edges or more the delta is taken, where little changed since
/// @throws StoreError when the database cannot be read
/// @note a question about an untouched database opens no connection to it
FoundSnapshot find_snapshot(const Database& database, Date settled_from, const std::filesystem::path& cache_home,
                            std::uint64_t delta_from = no_deltas);

/// Like find_snapshot, but does not look at what is there.
/// @param why  goes into the remark: what is wrong with the file that is there
FoundSnapshot renew_snapshot(const Database& database, Date settled_from, const std::filesystem::path& cache_home,
                             const std::string& why);

}  // namespace chokepoint
