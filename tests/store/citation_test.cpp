// What was read where: kept with every kind of record, in its row and beside it, in bulk and one by one.
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;

constexpr const char* facts = R"({"dataset":{"id":"d"},"sources":[{"id":"s"},{"id":"t"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s","read":"A; 2026-01-01"},{"source":"t","read":"a; 2026-01-02"}]},
{"id":"b","type":"chip","sources":[{"source":"s","locator":"1","read":"B; 2026-01-03"}]}],
"edges":[{"type":"produces","from":"a","to":"b","sources":[{"source":"s","locator":"2","read":"62 %; 2026-01-04"},
{"source":"t","locator":"3","read":"about 60 %; 2026-01-05"}]}],
"observations":[{"subject":"b","indicator":"sales","value":5,"sources":[{"source":"s","read":"5; 2026-01-06"},
{"source":"t","read":"five; 2026-01-07"}]}]})";

constexpr const char* other = R"({"dataset":{"id":"o"},"sources":[{"id":"o"}],
"nodes":[{"id":"z","type":"firm","sources":[{"source":"o"}]}]})";

TEST(CitationRead, ComesBackAsItWasSaid) {
  for (const bool in_bulk : {true, false}) {
    Database database = Database::in_memory(Ontology::standard());
    if (!in_bulk) test::import_lines(database, other);
    test::import_lines(database, facts);
    const std::string records = test::records_of(database);
    for (const char* read : {"A; 2026-01-01", "a; 2026-01-02", "B; 2026-01-03", "62 %; 2026-01-04",
                             "about 60 %; 2026-01-05", "5; 2026-01-06", "five; 2026-01-07"})
      EXPECT_THAT(records, HasSubstr("\"read\":\"" + std::string(read) + "\"")) << in_bulk;
    EXPECT_EQ(Reader(database).sql("SELECT 1 FROM citations WHERE read IS NOT NULL").rows.size(), 7U);
    EXPECT_EQ(Reader(database).resting_on("t")[1].read, "about 60 %; 2026-01-05");
    EXPECT_FALSE(test::import_lines(database, facts).changed);
    Database copy = Database::in_memory(Ontology::standard());
    if (!in_bulk) test::import_lines(copy, other);
    test::import_lines(copy, facts);
    EXPECT_EQ(test::records_of(copy), records);
  }
}

TEST(CitationRead, IsNoPartOfTheClaim) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, facts);
  const std::string id = Reader(database).edges_about("a")[0].id;
  const auto changed = test::import_lines(database, R"({"dataset":{"id":"e"},"sources":[{"id":"s"}],
"edges":[{"type":"produces","from":"a","to":"b","sources":[{"source":"s","locator":"2","read":"62; 2026-02-01"}]}]})");
  EXPECT_EQ(changed.edges.added, 1);
  const std::vector<Edge> edges = Reader(database).edges_about("a");
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].id, id);
  EXPECT_EQ(edges[0].sources.size(), 3U) << "equal records unite their sources";
}

TEST(CitationRead, IsAShortText) {
  Database database = Database::in_memory(Ontology::standard());
  const auto problems = [&](const std::string& read) {
    return test::problems_of(database, R"({"dataset":{"id":"d"},"sources":[{"id":"s"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s","read":)" +
                                           read + "}]}]}");
  };
  EXPECT_THAT(problems("\"" + std::string(201, 'x') + "\""), HasSubstr("\"read\" is 201 bytes long; at most 200"));
  EXPECT_THAT(problems("5"), HasSubstr("\"read\" must be text, not a number"));
  EXPECT_THAT(problems("\"\""), HasSubstr("\"read\" is empty"));
  EXPECT_EQ(problems("\"" + std::string(200, 'x') + "\""), "");
}

}  // namespace
}  // namespace chokepoint
