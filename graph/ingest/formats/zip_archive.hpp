#pragma once

#include "ingest/files/input_file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The entries of a ZIP archive. Refused are archives of very many entries, entries that would become very large or
/// larger than they say, and encrypted ones. Memory: the names, and a block.
class ZipArchive {
 public:
  static constexpr std::size_t most_entries = 20000;
  static constexpr std::uint64_t most_entry_bytes = std::uint64_t{8} << 30U;
  static constexpr std::uint64_t most_bytes = std::uint64_t{32} << 30U;
  /// From `bomb_bytes` on an entry may be this many times as large as it is packed.
  static constexpr std::uint64_t bomb_bytes = std::uint64_t{256} << 20U;
  static constexpr std::uint64_t most_ratio = 300;

  /// @throws IngestError for what is no archive, or a hostile one
  explicit ZipArchive(InputFile& file);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  [[nodiscard]] const std::vector<std::string>& names() const;
  /// Whether there is such an entry; capitals and small letters are one.
  [[nodiscard]] bool has(std::string_view name) const;
  /// Unpacks an entry part by part. @return false where there is none
  /// @param take  is given a part, and whether it is the last, which is empty; returns false to stop
  bool read(std::string_view name, const std::function<bool(std::string_view part, bool is_last)>& take);
  /// How far the file was read.
  [[nodiscard]] std::uint64_t bytes_read() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint::detail
