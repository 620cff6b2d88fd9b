#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/database_dump.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::HasSubstr;

class Csv : public testing::Test {
 protected:
  Csv() {
    options_.at = "2026-01-01T00:00:00Z";
    options_.dataset = "d";
    options_.default_source = "s";
    options_.default_source_title = "A table";
    options_.make_sources = true;
  }
  ImportReport take(const std::string& nodes, const std::string& edges) {
    return import_csv(database_, {folder_.write("nodes.csv", nodes), folder_.write("edges.csv", edges)}, tables_,
                      options_);
  }
  std::string problems(const std::string& nodes, const std::string& edges) {
    try {
      take(nodes, edges);
      return {};
    } catch (const IngestError& error) {
      std::string all;
      for (const Problem& problem : error.problems)
        all += std::filesystem::path(problem.file).filename().string() + ":" + std::to_string(problem.line) + ": " +
               problem.record + ": " + problem.message + "\n" +
               (problem.alike > 0 ? "… and " + std::to_string(problem.alike) + " more\n" : "");
      return all;
    }
  }
  test::ScratchFolder folder_;
  Database database_ = Database::in_memory(Ontology::standard());
  TableOptions tables_;
  ImportOptions options_;
};

constexpr const char* two_nodes = "id,type,label\na,firm,Alpha\nb,firm,Beta\n";

TEST_F(Csv, ReadsTheHeadersOfGephi) {
  take("Id,Label,type,Modularity Class,x\na,Alpha,firm,3,1.5\nb,\"Beta, Inc.\",firm,,2\n",
       "Source,Target,Type,Kind,Id,Label,Weight,share\na,b,Directed,owns,0,owns,2,0.25\n");
  EXPECT_EQ(
      test::records_of(database_),
      R"({"source":{"id":"s","title":"A table"}})"
      "\n"
      R"({"node":{"id":"a","type":"firm","labels":{"en":"Alpha"},"attributes":{"Modularity Class":"3","x":"1.5"},"sources":[{"source":"s"}]}})"
      "\n"
      R"({"node":{"id":"b","type":"firm","labels":{"en":"Beta, Inc."},"attributes":{"x":"2"},"sources":[{"source":"s"}]}})"
      "\n"
      R"({"edge":{"id":")" +
          Reader(database_).edges_about("a").at(0).id +
          R"(","type":"owns","from":"a","to":"b","share":0.25,"attributes":{"Label":"owns","Weight":2},"sources":[{"source":"s"}]}})"
          "\n");
}

TEST_F(Csv, ReadsTheHeadersOfNeo4j) {
  take("key:ID(Firm),name:string,:LABEL,size:double\na,Alpha,firm,1.5\nb,Beta,firm,\n",
       ":START_ID(Firm);:END_ID(Firm);:TYPE;share:double;since\na;b;owns;0.5;2020-01\n");
  const Node node = Reader(database_).node("a").value();
  EXPECT_EQ(node.labels.at("en"), "Alpha");
  const Edge edge = Reader(database_).edges_about("a").at(0);
  EXPECT_EQ(edge.type, "owns");
  EXPECT_EQ(edge.share, 0.5);
  EXPECT_EQ(edge.since, "2020-01");
}

TEST_F(Csv, ReadsPlainEdgeListsAndLeavesRowNumbersOut) {
  const ImportReport report =
      take("id,kind,name,since\n1,firm,Alpha,1990-01-02\n2,firm,Beta,\n",
           "id,src,dst,kind,share,since,until\n0,1,2,owns,0.1,2000,2001\n1,2,1,owns,,,\nnamed,1,2,owns,,,\n");
  const auto edges = Reader(database_).edges_about("alpha");
  ASSERT_EQ(edges.size(), 3U);
  int named = 0;
  for (const Edge& edge : edges) named += edge.attributes == R"({"id":"named"})" ? 1 : 0;
  EXPECT_EQ(named, 1);
  EXPECT_THAT(report.remarks, testing::Contains(HasSubstr("2 edge ids only number")));
}

TEST_F(Csv, TakesAColumnForWhatItIsToldToBe) {
  tables_.columns = {{"wer", "id"},       {"von", "from"}, {"nach", "to"},
                     {"Anteil", "share"}, {"Notiz", "-"},  {"Art", "attributes.kind"}};
  tables_.types = {{"besitzt", "owns"}};
  tables_.node_type = "firm";
  take("wer,Notiz\na,x\nb,y\n", "von,nach,type,Anteil,Art\na,b,besitzt,0.5,z\n");
  const Edge edge = Reader(database_).edges_about("a").at(0);
  EXPECT_EQ(edge.type, "owns");
  EXPECT_EQ(edge.share, 0.5);
  EXPECT_EQ(edge.attributes, R"({"kind":"z"})");
  EXPECT_EQ(Reader(database_).node("a").value().attributes, "");
}

TEST_F(Csv, NamesFileRowAndColumnOfEveryProblem) {
  const std::string found = problems(
      "id,type,label\na,firm,Alpha\nb,fimr,Beta\n",
      "from,to,type,Weight,share,since,group,k\na,b,owns,1,1.5,,,\na,a,owns,1,,,,\nc,a,owns,,,,,\na,a,own,,,x,,\n");
  EXPECT_THAT(found, HasSubstr("nodes.csv:3: row 3, node b: unknown node type \"fimr\"; did you mean \"firm\"?"));
  EXPECT_THAT(found, HasSubstr("edges.csv:2: row 2, edge a -owns-> b: \"share\" is 1.5; it lies between 0 and 1"));
  EXPECT_THAT(found, HasSubstr("edges.csv:3: edge a -owns-> a: it starts and ends at one node"));
  EXPECT_THAT(found, HasSubstr("edges.csv:4: edge c -owns-> a: \"from\" names c, which is no node"));
  EXPECT_THAT(found,
              HasSubstr("edges.csv:5: row 5, edge a -own-> a: unknown edge type \"own\"; did you mean \"owns\"?"));
  EXPECT_THAT(found, HasSubstr("edges.csv:5: row 5, edge a -own-> a: \"since\" is \"x\", which is no date"));
  EXPECT_EQ(test::records_of(database_), "");
  tables_.columns = {{"Weight", "share"}};
  EXPECT_THAT(problems(two_nodes, "Source,Target,Kind,Weight\na,b,owns,x\n"),
              HasSubstr("row 2, edge a -owns-> b: column Weight: \"share\" must be a number"));
}

TEST_F(Csv, RefusesMapsThatFitNothing) {
  const auto why = [&] {
    try {
      take(two_nodes, "from,to,type\na,b,owns\n");
    } catch (const UsageError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  tables_.columns = {{"fron", "from"}};
  EXPECT_THAT(why(), HasSubstr("did you mean from?"));
  tables_.columns = {{"type", "knid"}};
  EXPECT_THAT(why(), HasSubstr("no such field"));
  tables_.columns = {};
  options_.default_source_title.clear();
  EXPECT_THAT(why(), HasSubstr("--source-title TEXT makes a new one"));
  options_.default_source = "new";
  options_.default_source_title = "New";
  EXPECT_EQ(why(), "accepted");
}

TEST_F(Csv, ReadsSourcesWithTheirPlaces) {
  take(two_nodes, "from,to,type,sources\na,b,owns,report: p. 1; table 2; other\n");
  const Edge edge = Reader(database_).edges_about("a").at(0);
  EXPECT_EQ(edge.sources, (std::vector<Citation>{{"other", ""}, {"report", "p. 1; table 2"}}));
  EXPECT_TRUE(Reader(database_).source("report"));
}

TEST_F(Csv, ImportingAgainChangesNothing) {
  const std::string edges = "from,to,type,share\na,b,owns,0.5\na,b,owns,0.5\nb,a,owns,\n";
  EXPECT_EQ(take(two_nodes, edges).edges.added, 2);
  EXPECT_FALSE(take(two_nodes, edges).changed);
}

TEST_F(Csv, KnowsOneClaimHoweverItsRowsWriteIt) {
  const ImportReport report =
      take(two_nodes, "from,to,type\na,b,owns\nA,B,owns\nb,a,competes-with\na,b,competes-with\nB,a,competes-with\n");
  EXPECT_EQ(report.edges.added, 2);
  for (const Edge& edge : Reader(database_).edges_about("a")) EXPECT_EQ(edge.id, record_id(edge));
}

TEST_F(Csv, TellsTheFirstThreeProblemsOfAKindInTheOrderOfTheirRowsAndCountsTheRest) {
  std::string edges = "from,to,type,share,group,k\n";
  for (int row = 2; row < 2'000; ++row)
    edges += std::string("a,") + (row % 5 == 0 ? "nobody" : "b") + ",owns," + (row % 7 == 0 ? "2" : "0.5") + ",,\n";
  const std::string share = ": \"share\" is 2; it lies between 0 and 1; a share is a fraction, so 2 % is 0.02\n";
  const std::string end =
      "edge a -owns-> nobody: \"to\" names nobody, which is no node; --make-nodes makes nodes of ends that no table "
      "lists\n";
  // 285 rows have the wrong share; of the 399 with the wrong end 57 are refused for their share first.
  EXPECT_EQ(problems(two_nodes, edges), "edges.csv:5: " + end +                                 //
                                            "edges.csv:7: row 7, edge a -owns-> b" + share +    //
                                            "edges.csv:10: " + end +                            //
                                            "edges.csv:14: row 14, edge a -owns-> b" + share +  //
                                            "edges.csv:15: " + end + "… and 339 more\n" +       //
                                            "edges.csv:21: row 21, edge a -owns-> b" + share + "… and 282 more\n");
}

TEST_F(Csv, EndsWithTheRowThatIsNoRowWhateverCameBefore) {
  std::string edges = "from,to,type\n";
  for (int row = 2; row < 1'000; ++row) edges += "a,b,owns\n";
  EXPECT_THAT(problems(two_nodes, edges + "a,b\n"),
              HasSubstr("edges.csv:1000: row 1000: 2 fields where the header has 3"));
  EXPECT_EQ(test::records_of(database_), "");
}

}  // namespace
}  // namespace chokepoint
