#include "support/temporary_file.hpp"

#include "chokepoint/support/error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace chokepoint::detail {

void fail_temporary(std::string_view doing, std::string_view what) {
  const int why = errno;
  throw IoError(fmt::format("{} {}: {}; TMPDIR says where such files go", doing, what, std::strerror(why)));
}

TemporaryFile temporary_file(std::string_view name, std::string_view what) {
  std::error_code failed;
  auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) folder = "/tmp";
  std::string path = (folder / fmt::format("chokepoint-{}-XXXXXX", name)).string();
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) fail_temporary("making", what);
  return {descriptor, std::move(path)};
}

}  // namespace chokepoint::detail
