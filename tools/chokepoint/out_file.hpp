#pragma once

#include "chokepoint/support/aside_file.hpp"
#include "safe_screen.hpp"

#include <array>
#include <exception>
#include <filesystem>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>

namespace chokepoint::cli {

/// The reader of our output went away; the program ends silently with 0.
struct ClosedPipe : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "closed pipe"; }
};

/// A stream buffer over a file descriptor that says why a write failed.
class DescriptorBuffer final : public std::streambuf {
 public:
  /// @param name  for messages
  DescriptorBuffer(int descriptor, std::string name);
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;

 protected:
  /// @throws ClosedPipe, IoError
  int_type overflow(int_type character) override;
  int sync() override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;

 private:
  void write_all(const char* text, std::size_t size);
  int descriptor_;
  std::string name_;
  std::array<char, std::size_t{1} << 16U> buffer_;
};

/// Where an answer goes: standard output, or a file that appears whole or not at all.
class OutFile {
 public:
  /// @param path  empty or "-": standard output
  /// @param screen  what is done to the text on its way to a terminal
  /// @throws UsageError when the file exists and `force` is false, or when it is no regular file; IoError
  OutFile(const std::string& path, bool force, Screen screen = Screen::none);
  /// Removes what was not finished.
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  [[nodiscard]] std::ostream& stream() { return *stream_; }
  /// Puts the file in its place. @throws ClosedPipe, IoError, UsageError when it was made by somebody else meanwhile
  void finish();
  /// The same, where nothing else is asked for: a signal that comes later finds it done.
  void finish_last();

 private:
  void put_in_place(bool is_last);
  void drop();

  std::unique_ptr<AsideFile> file_;  ///< null for standard output
  bool force_;
  std::unique_ptr<DescriptorBuffer> buffer_;
  std::unique_ptr<SafeScreen> screen_;
  std::unique_ptr<std::ostream> stream_;
};

/// The file a link points to, so that writing through a link changes its target and keeps the link.
std::filesystem::path resolved(const std::string& path);

/// Refuses an output that could not be put in place, before any work is done. @see OutFile for the errors
void check_output(const std::string& path, bool force);

}  // namespace chokepoint::cli
