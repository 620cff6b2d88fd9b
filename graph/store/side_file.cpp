#include "store/side_file.hpp"

#include "store/raw_statement.hpp"
#include "store/schema_sql.hpp"

#include "chokepoint/model/error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace chokepoint::detail {

namespace {

constexpr int most_side_files = 4;

std::string name_of_side(const std::string& table) { return "side_of_" + table; }

/// An empty file that nobody else has.
std::filesystem::path new_file() {
  std::error_code failed;
  auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) folder = "/tmp";
  std::string name = (folder / "chokepoint-rows-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0)
    throw IoError(fmt::format("making a temporary file of rows: {}; TMPDIR says where such files go", std::strerror(errno)));
  close(descriptor);
  return name;
}

}  // namespace

SideFile::SideFile(SQLite::Database& connection, std::string table, const std::vector<std::string>& left_out)
    : connection_(connection), table_(std::move(table)), path_(new_file()) {
  {
    SQLite::Database file(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
    SQLite::Statement(file, "PRAGMA journal_mode=OFF").executeStep();
    file.exec("PRAGMA synchronous=OFF");
    for (const SchemaObject& object : schema_objects()) {
      const bool mine = (object.type == "table" && object.name == table_) || (object.type == "index" && object.table == table_);
      if (mine && std::find(left_out.begin(), left_out.end(), object.name) == left_out.end()) file.exec(object.sql);
    }
    SQLite::Statement roots(file, "SELECT name, rootpage FROM sqlite_schema");
    while (roots.executeStep())
      roots_.emplace_back(roots.getColumn(0).getString(), static_cast<std::uint32_t>(roots.getColumn(1).getInt64()));
  }
  pages_ = std::make_unique<PageFile>(path_);
}

SideFile::~SideFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

PageTree SideFile::tree(const std::string& name, PageTree::Kind kind) {
  const auto root = std::find_if(roots_.begin(), roots_.end(), [&](const auto& entry) { return entry.first == name; });
  if (root == roots_.end()) throw std::logic_error(fmt::format("{} has no tree {}", table_, name));
  return {*pages_, root->second, kind};
}

void SideFile::move() {
  pages_->finish();
  pages_.reset();
  const std::string side = name_of_side(table_);
  SQLite::Statement attach(connection_, "ATTACH ? AS " + side);
  attach.bind(1, path_.string());
  attach.exec();
  // Copied entry by entry: the tables are the same to the last word. @see https://sqlite.org/src "xferOptimization"
  connection_.exec(fmt::format("INSERT INTO main.{0} SELECT * FROM {1}.{0}", table_, side));
}

SideFiles::SideFiles(SQLite::Database& connection) : connection_(connection) {
  sqlite3_limit(connection_.getHandle(), SQLITE_LIMIT_ATTACHED, most_side_files);
}

SideFiles::~SideFiles() {
  std::vector<std::string> sides;
  try {
    SQLite::Statement list(connection_, "PRAGMA database_list");
    while (list.executeStep())
      if (const std::string name = list.getColumn(1).getString(); name.starts_with(name_of_side(""))) sides.push_back(name);
  } catch (const SQLite::Exception&) {  // then they go with the connection
  }
  for (const std::string& side : sides) connection_.tryExec("DETACH " + side);
  sqlite3_limit(connection_.getHandle(), SQLITE_LIMIT_ATTACHED, 0);
}

}  // namespace chokepoint::detail
