// What the header of a SQLite file tells: https://www.sqlite.org/fileformat2.html, "The Database Header".
#include "store/reading/file_fingerprint.hpp"

#include "store/connection/connection.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/schema_sql.hpp"
#include "store/sqlite_pages/page_format.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

namespace {

using namespace page_format;

constexpr std::int64_t ns_per_second = 1'000'000'000;
constexpr std::size_t token_bytes = 32;

using Header = std::array<unsigned char, file_head_bytes>;

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

bool is_quiet(const std::filesystem::path& path) { return !is_there(path, "-journal") && !is_there(path, "-wal"); }

bool read(sqlite3_file& file, void* to, std::size_t bytes, std::uint64_t at) {
  return file.pMethods->xRead(&file, to, static_cast<int>(bytes), static_cast<sqlite3_int64>(at)) == SQLITE_OK;
}

/// A database file that is opened and closed as SQLite does it: whoever closes a file by other means gives up every
/// lock that the process has on it, SQLite's too.
class OpenedFile {
 public:
  explicit OpenedFile(const std::filesystem::path& path)
      : vfs_(sqlite3_vfs_find(nullptr)), name_(sqlite3_create_filename(path.c_str(), "", "", 0, nullptr)) {
    if (vfs_ == nullptr || name_ == nullptr) return;
    bytes_.resize(static_cast<std::size_t>(vfs_->szOsFile) / sizeof(std::max_align_t) + 1);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
    if (vfs_->xOpen(vfs_, name_, raw(), flags, &flags) == SQLITE_OK) file_ = raw();
  }
  ~OpenedFile() {
    if (file_ != nullptr) file_->pMethods->xClose(file_);
    sqlite3_free_filename(name_);
  }
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;
  /// Null where it could not be opened.
  [[nodiscard]] sqlite3_file* file() const { return file_; }

 private:
  sqlite3_file* raw() { return reinterpret_cast<sqlite3_file*>(bytes_.data()); }
  sqlite3_vfs* vfs_;
  sqlite3_filename name_;
  std::vector<std::max_align_t> bytes_;
  sqlite3_file* file_ = nullptr;
};

/// The version of the schema of a file of ours that this program reads; 0 for any other.
std::uint32_t schema_of(const Header& header) {
  constexpr std::string_view magic{"SQLite format 3\0", 16};
  const std::string_view start(reinterpret_cast<const char*>(header.data()), magic.size());
  if (start != magic || number_at(header, 68) != static_cast<std::uint32_t>(application_id)) return 0;
  const std::uint32_t version = number_at(header, 60);
  return version <= static_cast<std::uint32_t>(schema_version()) ? version : 0;
}

/// @return whether a fingerprint tells anything of a file with this header
bool fill(const Header& header, const std::filesystem::path& path, SnapshotStamp& stamp) {
  if (schema_of(header) < static_cast<std::uint32_t>(readable_schema_version())) return false;
  // 2 is WAL, where changes need not touch the header.
  if (header[write_version_at] != 1 || header[read_version_at] != 1) return false;
  // Looked at after what was read: a journal that is there is of a change that is being made.
  struct stat status {};
  if (!is_quiet(path) || ::stat(path.c_str(), &status) != 0) return false;
  stamp.device = status.st_dev;
  stamp.inode = status.st_ino;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
  stamp.modified_ns = nanoseconds(status.st_mtim);
  stamp.changed_ns = nanoseconds(status.st_ctim);
  stamp.change_counter = number_at(header, change_counter_at);
  return true;
}

/// Where in the file a token stands; 0 where it is not told.
std::uint64_t place_of(const std::string& token, SQLite::Database& connection, sqlite3_file& file,
                       const Header& header) {
  SQLite::Statement row(connection, "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'token'");
  if (token.size() != token_bytes || !row.executeStep() || row.getColumn(0).getInt64() <= 0) return 0;
  const std::size_t page_bytes = page_size_of(std::size_t{header[page_size_at]} << 8U | header[page_size_at + 1]);
  const std::uint64_t begin = (static_cast<std::uint64_t>(row.getColumn(0).getInt64()) - 1) * page_bytes;
  std::string page(page_bytes, '\0');
  if (!read(file, page.data(), page.size(), begin)) return 0;
  const std::size_t at = page.find(token);
  // What was there before may be left in the page; then the next state's place is not sure.
  if (at == std::string::npos || page.find(token, at + 1) != std::string::npos) return 0;
  return begin + at;
}

}  // namespace

bool looks_sound(const std::filesystem::path& path) {
  const OpenedFile opened(path);
  Header header{};
  return opened.file() != nullptr && read(*opened.file(), header.data(), header.size(), 0) && schema_of(header) != 0 &&
         is_quiet(path);
}

std::optional<SnapshotStamp> fingerprint_of(const std::filesystem::path& path, std::uint64_t token_at) {
  if (token_at == 0) return std::nullopt;
  const OpenedFile opened(path);
  Header header{};
  SnapshotStamp stamp;
  stamp.token_at = token_at;
  stamp.token.resize(token_bytes);
  const bool is_read = opened.file() != nullptr && read(*opened.file(), header.data(), header.size(), 0) &&
                       read(*opened.file(), stamp.token.data(), token_bytes, token_at);
  if (!is_read || !fill(header, path, stamp)) return std::nullopt;
  return stamp;
}

std::optional<SnapshotStamp> fingerprint_of(SQLite::Database& connection, const std::filesystem::path& path) {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file == nullptr || file->pMethods == nullptr)
    return std::nullopt;
  Header header{};
  SnapshotStamp stamp;
  if (!read(*file, header.data(), header.size(), 0) || !fill(header, path, stamp)) return std::nullopt;
  stamp.token = token_of(connection);
  stamp.token_at = place_of(stamp.token, connection, *file, header);
  if (stamp.token_at == 0) return std::nullopt;
  return stamp;
}

}  // namespace chokepoint::detail
