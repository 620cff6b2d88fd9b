#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace chokepoint::test {

/// What a Python script said.
struct PythonResult {
  int status = 0;      ///< exit code; 77: a library it needs is not installed
  std::string output;  ///< standard output and standard error
};

/// Runs `script` (a path below the source folder) with the system's Python, whose packages come from the
/// distribution; the environment variable CHOKEPOINT_PYTHON names another one.
/// @return status 77 too when there is no Python
PythonResult run_python(const std::string& script, const std::vector<std::string>& arguments);

/// A file in a fresh temporary folder that goes away with the object.
class ScratchFile {
 public:
  ScratchFile(const std::string& name, const std::string& content);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  [[nodiscard]] std::string path() const { return (folder_ / name_).string(); }

 private:
  std::filesystem::path folder_;
  std::string name_;
};

}  // namespace chokepoint::test
