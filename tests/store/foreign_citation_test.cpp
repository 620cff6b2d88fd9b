// Who cites a source that another dataset brought: a source goes only when nobody does, however records came and went.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/seeds.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* removed_at = "2026-01-01T00:00:00Z";

constexpr const char* own = R"({"dataset":{"id":"own"},"sources":[{"id":"s"}],
"nodes":[{"id":"a","type":"firm","sources":[{"source":"s"}]}]})";

/// What is said about a node by a dataset that has no source of that id itself.
std::string guest(const std::string& source) {
  return R"({"dataset":{"id":"guest"},"sources":[{"id":"g"}],"nodes":[{"id":"z","type":"firm","sources":[{"source":"g"},
{"source":")" +
         source + "\"}]}]}";
}

std::string rows_of(Database& database) {
  std::string text;
  for (const auto& row : Reader(database).sql("SELECT source, dataset FROM foreign_citation ORDER BY 1, 2").rows)
    text += to_text(row[0]) + ":" + to_text(row[1]) + " ";
  return text;
}

void edit(Database& database, const std::string& sql) { database.impl().connection->exec(sql); }

std::string refusal(Database& database, const std::string& dataset) {
  try {
    remove_dataset(database, dataset, removed_at);
  } catch (const StoreError& error) {
    return error.what();
  }
  return "";
}

TEST(ForeignCitation, OnesOwnAreNotWritten) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, guest("g"));
  test::import_lines(database, own);
  EXPECT_EQ(rows_of(database), "");
  EXPECT_EQ(refusal(database, "own"), "");
}

TEST(ForeignCitation, KeepsASourceThatAnotherDatasetCites) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, own);
  test::import_lines(database, guest("s"));
  EXPECT_EQ(rows_of(database), "1:2 ");
  EXPECT_THAT(refusal(database, "own"),
              HasSubstr("the source s is still cited by a record (node) of the dataset guest"));
  EXPECT_EQ(refusal(database, "guest"), "");
  EXPECT_EQ(rows_of(database), "");
  EXPECT_EQ(refusal(database, "own"), "");
}

TEST(ForeignCitation, OfAnEditWithOtherToolsIsFound) {
  for (const char* sql : {"UPDATE node SET source = 1 WHERE id = 'z'",
                          "INSERT INTO citation SELECT 'node', key, 2, 1, '', NULL FROM node WHERE id = 'z'"}) {
    Database database = Database::in_memory(Ontology::standard());
    test::import_lines(database, own);
    test::import_lines(database, guest("g"));
    edit(database, sql);
    EXPECT_EQ(rows_of(database), "1:0 ") << sql;
    EXPECT_THAT(refusal(database, "own"), HasSubstr("the source s is still cited")) << sql;
  }
}

/// As a database of an earlier version is, or one whose table was edited.
TEST(ForeignCitation, IsLookedForWhereTheTableDoesNotSay) {
  Database database = Database::in_memory(Ontology::standard());
  test::import_lines(database, own);
  test::import_lines(database, guest("s"));
  edit(database, "DELETE FROM foreign_citation WHERE source = 1");
  EXPECT_EQ(rows_of(database), "0:0 ");
  EXPECT_THAT(refusal(database, "own"), HasSubstr("the source s is still cited"));
  edit(database, "DELETE FROM citation");
  EXPECT_EQ(refusal(database, "own"), "");
  EXPECT_EQ(rows_of(database), "") << "all records were looked at";
}

std::set<std::string> sources_of(Database& database) {
  std::set<std::string> ids;
  for (const auto& row : Reader(database).sql("SELECT id FROM source").rows) ids.insert(row[0].as_string());
  return ids;
}

/// A dataset out of a few nodes and sources, that cites what it defines and what is there already.
std::string random_dataset(std::mt19937& random, const std::string& id, std::set<std::string> citable) {
  const auto drawn = [&](unsigned below) { return random() % below; };
  const std::string of_id = "of-" + id;
  std::string sources = fmt::format(R"({{"id":"{}"}})", of_id);
  for (unsigned s = 0; s < 4; ++s) {
    if (drawn(4) != 0) continue;
    sources += fmt::format(R"(,{{"id":"s{}","title":"{}"}})", s, drawn(2));
    citable.insert(fmt::format("s{}", s));
  }
  citable.erase(of_id);
  const auto citations = [&] {
    std::string list = fmt::format(R"({{"source":"{}"}})", of_id);
    for (const std::string& source : citable)
      if (drawn(6) == 0) list += fmt::format(R"(,{{"source":"{}","locator":"{}"}})", source, drawn(2));
    return list;
  };
  std::string nodes, edges;
  for (unsigned n = 0; n < 3; ++n)
    nodes += fmt::format(R"({}{{"id":"n{}","type":"firm","sources":[{}]}})", n == 0 ? "" : ",", n, citations());
  for (unsigned n = 0; n < 2; ++n)
    edges +=
        fmt::format(R"({}{{"type":"funds","from":"n{}","to":"n2","sources":[{}]}})", n == 0 ? "" : ",", n, citations());
  return fmt::format(R"({{"dataset":{{"id":"{}"}},"sources":[{}],"nodes":[{}],"edges":[{}]}})", id, sources, nodes,
                     edges);
}

TEST(ForeignCitation, NoSourceGoesThatIsCitedHoweverRecordsCameAndWent) {
  std::mt19937 random = test::seeded(271);
  int refused = 0, gone = 0, imported = 0;
  for (int round = 0; round < 60; ++round) {
    Database database = Database::in_memory(Ontology::standard());
    for (int step = 0; step < 20; ++step) {
      const std::string id(1, static_cast<char>('a' + random() % 4));
      const unsigned what = random() % 8;
      try {
        if (what < 5) {
          ImportOptions options;
          options.keep_old = random() % 2 == 0;
          test::import_lines(database, random_dataset(random, id, sources_of(database)), options);
          ++imported;
        } else if (what < 7) {
          remove_dataset(database, id, removed_at);
          ++gone;
        } else {
          edit(database, fmt::format("UPDATE node SET source = (SELECT max(key) FROM source) WHERE id = 'n{}' AND "
                                     "EXISTS (SELECT 1 FROM source)",
                                     random() % 3));
        }
      } catch (const StoreError& error) {
        EXPECT_THAT(error.what(), HasSubstr("is still cited by")) << round << " " << step;
        ++refused;
      } catch (const Error&) {
        // There is no such dataset, or what it says of a node is refused beside the others.
      }
      ASSERT_THAT(
          Reader(database)
              .sql("SELECT c.kind, c.record FROM citations c LEFT JOIN source s ON s.key = c.source WHERE s.key "
                   "IS NULL")
              .rows,
          IsEmpty())
          << round << " " << step;
    }
  }
  EXPECT_GT(refused, 20);
  EXPECT_GT(gone, 20);
  EXPECT_GT(imported, 100);
}

}  // namespace
}  // namespace chokepoint
