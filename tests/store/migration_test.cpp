// Files of earlier schema versions, made with the statements of their time.
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/store/snapshot_store.hpp"
#include "store/connection/schema_sql.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/support.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;

const Date today = Date::from_ymd(2026, 1, 1);

/// A node, a firm that makes it with two citations, and a figure, as version 1 kept them.
constexpr const char* rows_of_version_1 = R"(
INSERT INTO dataset VALUES (1, 'd', 'D', '1', '');
INSERT INTO source VALUES (1, 's', 'S', '', '2025', '', '', '', '', 1), (2, 'q', 'Q', '', '', '', '', '', '', 1);
INSERT INTO node SELECT 1, 'acme', 'acme', key, '{"en":"Acme"}', '{}', '', '', '', '', 1, 'p. 1', 1 FROM node_type
  WHERE id = 'firm';
INSERT INTO node SELECT 2, 'chip', 'chip', key, '{}', '{}', '', '', '', '', 1, '', 1 FROM node_type WHERE id = 'chip';
INSERT INTO alias VALUES ('acme', 1, 'id', '', 'acme'), ('acme', 1, 'label', 'en', 'Acme'), ('chip', 2, 'id', '', 'chip');
INSERT INTO edge (from_node, type, to_node, key, hash, share, source, locator, dataset)
  SELECT 1, key, 2, 1, -2, 0.5, 1, 'p. 2', 1 FROM edge_type WHERE id = 'produces';
INSERT INTO observation (key, hash, subject, indicator, value, source, dataset) VALUES (1, 3, 1, 'revenue', 5, 1, 1);
INSERT INTO citation VALUES ('edge', 1, 1, 2, 'p. 3');
)";

class Migration : public testing::Test {
 protected:
  /// A database of version 1, filled by other means than this program's.
  std::filesystem::path version_1() {
    const auto path = folder_ / "old.db";
    SQLite::Database old(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(test::read_file(test::source_dir() / "data/schema/001_initial.sql"));
    old.exec("PRAGMA application_id=1130916688; PRAGMA user_version=1");
    Database standard = Database::create(folder_ / "standard.db", Ontology::standard());
    old.exec("ATTACH '" + (folder_ / "standard.db").string() + "' AS standard");
    for (const char* sql : {"INSERT INTO node_type SELECT * FROM standard.node_type",
                            "INSERT INTO edge_type SELECT * FROM standard.edge_type",
                            "INSERT INTO state SELECT 1, uuid, 0, 0, ontology FROM standard.state", rows_of_version_1})
      old.exec(sql);
    return path;
  }
  test::ScratchFolder folder_;
};

TEST_F(Migration, ReadsAFileOfVersion1WithoutChangingIt) {
  const auto path = version_1();
  const std::string before = test::read_file(path);
  for (const auto mode : {OpenMode::read, OpenMode::immutable}) {
    const Database database = Database::open_later(path, mode);
    EXPECT_THAT(test::records_of(database), HasSubstr(R"("sources":[{"source":"s","locator":"p. 2"},{"source":"q")"));
    EXPECT_EQ(Reader(database).observations({}).size(), 1U);
    const auto found = find_snapshot(database, today, {});
    EXPECT_EQ(found.snapshot->edge_count(), 1U);
    EXPECT_THAT(found.remark, HasSubstr("version 1"));
  }
  EXPECT_EQ(test::read_file(path), before);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "old.db.snapshot"));
}

TEST_F(Migration, BringsAFileOfVersion1UpWhenItIsOpenedForWriting) {
  const auto path = version_1();
  const std::string records = test::records_of(Database::open(path, OpenMode::read));
  {
    const Database database = Database::open(path, OpenMode::write);
    EXPECT_EQ(test::records_of(database), records);
    EXPECT_EQ(Reader(database).sql("PRAGMA integrity_check").rows[0][0].as_string(), "ok");
  }
  Database database = Database::open(path, OpenMode::write);  // its schema is that of a database made today
  EXPECT_EQ(test::records_of(database), records);
  EXPECT_EQ(to_text(Reader(database).sql("PRAGMA user_version").rows[0][0]), std::to_string(detail::schema_version()));
  test::import_lines(database, R"({"dataset":{"id":"e"},"sources":[{"id":"t"}],"nodes":[{"id":"acme","type":"firm",
"sources":[{"source":"t","locator":"1","read":"Acme; 2026-01-05"}]}]})");
  EXPECT_THAT(test::records_of(database), HasSubstr(R"("read":"Acme; 2026-01-05")"));
  EXPECT_EQ(to_text(Reader(database).sql("SELECT read FROM citations WHERE read IS NOT NULL").rows[0][0]),
            R"("Acme; 2026-01-05")");
}

/// Makes a file of today what a program of that version would have left. @pre no table got columns since
void make_version(int version, SQLite::Database& database) {
  const auto then = detail::schema_objects(version), now = detail::schema_objects();
  const auto is_among = [](const detail::SchemaObject& object, const auto& objects) {
    return std::find(objects.begin(), objects.end(), object) != objects.end();
  };
  // What stands on a table goes before it.
  for (auto object = now.rbegin(); object != now.rend(); ++object)
    if (!is_among(*object, then)) database.exec("DROP " + object->type + " " + object->name);
  for (const detail::SchemaObject& object : then)
    if (!is_among(object, now)) database.exec(object.sql);
  database.exec("PRAGMA user_version=" + std::to_string(version));
}

/// The tables of a version; of views the newest ones are shown.
std::vector<detail::SchemaObject> what_is_read(int version) {
  auto objects = detail::schema_objects(version);
  std::erase_if(objects, [](const auto& object) { return object.type != "table"; });
  return objects;
}

/// A file of the schema that says `-- readers: not needed` leaves what is read as it was; one that changes it says no
/// such thing.
TEST_F(Migration, ReadsVersionsAsTheyStandBackToTheLastThatChangedATable) {
  int last_change = 1;
  for (int version = 2; version <= detail::schema_version(); ++version) {
    const auto now = what_is_read(version);
    for (const detail::SchemaObject& object : what_is_read(version - 1))
      if (std::find(now.begin(), now.end(), object) == now.end()) last_change = version;
  }
  EXPECT_GE(last_change, 2);
  EXPECT_EQ(detail::readable_schema_version(), last_change);
}

/// `sql` asks a file of an earlier version for the columns of today, without a change of the file.
TEST_F(Migration, ShowsTheViewsOfTodayInAnOlderFile) {
  const auto path = folder_ / "four.db";
  {
    Database database = Database::create(path, Ontology::standard());
    test::import_lines(database, R"({"dataset":{"id":"d"},"sources":[{"id":"s"}],"nodes":[{"id":"acme","type":"firm",
"sources":[{"source":"s"}]},{"id":"chip","type":"chip","sources":[{"source":"s"}]}],"edges":[{"type":"produces",
"from":"acme","to":"chip","sources":[{"source":"s"}]}]})");
  }
  {
    SQLite::Database old(path.string(), SQLite::OPEN_READWRITE);
    make_version(4, old);
  }
  const std::string before = test::read_file(path);
  const std::string query = "SELECT type, subject_id FROM facts WHERE type = 'produces'";
  for (const auto mode : {OpenMode::read, OpenMode::immutable})
    EXPECT_EQ(Reader(Database::open(path, mode)).sql(query).rows.size(), 1U);
  EXPECT_EQ(test::read_file(path), before);
  EXPECT_EQ(Reader(Database::open(path, OpenMode::write)).sql(query).rows.size(), 1U);
  EXPECT_NE(test::read_file(path), before);
}

/// Later versions add indexes and a log: what reads does not need them.
TEST_F(Migration, ReadsAFileOfVersion2AsItStandsAndBringsItUpToBeWritten) {
  if (detail::readable_schema_version() > 2) GTEST_SKIP() << "later versions added columns";
  const auto path = folder_ / "two.db";
  std::string records;
  {
    Database database = Database::create(path, Ontology::standard());
    test::import_lines(database, R"({"dataset":{"id":"d"},"sources":[{"id":"s"}],"nodes":[{"id":"acme","type":"firm",
"sources":[{"source":"s","locator":"1"}]}]})");
    records = test::records_of(database);
  }
  const std::string indexes = "SELECT name FROM sqlite_schema WHERE name LIKE '%_dataset' AND type = 'index'";
  {
    SQLite::Database old(path.string(), SQLite::OPEN_READWRITE);
    make_version(2, old);
  }
  const std::string before = test::read_file(path);
  {
    const Database database = Database::open(path, OpenMode::read);
    EXPECT_EQ(test::records_of(database), records);
    EXPECT_EQ(find_snapshot(database, today, {}).remark, "");
  }
  EXPECT_EQ(test::read_file(path), before);
  Database database = Database::open(path, OpenMode::write);
  EXPECT_EQ(test::records_of(database), records);
  EXPECT_EQ(Reader(database).sql(indexes).rows.size(), 5U);
  EXPECT_EQ(to_text(Reader(database).sql("PRAGMA user_version").rows[0][0]), std::to_string(detail::schema_version()));
}

TEST_F(Migration, RefusesAFileOfVersion1ThatOthersChanged) {
  const auto path = version_1();
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec("CREATE VIEW more AS SELECT 1");
  for (const auto mode : {OpenMode::read, OpenMode::write})
    EXPECT_THROW(static_cast<void>(Database::open(path, mode)), StoreError);
}

}  // namespace
}  // namespace chokepoint
