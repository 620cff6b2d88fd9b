#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace chokepoint {

/// A file that appears in its place whole or not at all, and stays there when the power goes. Until then it has no name
/// where the file system can do that, so that nothing is left behind however the process ends; elsewhere it stands
/// beside its place and is removed with the object.
class AsideFile {
 public:
  enum class Existing : std::uint8_t { kept, replaced };

  /// @throws IoError
  explicit AsideFile(std::filesystem::path target);
  ~AsideFile();
  AsideFile(const AsideFile&) = delete;
  AsideFile& operator=(const AsideFile&) = delete;

  [[nodiscard]] const std::filesystem::path& target() const { return target_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// The name it has meanwhile; empty for none.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// @throws IoError
  void write(std::string_view bytes);
  /// Syncs the file, names it and syncs its folder. Called once.
  /// @return whether it was: not where something is in its place that is to be kept
  /// @throws IoError
  bool put_in_place(Existing existing);

 private:
  void close();
  void take_a_name();
  bool take_free_place();
  [[noreturn]] void fail() const;

  std::filesystem::path target_;
  std::string name_;
  int descriptor_ = -1;
};

/// Makes the names in a folder last: what was made, renamed or removed in it. Best effort, for some file systems cannot
/// sync a folder.
void sync_folder(const std::filesystem::path& folder);

}  // namespace chokepoint
