#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace chokepoint::detail {

/// A ZIP archive in memory, written entry by entry, with no times in it: equal entries give equal bytes.
class ZipWriter {
 public:
  ZipWriter();
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// Begins an entry and ends the one before. @throws IoError
  void begin(const std::string& name);
  /// Adds to the entry that was begun. @throws IoError
  void add(std::string_view bytes);
  /// The whole archive. Nothing may be added afterwards. @throws IoError
  std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace chokepoint::detail
