// A fresh database is built beside itself and put in place in one step.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/writer.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;

constexpr const char* two_firms = R"({"sources":[{"id":"s","title":"T"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]},{"id":"B","type":"firm","sources":[{"source":"s"}]}],
"edges":[{"type":"owns","from":"a","to":"b","sources":[{"source":"s"}]}]})";

/// What `import` says of the same dataset, however the database keeps its pages.
void expect_filled(Database& database) {
  EXPECT_TRUE(test::import_lines(database, two_firms).changed);
  EXPECT_EQ(to_text(Reader(database).sql("PRAGMA integrity_check").rows.at(0).at(0)), "\"ok\"");
  EXPECT_EQ(Reader(database).sql("SELECT id FROM node ORDER BY id").rows.size(), 2U);
  EXPECT_FALSE(test::import_lines(database, two_firms).changed);
}

/// A database that was set up otherwise with another program.
Database database_with(const std::filesystem::path& path, const std::string& settings) {
  static_cast<void>(Database::create(path, Ontology::standard()));
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(settings);
  return Database::open(path, OpenMode::write);
}

TEST(Staging, FillsADatabaseWithAWriteAheadLog) {
  const test::ScratchFolder folder;
  Database database = database_with(folder / "d.db", "PRAGMA journal_mode=WAL");
  expect_filled(database);
  SQLite::Database other((folder / "d.db").string(), SQLite::OPEN_READWRITE);
  EXPECT_EQ(other.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

TEST(Staging, FillsADatabaseOfLargePages) {
  const test::ScratchFolder folder;
  Database database = database_with(folder / "d.db", "PRAGMA page_size=65536; VACUUM");
  expect_filled(database);
  EXPECT_EQ(to_text(Reader(database).sql("PRAGMA page_size").rows.at(0).at(0)), "65536");
}

TEST(Staging, LeavesADatabaseThatMovesItsPagesToSqlite) {
  const test::ScratchFolder folder;
  Database database = database_with(folder / "d.db", "PRAGMA auto_vacuum=FULL; VACUUM");
  {
    const Writer writer(database, {"d", {}, {}, {}});
    EXPECT_FALSE(writer.is_fresh());
  }
  expect_filled(database);
}

TEST(Staging, GivesWayToAnotherWriter) {
  const test::ScratchFolder folder;
  Database mine = Database::create(folder / "d.db", Ontology::standard());
  Database theirs = Database::open(folder / "d.db", OpenMode::write);
  Writer writer(mine, {"d", {}, {}, {}});
  ASSERT_TRUE(writer.is_fresh());
  Source source;
  source.id = "s";
  source.title = "T";
  writer.put(source);
  EXPECT_TRUE(test::import_lines(theirs, two_firms).changed);
  const std::string before = test::rows_of(theirs);
  try {
    writer.commit("2026-01-01T00:00:00Z", "import", 1, 0, 0, "d");
    FAIL() << "it went over what the other one wrote";
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), HasSubstr("another program wrote to the database at the same moment; try again"));
  }
  EXPECT_TRUE(test::rows_of(theirs) == before);
}

TEST(Staging, LeavesNoFileBehind) {
  const test::ScratchFolder folder, temporary;
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", temporary.path().c_str(), 1);
  Database database = Database::create(folder / "d.db", Ontology::standard());
  EXPECT_NE(test::problems_of(database, R"({"nodes":[{"id":"a","type":"nonsense","sources":[{"source":"s"}]}]})"), "");
  EXPECT_TRUE(std::filesystem::is_empty(temporary.path()));
  test::import_lines(database, two_firms);
  EXPECT_TRUE(std::filesystem::is_empty(temporary.path()));
  if (before == nullptr)
    unsetenv("TMPDIR");
  else
    setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace chokepoint
