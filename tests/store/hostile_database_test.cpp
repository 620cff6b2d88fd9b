// Databases that somebody else made or damaged: refused or answered, never a crash, never changed by reading.
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeds.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;

std::string graph() {
  std::string text = R"({"source":{"id":"s","title":"T","date":"2024"}})"
                     "\n";
  for (int i = 0; i < 60; ++i)
    text += R"({"node":{"id":"n)" + std::to_string(i) + R"(","type":"product","labels":{"en":"Name )" +
            std::to_string(i) + R"(","zh":"名)" + std::to_string(i) + R"("},"aliases":["a)" + std::to_string(i) +
            R"("],"attributes":{"variants":"any"},"sources":[{"source":"s","locator":"p"}]}})"
            "\n";
  for (int i = 0; i < 150; ++i)
    text += R"({"edge":{"type":"requires","from":"n)" + std::to_string(i % 60) + R"(","to":"n)" +
            std::to_string((i * 7 + 1 + i / 60) % 60) + R"(","since":"20)" + std::to_string(10 + i % 15) +
            R"(","sources":[{"source":"s","locator":")" + std::to_string(i) +
            R"("}]}})"
            "\n";
  for (int i = 0; i < 40; ++i)
    text += R"({"observation":{"subject":"n)" + std::to_string(i) + R"(","indicator":"price","value":)" +
            std::to_string(i) +
            R"(,"sources":[{"source":"s"}]}})"
            "\n";
  return text;
}

class HostileDatabase : public testing::Test {
 protected:
  void SetUp() override {
    Database database = Database::create(path_, Ontology::standard());
    ASSERT_EQ(test::problems_of(database, graph()), "");
  }
  void edit(const std::string& sql) {
    SQLite::Database connection(path_.string(), SQLite::OPEN_READWRITE);
    connection.exec(sql);
  }
  /// Edits that SQLite itself would not let pass.
  void edit_schema(const std::string& sql) {
    SQLite::Database connection(path_.string(), SQLite::OPEN_READWRITE);
    sqlite3_db_config(connection.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    connection.exec("PRAGMA writable_schema=ON");
    connection.exec(sql);
  }
  std::string refusal() {
    try {
      Database::open(path_, OpenMode::read);
      return {};
    } catch (const StoreError& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
      return error.what();
    }
  }
  test::ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "graph.db";
};

TEST_F(HostileDatabase, IsSearchedNameByNameWhereTheIndexIsDamaged) {
  const auto found = [&] {
    const Database database = Database::open(path_, OpenMode::read);
    std::vector<std::string> ids;
    for (const SearchHit& hit : Reader(database).search("name 17", 100)) ids.push_back(hit.node.id);
    return ids;
  };
  const auto before = found();
  ASSERT_EQ(before, std::vector<std::string>{"n17"});
  edit_schema("DELETE FROM name_index_config");
  EXPECT_EQ(found(), before);
  edit_schema("UPDATE name_index_data SET block = x'00'");
  EXPECT_EQ(found(), before) << "a node of just that name is found without the index";
  const Database database = Database::open(path_, OpenMode::read);
  EXPECT_NO_THROW(static_cast<void>(Reader(database).suggestions("nmae 17")));
}

TEST_F(HostileDatabase, ObjectsOfOthersAreRefused) {
  for (const char* sql :
       {"CREATE TRIGGER evil AFTER INSERT ON node BEGIN DELETE FROM edge; END", "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (x)", "CREATE INDEX evil ON node (type)", "CREATE VIRTUAL TABLE evil USING fts5(x)"}) {
    edit(sql);
    EXPECT_THAT(refusal(), HasSubstr("evil")) << sql;
    std::filesystem::remove(path_);
    SetUp();
  }
}

TEST_F(HostileDatabase, ATriggerCannotHideBehindAKnownName) {
  // Triggers have names of their own kind, so one may be called like a table, an index or a table of the search index.
  for (const char* name : {"node", "state", "edge_by_key", "nodes", "name_index", "name_index_data",
                           "name_index_docsize", "name_index_content", "sqlite_autoindex_node_1", "node_inserted2"}) {
    const std::string trigger =
        "CREATE TRIGGER \"" + std::string(name) + "\" AFTER INSERT ON alias BEGIN DELETE FROM edge; END";
    if (std::string(name).starts_with("sqlite_")) {
      edit_schema("INSERT INTO sqlite_schema VALUES ('trigger', '" + std::string(name) + "', 'alias', 0, '" + trigger +
                  "')");
    } else {
      edit(trigger);
    }
    EXPECT_NE(refusal(), "") << name;
    std::filesystem::remove(path_);
    SetUp();
  }
}

TEST_F(HostileDatabase, ATriggerCannotHideInFrontOfTheTableItIsCalledLike) {
  // The row of the trigger stands before the row of the table of the same name.
  edit("CREATE TRIGGER state AFTER INSERT ON alias BEGIN DELETE FROM edge; END");
  edit_schema("UPDATE sqlite_schema SET rowid = rowid + 1000 WHERE name = 'state' AND type = 'table'");
  EXPECT_NE(refusal(), "");
}

TEST_F(HostileDatabase, ATableOfTheSearchIndexCannotBeAView) {
  edit_schema(
      "UPDATE sqlite_schema SET type = 'view', rootpage = 0, sql = 'CREATE VIEW name_index_config AS SELECT 1 AS k, 4 "
      "AS v' "
      "WHERE name = 'name_index_config'");
  EXPECT_NE(refusal(), "");
}

TEST_F(HostileDatabase, AChangedOrMissingObjectIsRefused) {
  edit("DROP VIEW nodes; CREATE VIEW nodes AS SELECT 1 AS id");
  EXPECT_THAT(refusal(), HasSubstr("nodes"));
  edit("DROP VIEW nodes");
  EXPECT_THAT(refusal(), HasSubstr("nodes is missing"));
}

TEST_F(HostileDatabase, ADroppedTriggerIsRefused) {
  edit("DROP TRIGGER node_inserted");
  EXPECT_THAT(refusal(), HasSubstr("node_inserted"));
}

TEST_F(HostileDatabase, AnOntologyThatIsNoneIsBadData) {
  for (const char* ontology : {"''", "'{}'", "'[]'", "'x'", "x'00ff'", "'{\"ontology\":1}'", "hex(zeroblob(100000))"}) {
    edit(std::string("PRAGMA ignore_check_constraints=1; UPDATE state SET ontology = CAST(") + ontology + " AS TEXT)");
    try {
      Database::open(path_, OpenMode::read);
      FAIL() << ontology;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    }
  }
  edit("DELETE FROM state");
  EXPECT_NE(refusal(), "");
}

/// Everything a reader can do. @return false when something was refused as bad data
bool read_everything(const Database& database) {
  bool fine = true;
  const auto attempt = [&](const auto& action) {
    try {
      action();
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::bad_data || error.kind() == ErrorKind::usage ||
                  error.kind() == ErrorKind::not_found)
          << error.what();
      fine = false;
    }
  };
  const Reader reader(database);
  attempt([&] { test::records_of(database); });
  attempt([&] { static_cast<void>(reader.load_snapshot()); });
  attempt([&] { static_cast<void>(reader.search("name 1", 10)); });
  attempt([&] { static_cast<void>(reader.search("名", 10)); });
  attempt([&] { static_cast<void>(reader.suggestions("nam 1")); });
  attempt([&] { static_cast<void>(reader.nodes_named("Name 3")); });
  attempt([&] { static_cast<void>(reader.edges_about("n3")); });
  attempt([&] { static_cast<void>(reader.observations({})); });
  attempt([&] { static_cast<void>(reader.resting_on("s")); });
  attempt([&] { static_cast<void>(reader.datasets()); });
  attempt([&] { static_cast<void>(reader.revisions()); });
  attempt([&] { static_cast<void>(reader.node_counts()); });
  attempt([&] { static_cast<void>(reader.edge_counts()); });
  attempt([&] { static_cast<void>(reader.sql("SELECT * FROM facts")); });
  attempt([&] { static_cast<void>(reader.sql("SELECT * FROM figures")); });
  return fine;
}

TEST_F(HostileDatabase, ValuesThatContradictTheModelAreBadData) {
  for (const char* sql : {"UPDATE edge SET type = 999",
                          "UPDATE node SET type = 999",
                          "UPDATE node SET type = -1",
                          "UPDATE edge SET from_node = 12345",
                          "UPDATE edge SET item = 99999",
                          "UPDATE edge SET since = 'soon'",
                          "UPDATE edge SET since = '2025', until = '2020'",
                          "UPDATE node SET labels = '{'",
                          "UPDATE node SET labels = '[1]'",
                          "UPDATE node SET labels = '{\"en\":1}'",
                          "UPDATE node SET attributes = 'variants'",
                          "UPDATE edge SET attributes = '{\"mode\":'",
                          "UPDATE node SET since = 'x'",
                          "UPDATE node SET id_folded = id || 'x'",
                          "DELETE FROM source",
                          "DELETE FROM node_type",
                          "DELETE FROM edge_type",
                          "DELETE FROM dataset",
                          "DELETE FROM alias",
                          "UPDATE edge SET source = 77",
                          "UPDATE observation SET subject = 77",
                          "UPDATE node SET labels = CAST(x'7b22656e223a22ff227d' AS TEXT)",
                          "UPDATE edge SET locator = CAST(x'ff00fe' AS TEXT)",
                          "UPDATE state SET revision = -5",
                          "UPDATE edge SET k = 99999999999",
                          "UPDATE edge SET as_of = '0000'"}) {
    SCOPED_TRACE(sql);
    edit(std::string("PRAGMA foreign_keys=0; PRAGMA ignore_check_constraints=1; ") + sql);
    const std::string before = test::read_file(path_);
    try {
      read_everything(Database::open(path_, OpenMode::read));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    }
    EXPECT_EQ(test::read_file(path_), before);
    std::filesystem::remove(path_);
    SetUp();
  }
}

TEST_F(HostileDatabase, ATruncatedFileIsRefusedOrAnswered) {
  const std::string whole = test::read_file(path_);
  std::mt19937 random = test::seeded(1);
  for (int i = 0; i < 60; ++i) {
    const std::string part = whole.substr(0, random() % whole.size());
    const auto path = folder_.write("part.db", part);
    try {
      read_everything(Database::open(path, OpenMode::read));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
    }
    EXPECT_EQ(test::read_file(path), part);
  }
}

TEST_F(HostileDatabase, DamagedPagesAreRefusedOrAnswered) {
  const std::string whole = test::read_file(path_);
  std::mt19937 random = test::seeded(2);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string damaged = whole;
    const int kind = i % 3;
    for (unsigned n = 0; n < (kind == 0 ? 1U : 20U); ++n) {
      const std::size_t at = random() % damaged.size();
      if (kind == 2)
        damaged.replace(at, 8, std::string(std::min<std::size_t>(8, damaged.size() - at), '\xFF'));
      else
        damaged[at] = static_cast<char>(random());
    }
    const auto path = folder_.write("damaged.db", damaged);
    try {
      if (!read_everything(Database::open(path, OpenMode::read))) ++refused;
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::bad_data || error.kind() == ErrorKind::io) << error.what();
      ++refused;
    }
    ASSERT_EQ(test::read_file(path), damaged) << "reading changed the file";
  }
  EXPECT_GT(refused, 50);
}

TEST_F(HostileDatabase, StateThatIsNoneIsRefusedWithItsRow) {
  edit("PRAGMA ignore_check_constraints=ON; UPDATE state SET uuid = CAST(x'ff41' AS TEXT)");
  EXPECT_THROW(static_cast<void>(Database::open(path_, OpenMode::read).info()), Error);
  edit("UPDATE state SET uuid = 'u', revision = 0");
  Database database = Database::open(path_, OpenMode::write);
  try {
    test::import_lines(database, R"({"source":{"id":"new"}})");
    FAIL() << "a revision was written twice";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("table state, row 1, column revision"));
  }
}

}  // namespace
}  // namespace chokepoint
