#pragma once

#include "store/page_tree.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// One table of a database, filled beside it: its trees are written page by page into a temporary file of their own, and
/// SQLite then copies them over entry by entry, without taking rows apart. So the database is only ever written by SQLite,
/// inside the transaction that is open. Values are not checked on the way: they must be what the table allows.
class SideFile {
 public:
  /// @param table  of `connection`, empty
  /// @param left_out  indexes that `connection` lacks at the moment
  SideFile(SQLite::Database& connection, std::string table, const std::vector<std::string>& left_out);
  ~SideFile();
  SideFile(const SideFile&) = delete;
  SideFile& operator=(const SideFile&) = delete;

  /// The tree of the table, when it is WITHOUT ROWID or not, or of one of its indexes; empty. It must be finished.
  PageTree tree(const std::string& name, PageTree::Kind kind);
  /// Copies everything into the table of the database. Called once, when all trees are finished.
  void move();

 private:
  SQLite::Database& connection_;
  std::string table_;
  std::filesystem::path path_;
  std::vector<std::pair<std::string, std::uint32_t>> roots_;
  std::unique_ptr<PageFile> pages_;
};

/// Lets side files be attached while it lives. @pre no transaction is open, neither when this begins nor when it ends
class SideFiles {
 public:
  explicit SideFiles(SQLite::Database& connection);
  ~SideFiles();
  SideFiles(const SideFiles&) = delete;
  SideFiles& operator=(const SideFiles&) = delete;

 private:
  SQLite::Database& connection_;
};

}  // namespace chokepoint::detail
