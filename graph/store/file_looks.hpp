#pragma once

#include "chokepoint/snapshot/snapshot_file.hpp"

#include <filesystem>
#include <optional>

namespace chokepoint::detail {

/// How a database file looks from outside: device, inode, size, times and SQLite's change counter. Equal looks mean an
/// unchanged database. Nothing where looks do not tell: in WAL mode, or beside a journal. `uuid` and `revision` are
/// left empty.
std::optional<SnapshotStamp> looks_of(const std::filesystem::path& path);

}  // namespace chokepoint::detail
