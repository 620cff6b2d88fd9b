#include "tests/support/python.hpp"

#include "tests/support/support.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace chokepoint::test {

namespace {

std::string quoted(const std::string& text) {
  std::string result(1, '\'');
  for (const char character : text) {
    if (character == '\'')
      result.append("'\\''");
    else
      result.push_back(character);
  }
  result.push_back('\'');
  return result;
}

std::string python() {
  if (const char* named = std::getenv("CHOKEPOINT_PYTHON")) return named;
  return std::filesystem::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
}

}  // namespace

PythonResult run_python(const std::string& script, const std::vector<std::string>& arguments) {
  std::string command = quoted(python());
  command.append(" ").append(quoted((source_dir() / script).string()));
  for (const std::string& argument : arguments) command.append(" ").append(quoted(argument));
  command.append(" 2>&1");
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {77, "no shell"};
  PythonResult result;
  std::array<char, 65536> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    result.output.append(buffer.data(), got);
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  if (result.status == 127) result.status = 77;
  return result;
}

ScratchFile::ScratchFile(const std::string& name, const std::string& content) : name_(name) {
  std::string folder = (std::filesystem::temp_directory_path() / "chokepoint-test-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  folder_ = folder;
  std::ofstream(folder_ / name_, std::ios::binary) << content;
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace chokepoint::test
