#pragma once

#include "support/child_process.hpp"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// The encoding of a text as iconv calls it, such as windows-1252, gb18030 or shift_jis; empty where nobody said it.
struct TextEncoding {
  std::string name;
};

/// A file that can be read twice. Standard input, what gzip packed, and text that is not UTF-8 are copied to a nameless
/// temporary file first, unpacked and converted.
class InputFile {
 public:
  /// @param name  path, or "-"
  /// @param encoding  of its text; none: what a byte-order mark, the zeros of UTF-16 or an XML
  /// declaration show, else UTF-8. A ZIP archive has none
  /// @throws NotFoundError, UsageError (no regular file, unknown encoding), IoError, IngestError (damaged or wrong
  /// text)
  explicit InputFile(const std::filesystem::path& name, const TextEncoding& encoding = {});
  /// A text in memory that is called `name` in messages. @pre `text` outlives the file
  InputFile(std::string name, std::string_view text, const TextEncoding& encoding = {});

  [[nodiscard]] const std::string& name() const { return name_; }
  /// In lower case with its dot, of `a.csv.gz` that of `a.csv`; empty for none.
  [[nodiscard]] std::string extension() const;
  /// Of what is read, unpacked and converted.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// What the text was converted from; empty for UTF-8.
  [[nodiscard]] const std::string& encoding() const { return encoding_; }
  [[nodiscard]] bool was_packed() const { return was_packed_; }
  /// Whether the name says JSON Lines (.jsonl, .ndjson).
  [[nodiscard]] bool says_lines() const;

  /// Reads on; 0 at the end. @throws IoError
  std::size_t read(char* buffer, std::size_t bytes);
  void rewind();
  /// Goes to a byte of the file. @return whether it can
  bool seek(std::uint64_t at);

 private:
  void unpack_and_convert(const std::string& encoding);

  std::string name_, encoding_;
  StreamFile file_;
  std::uint64_t size_ = 0;
  bool was_packed_ = false;
};

/// The files behind what the user named: a folder stands for its .json, .jsonl and .ndjson files in order of name,
/// packed by gzip or not.
/// @throws UsageError for an empty folder
std::vector<std::filesystem::path> expand_inputs(const std::vector<std::filesystem::path>& inputs);

}  // namespace chokepoint::detail
