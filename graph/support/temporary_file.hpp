#pragma once

#include <filesystem>
#include <string_view>

namespace chokepoint::detail {

struct TemporaryFile {
  int descriptor;  ///< open for reading and writing; the caller closes it
  std::filesystem::path path;
};

/// An empty file that nobody else has, in the folder that TMPDIR names or /tmp.
/// @param name  what its name begins with, behind `chokepoint-`. @param what  what it is called in messages
/// @throws IoError
TemporaryFile temporary_file(std::string_view name, std::string_view what);

/// @throws IoError that doing something to `what` failed as `errno` says, and that TMPDIR says where such files go
[[noreturn]] void fail_temporary(std::string_view doing, std::string_view what);

}  // namespace chokepoint::detail
