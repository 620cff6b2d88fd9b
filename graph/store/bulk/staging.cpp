#include "store/bulk/staging.hpp"

#include "chokepoint/support/error.hpp"
#include "store/connection/connection.hpp"
#include "store/connection/page_copy.hpp"
#include "support/temporary_file.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace chokepoint::detail {

namespace {

/// Changes whenever somebody else has written to the file.
std::uint32_t version_of(SQLite::Database& connection) {
  std::uint32_t version = 0;
  sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

/// A name that goes with the object, if not before; the file itself stays as long as it is open.
class NamedFile {
 public:
  explicit NamedFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~NamedFile() { remove(); }
  NamedFile(const NamedFile&) = delete;
  NamedFile& operator=(const NamedFile&) = delete;
  void remove() {
    if (!path_.empty()) unlink(path_.c_str());
    path_.clear();
  }

 private:
  std::filesystem::path path_;
};

/// A file that is thrown away when anything fails needs no journal, which SQLite allows where nothing is defended.
void give_up_safety(SQLite::Database& connection) {
  int defended = 1;
  sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, &defended);
  for (const char* setting : {"journal_mode=OFF", "synchronous=OFF", "foreign_keys=0", "ignore_check_constraints=1"})
    SQLite::Statement(connection, std::string("PRAGMA ") + setting).executeStep();
}

}  // namespace

StagedTrees::StagedTrees(int descriptor, std::vector<std::pair<std::string, std::uint32_t>> roots)
    : roots_(std::move(roots)), pages_(descriptor) {}

PageTree StagedTrees::tree(const std::string& name, PageTree::Kind kind) {
  const auto root = std::find_if(roots_.begin(), roots_.end(), [&](const auto& entry) { return entry.first == name; });
  if (root == roots_.end()) throw std::logic_error("there is no tree " + name);
  return {pages_, root->second, kind};
}

bool Staging::suits(SQLite::Database& target) {
  // Pages that SQLite moves around, or that end early, are not written here.
  int reserved = -1;
  sqlite3_file_control(target.getHandle(), "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  return reserved == 0 && target.execAndGet("PRAGMA auto_vacuum").getInt() == 0;
}

Staging::File::~File() {
  if (descriptor >= 0) ::close(descriptor);
}

Staging::Staging(SQLite::Database& target) : target_(target), file_{-1} {
  const TemporaryFile file = temporary_file("staged", PageFile::what);
  file_.descriptor = file.descriptor;
  NamedFile name(file.path);
  connection_ = connect(file.path, OpenMode::write, false);
  // A copy of a database with a write-ahead log has one too until it is told otherwise, beside the file of that name.
  const bool has_log = target_.execAndGet("PRAGMA journal_mode").getString() == "wal";
  if (!has_log) {
    give_up_safety(*connection_);
    name.remove();
  }
  PageCopy copy(target_, *connection_);
  copy.step(0);  // from here on the target is being read
  target_version_ = version_of(target_);
  copy.step(-1);
  copy.finish();
  if (has_log) give_up_safety(*connection_);
}

std::unique_ptr<StagedTrees> Staging::leave_alone() {
  std::vector<std::pair<std::string, std::uint32_t>> roots;
  {
    SQLite::Statement all(*connection_, "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0");
    while (all.executeStep())
      roots.emplace_back(all.getColumn(0).getString(), static_cast<std::uint32_t>(all.getColumn(1).getInt64()));
  }
  connection_->exec("COMMIT");
  const int descriptor = fcntl(file_.descriptor, F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) fail_temporary("opening", PageFile::what);
  return std::make_unique<StagedTrees>(descriptor, std::move(roots));
}

void Staging::take_back(StagedTrees& trees) {
  trees.finish();
  connection_->exec("BEGIN IMMEDIATE");
}

void Staging::fill(const std::function<void(StagedTrees&)>& write) {
  settle();
  const auto trees = leave_alone();
  write(*trees);
  take_back(*trees);
}

void Staging::fill_aside(std::function<void(StagedTrees&, const std::stop_token&)> write) {
  settle();
  aside_ = leave_alone();
  thread_ = std::jthread([this, write = std::move(write)](const std::stop_token& stop) {
    try {
      write(*aside_, stop);
    } catch (...) {
      failure_ = std::current_exception();
    }
  });
}

void Staging::settle() {
  if (!aside_) return;
  if (thread_.joinable()) thread_.join();
  if (failure_) std::rethrow_exception(failure_);
  take_back(*aside_);
  aside_.reset();
}

void Staging::publish(const std::function<void()>& tick) {
  constexpr int pages_between_ticks = 4096;
  // Every page is met once, so that a cache would only hold what is not needed again.
  constexpr const char* small_cache = "PRAGMA cache_size = -4096";
  connection_->exec(small_cache);
  target_.exec(small_cache);
  try {
    PageCopy copy(*connection_, target_);
    copy.step(0);  // from here on the target is locked
    if (version_of(target_) != target_version_)
      throw StoreError(ErrorKind::io, "another program wrote to the database at the same moment; try again");
    while (copy.step(pages_between_ticks))
      if (tick) tick();
    copy.finish();
  } catch (...) {
    // Where the disk was full, SQLite puts the old pages back when the file is looked at the next time: now.
    target_.tryExec("SELECT 1 FROM sqlite_schema");
    throw;
  }
}

}  // namespace chokepoint::detail
