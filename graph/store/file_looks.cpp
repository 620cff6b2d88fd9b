// What the header of a SQLite file tells: https://www.sqlite.org/fileformat2.html, "The Database Header".
#include "store/file_looks.hpp"

#include "store/connection.hpp"
#include "store/schema_sql.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace chokepoint::detail {

namespace {

constexpr std::size_t header_size = 100;
constexpr std::int64_t ns_per_second = 1'000'000'000;

using Header = std::array<unsigned char, header_size>;

std::uint32_t number_at(const Header& header, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | header[at + i];
  return number;
}

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * ns_per_second + time.tv_nsec; }

bool is_there(const std::filesystem::path& path, const char* suffix) {
  struct stat status {};
  return ::stat((path.string() + suffix).c_str(), &status) == 0;
}

struct Looks {
  Header header{};
  struct stat status {};
};

std::optional<Looks> look(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  Looks looks;
  const bool is_read = ::fstat(descriptor, &looks.status) == 0 &&
                       ::pread(descriptor, looks.header.data(), header_size, 0) == ssize_t{header_size};
  ::close(descriptor);
  if (!is_read) return std::nullopt;
  return looks;
}

/// The version of the schema of a file of ours that this program reads; 0 for any other.
std::uint32_t schema_of(const Header& header) {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  const std::string_view start(reinterpret_cast<const char*>(header.data()), magic.size());
  if (start != magic || number_at(header, 68) != static_cast<std::uint32_t>(application_id)) return 0;
  const std::uint32_t version = number_at(header, 60);
  return version <= static_cast<std::uint32_t>(schema_version) ? version : 0;
}

bool is_quiet(const std::filesystem::path& path) { return !is_there(path, "-journal") && !is_there(path, "-wal"); }

}  // namespace

bool looks_sound(const std::filesystem::path& path) {
  const auto looks = look(path);
  return looks && schema_of(looks->header) != 0 && is_quiet(path);
}

std::optional<SnapshotStamp> looks_of(const std::filesystem::path& path) {
  constexpr std::size_t write_version_at = 18;
  constexpr std::size_t read_version_at = 19;
  constexpr std::size_t change_counter_at = 24;
  const auto looks = look(path);
  if (!looks || schema_of(looks->header) != static_cast<std::uint32_t>(schema_version) || !is_quiet(path))
    return std::nullopt;
  // 2 is WAL, where changes need not touch the header.
  if (looks->header[write_version_at] != 1 || looks->header[read_version_at] != 1) return std::nullopt;
  SnapshotStamp stamp;
  stamp.device = looks->status.st_dev;
  stamp.inode = looks->status.st_ino;
  stamp.size = static_cast<std::uint64_t>(looks->status.st_size);
  stamp.modified_ns = nanoseconds(looks->status.st_mtim);
  stamp.changed_ns = nanoseconds(looks->status.st_ctim);
  stamp.change_counter = number_at(looks->header, change_counter_at);
  return stamp;
}

}  // namespace chokepoint::detail
