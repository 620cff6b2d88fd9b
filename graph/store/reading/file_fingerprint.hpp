#pragma once

#include "chokepoint/snapshot/snapshot_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace chokepoint::detail {

/// How a database file looks from outside: device, inode, size, times, SQLite's change counter, and the token that
/// stands at `token_at`. Fingerprints that equal those of a snapshot mean the state that it was made from: a state's
/// token was never in a file of another past, and the counter tells later states of the same past. Nothing where they
/// do not tell: in WAL mode, or beside a journal. `uuid` and `revision` are left empty.
/// @param token_at  as the snapshot has it
std::optional<SnapshotStamp> fingerprint_of(const std::filesystem::path& path, std::uint64_t token_at);

/// The same of a file that is being read, with the place of its token.
/// @pre a read transaction is open in the connection
std::optional<SnapshotStamp> fingerprint_of(SQLite::Database& connection, const std::filesystem::path& path);

}  // namespace chokepoint::detail
