#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;

class Sql : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        test::problems_of(database_, R"({"sources":[{"id":"s"}],"nodes":[{"id":"a","type":"firm","labels":{"en":"A"},
      "sources":[{"source":"s"}]},{"id":"b","type":"chip","sources":[{"source":"s"}]}],
      "edges":[{"type":"produces","from":"a","to":"b","share":0.5,"sources":[{"source":"s"}]}]})"),
        "");
  }
  Reader::SqlResult run(std::string_view query) { return Reader(database_).sql(query); }
  std::string refusal(std::string_view query) {
    try {
      run(query);
      return {};
    } catch (const UsageError& error) {
      return error.what();
    }
  }
  test::ScratchFolder folder_;
  Database database_ = Database::create(folder_ / "graph.db", Ontology::standard());
};

TEST_F(Sql, ReadsTablesAndViews) {
  const auto result = run("SELECT subject, verb, object, share FROM facts");
  EXPECT_EQ(result.columns, (std::vector<std::string>{"subject", "verb", "object", "share"}));
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(result.rows[0][0], Json("A"));
  EXPECT_EQ(result.rows[0][2], Json("b"));
  EXPECT_EQ(result.rows[0][3], Json(0.5));
  for (const char* view : {"nodes", "edges", "figures", "facts", "citations", "english", "chinese"})
    EXPECT_EQ(refusal(std::string("SELECT * FROM ") + view), "");
}

TEST_F(Sql, ViewsHoldIdsAndLabels) {
  const auto row_of = [&](const std::string& query) {
    const auto result = run(query);
    std::string text;
    for (const Json& cell : result.rows.at(0)) text += cell.is_null() ? "- " : cell.as_string() + " ";
    return text;
  };
  EXPECT_EQ(row_of("SELECT type, type_en, type_zh FROM nodes WHERE id = 'a'"), "firm Firm 企业 ");
  EXPECT_EQ(row_of(R"(SELECT "from", from_en, from_zh, type, type_en, type_zh, "to", to_en FROM edges)"),
            "a A - produces produces 生产 b - ");
  EXPECT_EQ(row_of("SELECT type, subject_id, subject, verb, object_id, source_id FROM facts WHERE type = 'produces'"),
            "produces a A produces b s ");
}

TEST_F(Sql, CellsKeepTheirKind) {
  const auto row = run("SELECT 1, 2.5, 'x', NULL, x'00ff', 1e300, 9223372036854775807, -0.0, 9e999").rows.at(0);
  EXPECT_EQ(row[0], Json(1));
  EXPECT_EQ(row[1], Json(2.5));
  EXPECT_EQ(row[2], Json("x"));
  EXPECT_TRUE(row[3].is_null());
  EXPECT_EQ(row[4], Json("x'00ff'"));
  EXPECT_EQ(row[5], Json(1e300));
  EXPECT_EQ(row[6], Json(std::int64_t{9223372036854775807}));
  EXPECT_TRUE(row[8].is_null()) << "infinity has no JSON form";
  EXPECT_NO_THROW(run("SELECT CAST(x'ff41' AS TEXT), char(0), char(55296)"));
}

TEST_F(Sql, ReadingInEveryWayIsFine) {
  for (const char* query :
       {"SELECT 1",
        " select 1 ; ",
        "SELECT 1;;;",
        "SELECT 1 -- done",
        "SELECT 1; -- done",
        "SELECT 1; /* done */ ",
        "-- first\nSELECT 1",
        "VALUES (1), (2)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) SELECT sum(n) FROM c",
        "EXPLAIN SELECT * FROM node",
        "EXPLAIN QUERY PLAN SELECT * FROM node",
        "SELECT count(*) FROM name_index WHERE name_index MATCH 'ab'",
        "SELECT * FROM sqlite_schema",
        "PRAGMA table_info(edge)",
        "PRAGMA table_list",
        "pragma Table_Info(edge)",
        "PRAGMA index_list('edge')",
        "PRAGMA foreign_key_list(edge)",
        "SELECT * FROM pragma_table_info('edge')",
        "PRAGMA user_version",
        "PRAGMA page_count",
        "PRAGMA integrity_check",
        "PRAGMA quick_check",
        "PRAGMA foreign_key_check",
        "SELECT upper('x') || json_object('a', 1)",
        "SELECT row_number() OVER () FROM node",
        "SELECT (SELECT count(*) FROM edge) + 1",
        "SELECT * FROM node NATURAL JOIN node_type",
        "SELECT * FROM json_each('[1,2]')"})
    EXPECT_EQ(refusal(query), "") << query;
  EXPECT_EQ(run("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100) SELECT sum(n) FROM c")
                .rows[0][0],
            Json(5050));
}

TEST_F(Sql, WritingIsRefusedInEveryDisguise) {
  const std::string before = test::read_file(folder_ / "graph.db");
  const std::string file = (folder_ / "other.db").string();
  for (const std::string& query :
       {std::string("DELETE FROM edge"),
        std::string("delete from edge"),
        std::string("/**/ DELETE FROM edge"),
        std::string("-- x\nUPDATE node SET id = 'z'"),
        std::string("INSERT INTO source (id) VALUES ('x')"),
        std::string("REPLACE INTO node SELECT * FROM node"),
        std::string("WITH x AS (SELECT 1) DELETE FROM edge"),
        std::string("WITH x AS (SELECT 1) INSERT INTO revision SELECT 9, 'a', 'b', '', 0, 0, 0"),
        std::string("DELETE FROM edge RETURNING *"),
        std::string("EXPLAIN DELETE FROM edge"),
        std::string("EXPLAIN QUERY PLAN DELETE FROM edge"),
        std::string("DROP TABLE edge"),
        std::string("DROP VIEW nodes"),
        std::string("DROP TRIGGER node_inserted"),
        std::string("CREATE TABLE x (y)"),
        std::string("CREATE TEMP TABLE x (y)"),
        std::string("CREATE TEMP VIEW x AS SELECT 1"),
        std::string("CREATE VIEW x AS SELECT 1"),
        std::string("CREATE TEMP TRIGGER x AFTER INSERT ON node BEGIN SELECT 1; END"),
        std::string("ALTER TABLE edge ADD x"),
        std::string("ALTER TABLE edge RENAME TO x"),
        std::string("CREATE INDEX x ON edge (k)"),
        std::string("REINDEX"),
        std::string("ANALYZE"),
        std::string("VACUUM"),
        "VACUUM INTO '" + file + "'",
        "ATTACH '" + file + "' AS x",
        std::string("ATTACH ':memory:' AS x"),
        std::string("DETACH main"),
        std::string("BEGIN"),
        std::string("BEGIN IMMEDIATE"),
        std::string("COMMIT"),
        std::string("ROLLBACK"),
        std::string("SAVEPOINT x"),
        std::string("RELEASE x"),
        std::string("PRAGMA user_version=5"),
        std::string("PRAGMA user_version(5)"),
        std::string("PRAGMA application_id=5"),
        std::string("PRAGMA journal_mode"),
        std::string("PRAGMA journal_mode=WAL"),
        std::string("PRAGMA journal_mode=OFF"),
        std::string("PRAGMA main.journal_mode(memory)"),
        std::string("PRAGMA foreign_keys=0"),
        std::string("PRAGMA writable_schema=1"),
        std::string("PRAGMA trusted_schema=1"),
        std::string("PRAGMA query_only=0"),
        std::string("PRAGMA incremental_vacuum"),
        std::string("PRAGMA optimize"),
        std::string("PRAGMA wal_checkpoint"),
        std::string("PRAGMA shrink_memory"),
        std::string("PRAGMA temp_store_directory='/'"),
        std::string("PRAGMA mmap_size=1000000000"),
        std::string("PRAGMA cache_size=1"),
        std::string("PRAGMA locking_mode=exclusive"),
        std::string("PRAGMA schema_version=7"),
        std::string("PRAGMA hard_heap_limit=1"),
        std::string("PRAGMA busy_timeout=0"),
        std::string("INSERT INTO name_index (name_index) VALUES ('delete-all')"),
        std::string("CREATE VIRTUAL TABLE x USING fts5(y)"),
        std::string("SELECT load_extension('x')"),
        std::string("SELECT writefile('" + file + "', 'x')"),
        std::string("SELECT edit('x')"),
        std::string("SELECT fts3_tokenizer('simple')")})
    EXPECT_NE(refusal(query), "") << query;
  EXPECT_EQ(test::read_file(folder_ / "graph.db"), before);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(run("PRAGMA foreign_keys").rows[0][0], Json(1));
  EXPECT_NO_THROW(test::import_lines(database_, R"({"dataset":{"id":"e"},"sources":[{"id":"t"}]})"))
      << "no transaction is left open";
}

TEST_F(Sql, OneStatementAtATime) {
  for (const char* query : {"SELECT 1; SELECT 2", "SELECT 1; DELETE FROM edge", "SELECT 1;; DROP TABLE edge",
                            "SELECT 1; x", "SELECT 1; /* */ SELECT 2"})
    EXPECT_THAT(refusal(query), HasSubstr("one statement")) << query;
  EXPECT_NE(refusal(std::string("SELECT 1\0; DROP TABLE edge", 27)), "");
  EXPECT_NE(refusal(std::string("SELECT 1; \0 DROP TABLE edge", 27)), "");
}

TEST_F(Sql, WhatDoesNotCompileOrRunIsAUsageError) {
  for (const char* query :
       {"", "   ", ";", "-- nothing", "SELEC 1", "SELECT * FROM nowhere", "SELECT nofunction()", "SELECT (",
        "SELECT ?1 +", "SELECT * FROM node WHERE id MATCH 'x'",
        "SELECT count(*) FROM name_index WHERE name_index MATCH '\"'", "SELECT abs(-9223372036854775808)",
        "SELECT json('{')", "SELECT 'x' LIKE 'x' ESCAPE 'yy'", "SELECT zeroblob(1e12)"})
    EXPECT_NE(refusal(query), "") << query;
}

TEST_F(Sql, EndlessResultsEnd) {
  EXPECT_THAT(refusal("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c"),
              HasSubstr("LIMIT"));
  EXPECT_THAT(
      refusal("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT randomblob(1000000) FROM c"),
      HasSubstr("LIMIT"));
}

}  // namespace
}  // namespace chokepoint
