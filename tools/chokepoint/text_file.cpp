#include "text_file.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

namespace chokepoint::cli {

std::string read_text_file(const std::string& path, const std::string& advice) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status))
    throw NotFoundError(fmt::format("{}: no such file{}", path, advice.empty() ? "" : "; " + advice));
  if (!std::filesystem::is_regular_file(status))
    throw UsageError(fmt::format("{}: not a regular file; give a pipe as - on standard input", path));
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad() || !in.is_open()) throw IoError(fmt::format("cannot read {}", path));
  return text;
}

}  // namespace chokepoint::cli
