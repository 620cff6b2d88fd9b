#include "store/staging.hpp"

#include "chokepoint/model/error.hpp"
#include "store/connection.hpp"
#include "store/page_copy.hpp"
#include "store/temporary_file.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace chokepoint::detail {

namespace {

std::filesystem::path new_file() {
  auto [descriptor, path] = temporary_file("staged", PageFile::what);
  close(descriptor);
  return path;
}

/// Changes whenever somebody else has written to the file.
std::uint32_t version_of(SQLite::Database& connection) {
  std::uint32_t version = 0;
  sqlite3_file_control(connection.getHandle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

}  // namespace

StagedTrees::StagedTrees(const std::filesystem::path& file, std::vector<std::pair<std::string, std::uint32_t>> roots)
    : roots_(std::move(roots)), pages_(file) {}

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

Staging::Remove::~Remove() {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

Staging::Staging(SQLite::Database& target) : target_(target), file_{new_file()} {
  connection_ = connect(file_.path, OpenMode::write, false);
  // A file that is thrown away when anything fails needs no journal, which SQLite allows where nothing is defended.
  int defended = 1;
  sqlite3_db_config(connection_->getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, &defended);
  PageCopy copy(target_, *connection_);
  copy.step(0);  // from here on the target is being read
  target_version_ = version_of(target_);
  copy.step(-1);
  copy.finish();
  for (const char* setting : {"journal_mode=OFF", "synchronous=OFF", "foreign_keys=0", "ignore_check_constraints=1"})
    SQLite::Statement(*connection_, std::string("PRAGMA ") + setting).executeStep();
}

std::unique_ptr<StagedTrees> Staging::leave_alone() {
  std::vector<std::pair<std::string, std::uint32_t>> roots;
  {
    SQLite::Statement all(*connection_, "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0");
    while (all.executeStep())
      roots.emplace_back(all.getColumn(0).getString(), static_cast<std::uint32_t>(all.getColumn(1).getInt64()));
  }
  connection_->exec("COMMIT");
  return std::make_unique<StagedTrees>(file_.path, std::move(roots));
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
