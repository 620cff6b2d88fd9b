#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace chokepoint::test {

/// A fresh temporary folder that goes away with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// Writes a file of it and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

/// All bytes of a file. @throws std::runtime_error when it cannot be read
std::string read_file(const std::filesystem::path& path);

}  // namespace chokepoint::test
