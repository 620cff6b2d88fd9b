#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace chokepoint {

/// What a snapshot file was made from: the database's identity and state, and how its file looked then, so that an
/// untouched database is known without being opened.
struct SnapshotStamp {
  std::string uuid;
  std::int64_t revision = 0;
  std::string token;  ///< of the state, as DatabaseInfo::token
  /// All 0 where the file's fingerprint says nothing (a database in WAL mode or in memory).
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  std::uint32_t change_counter = 0;
  std::uint64_t token_at = 0;  ///< where in the database's file the token stands
  friend bool operator==(const SnapshotStamp&, const SnapshotStamp&) = default;
};

/// A snapshot in a file that is mapped, not read: a question touches the pages that it needs. Layout: a header with
/// magic, version, byte order, counts and stamp; a table of sections, each with place, size and checksum; the sections,
/// aligned to 64 bytes, as the columns have them. A column of one value stands in the table alone.
class SnapshotFile {
 public:
  /// Writes beside `path`, syncs, renames. Readers of an older file keep theirs.
  /// @param datasets  text that is given back by `datasets()`
  /// @throws IoError; what was begun is removed
  static void write(const std::filesystem::path& path, const Snapshot& snapshot, const SnapshotStamp& stamp,
                    std::string_view datasets);
  /// Maps a file and checks header, table and the extent of every section: no access through the columns reads outside
  /// the file. Small files are checked whole.
  /// @return nullptr when there is no such file
  /// @throws DamagedSnapshot, IoError
  static std::shared_ptr<const SnapshotFile> open(const std::filesystem::path& path);

  [[nodiscard]] const SnapshotStamp& stamp() const { return stamp_; }
  [[nodiscard]] std::string_view datasets() const { return datasets_; }
  /// What was counted when the file was made. @throws DamagedSnapshot, also where an older program made it
  /// @param by_day  false: without RecordCounts::changes
  [[nodiscard]] RecordCounts counts(bool by_day = true) const;
  [[nodiscard]] const std::shared_ptr<Snapshot>& snapshot() const { return snapshot_; }
  /// Bytes of the file.
  [[nodiscard]] std::uint64_t size() const;
  /// Compares every section with its checksum and looks at every place in it. O(size)
  /// @throws DamagedSnapshot
  void verify() const;
  /// Whether `verify` was done when it was opened.
  [[nodiscard]] bool is_verified() const { return is_verified_; }

 private:
  struct Mapping;
  SnapshotFile() = default;
  SnapshotStamp stamp_;
  std::string_view datasets_;
  std::shared_ptr<Mapping> mapping_;
  std::shared_ptr<Snapshot> snapshot_;
  bool is_verified_ = false;
};

}  // namespace chokepoint
