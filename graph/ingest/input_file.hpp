#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// A file of a dataset that can be read twice. Standard input is copied to a nameless temporary file first.
class InputFile {
 public:
  /// @param name  path, or "-"
  /// @throws NotFoundError, UsageError (no regular file), IoError
  explicit InputFile(const std::filesystem::path& name);
  /// A text in memory that is called `name` in messages. @pre `text` outlives the file
  InputFile(std::string name, std::string_view text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Whether the name says JSON Lines (.jsonl, .ndjson).
  [[nodiscard]] bool says_lines() const;

  /// Reads on; 0 at the end. @throws IoError
  std::size_t read(char* buffer, std::size_t bytes);
  void rewind();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t size_ = 0;
};

/// The files behind what the user named: a folder stands for its .json, .jsonl and .ndjson files in order of name.
/// @throws UsageError for an empty folder
std::vector<std::filesystem::path> expand_inputs(const std::vector<std::filesystem::path>& inputs);

}  // namespace chokepoint::detail
