// Tables whose rows are no records: matrices of nodes by nodes, and edges that are told by their names alone.
#include "chokepoint/ingest/doubt.hpp"
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/model/json.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class LaidOutAnew : public test::ForeignImport {
 protected:
  LaidOutAnew() {
    tables_.node_type = "firm";
    tables_.edge_type = "supplies";
  }
  /// `a>b 2` an edge.
  std::vector<std::string> lines() {
    std::vector<std::string> all;
    for (const Edge& edge : edges()) {
      const Json attributes = parse_json(edge.attributes.empty() ? "{}" : edge.attributes);
      const Json* weight = attributes.find("weight");
      all.push_back(edge.from + ">" + edge.to + (weight == nullptr ? "" : " " + to_text(*weight)));
    }
    return all;
  }
  std::string why_not(const std::string& text) { return refusal("m.csv", text); }
};

TEST_F(LaidOutAnew, AMatrixOfNodesByNodesBecomesEdgesFromRowsToColumns) {
  const ImportReport report = take("m.csv", "who,ax,bx,cx\nax,0,1.5,\nbx,,0,2\ncx,-,0,0\n");
  EXPECT_THAT(lines(), ElementsAre("ax>bx 1.5", "bx>cx 2"));
  EXPECT_TRUE(Reader(database_).node("cx"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("m.csv: read as a matrix of 3 nodes by nodes"));
  EXPECT_THAT(joined(report.remarks), Not(HasSubstr("symmetric")));
}

TEST_F(LaidOutAnew, RowsOfAMatrixMayStandInAnotherOrder) {
  take("m.csv", ",ax,bx,,\nbx,1,0,,\nax,0,2,,\n");
  EXPECT_THAT(lines(), ElementsAre("ax>bx 2", "bx>ax 1"));
}

TEST_F(LaidOutAnew, ASymmetricMatrixHasEachPairOnce) {
  const ImportReport report = take("m.csv", ",ax,bx,cx\nax,0,1,3\nbx,1,0,0\ncx,3,0,0\n");
  EXPECT_THAT(lines(), ElementsAre("ax>bx 1", "ax>cx 3"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("the matrix is symmetric, so each pair is one edge without direction"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 edges have no direction in the file"));
}

TEST_F(LaidOutAnew, OfAMatrixDecimalCommasAreRead) {
  take("m.csv", ";ax;bx\nax;;0,25\nbx;1.000,5;\n");
  EXPECT_THAT(lines(), ElementsAre("ax>bx 0.25", "bx>ax 1000.5"));
}

TEST_F(LaidOutAnew, OfAMatrixNumbersOfTwoReadingsAreADoubt) {
  EXPECT_THAT(why_not(";ax;bx\nax;;1.200\nbx;;\n"), HasSubstr("\"1.200\" is read in two ways"));
  tables_.decimal = '.';
  EXPECT_EQ(why_not(";ax;bx\nax;;1.200\nbx;;\n"), "accepted");
  EXPECT_THAT(lines(), ElementsAre("ax>bx 1.2"));
}

TEST_F(LaidOutAnew, AMatrixThatLacksARowOrColumnIsRefusedWithWhatItLacks) {
  const std::string why = why_not("who,ax,bx,cx\nax,0,1,2\nbx,1,0,2\nothers,1,1,4\n");
  EXPECT_THAT(why, HasSubstr("the row others has no column and the column cx has no row"));
  EXPECT_THAT(why, HasSubstr("--map \"who=label\" --node-type TYPE"));
  tables_.columns["who"] = "label";
  const ImportReport report = take("m.csv", "who,ax,bx,cx\nax,0,1,2\nbx,1,0,2\nothers,1,1,4\n");
  EXPECT_EQ(report.nodes.added, 3);
  EXPECT_TRUE(edges().empty());
}

TEST_F(LaidOutAnew, ObjectsByKeyAreNoMatrix) {
  EXPECT_THAT(refusal("m.json", R"({"ax": {"ax": 0, "bx": 1}, "bx": {"ax": 0, "bx": 0}})"),
              HasSubstr("nodes with a number for each that they are tied to"));
}

TEST_F(LaidOutAnew, ATableOfNumbersIsNoMatrix) {
  EXPECT_EQ(take("n.csv", "name,size,age\nax,1,2\nbx,3,4\n").nodes.added, 2);
  EXPECT_TRUE(edges().empty());
}

TEST_F(LaidOutAnew, NamesOfEdgesAreTakenApart) {
  const ImportReport report =
      take("e.csv",
           "interaction,name,selected,shared name,n\nsupplies,\"Acme (x) (supplies) Beta Corp\",false,"
           "\"Acme (x) (supplies) Beta Corp\",3\n");
  EXPECT_THAT(lines(), ElementsAre("acme-x>beta-corp"));
  EXPECT_EQ(only_edge().type, "supplies");
  EXPECT_THAT(joined(report.remarks), HasSubstr("are taken apart into the ends of edges"));
  EXPECT_THAT(why_not("interaction,name\nsupplies,A (supplies) B\nsupplies,A - B\n"),
              HasSubstr("row 3: \"A - B\" is no name of an edge such as \"A (supplies) B\""));
}

TEST_F(LaidOutAnew, EndsOfDocumentStoresAreEnds) {
  take("e.jsonl", "{\"_key\":\"1\",\"_from\":\"firms/ax\",\"_to\":\"firms/bx\",\"_rev\":\"r\"}\n");
  EXPECT_EQ(edges().size(), 1U);
}

TEST_F(LaidOutAnew, ListsOfNamesInCellsAreTold) {
  const std::string list = "company,suppliers\nAx,\"Bx; Cx\"\n";
  EXPECT_THAT(joined(take("l.csv", list).remarks),
              HasSubstr("makes no edges; once the nodes are in, --map \"company=to\" --map \"suppliers=from\" --split "
                        "\"suppliers=;\" --edge-type TYPE --node-type TYPE --keep-old makes an edge of each name"));
  // What is told does it.
  tables_.columns = {{"company", "to"}, {"suppliers", "from"}};
  tables_.splits = {{"suppliers", ";"}};
  tables_.edge_type = "supplies";
  options_.keep_old = true;
  take("l.csv", list);
  EXPECT_THAT(lines(), ElementsAre("Bx>Ax", "Cx>Ax"));
  tables_ = {};
  tables_.node_type = "firm";
  options_.keep_old = false;
  begin_anew();
  EXPECT_THAT(joined(take("l.json", R"([{"company": "Ax", "suppliers": ["Bx", "Cx"]}])").remarks),
              HasSubstr("--map \"company=to\" --map \"suppliers=from\" --edge-type"));
  begin_anew();
  EXPECT_THAT(
      joined(take("n.csv", "Company,Supplier 1,Supplier 2\nAx,Bx,Cx\n").remarks),
      HasSubstr("the columns Supplier 1, Supplier 2 are kept as attributes, and make no edges; this makes rows of "
                "Company and supplier: python3 -c"));
  begin_anew();
  EXPECT_THAT(joined(take("x.csv", "Company,Wafer,Resist\nAx,x,\nBx,,x\n").remarks),
              HasSubstr("the columns Wafer, Resist are kept as attributes; if they are nodes, too"));
  begin_anew();
  EXPECT_THAT(joined(take("m.csv", "Company,Staff,Plants\nAx,10,1\nBx,20,2\n").remarks),
              Not(HasSubstr("if they are nodes")));
}

TEST_F(LaidOutAnew, ListsOfRecordsInRecordsAreTold) {
  const std::string told =
      joined(take("n.json", R"([{"name": "Ax", "partners": [{"name": "Bx", "share": 0.9}, {"name": "Cx"}]}])").remarks);
  EXPECT_THAT(told,
              HasSubstr("partners: lists of records in 1 records are kept as attributes; this makes a row of each"));
  EXPECT_THAT(told, HasSubstr("jq '[.. | objects | select(.partners? | type == \"array\")"));
  EXPECT_THAT(told, Not(HasSubstr("--split")));
}

TEST_F(LaidOutAnew, SeveralNamesInAnEndAreADoubt) {
  const std::string text = "supplier,customer,share\nAx,\"Bx; Cx\",10%\nDx,Ex,5%\n";
  EXPECT_THAT(why_not(text),
              HasSubstr("column customer: \"Bx; Cx\" may be several names; --split \"customer=;\" takes each "
                        "of them for an end, --split \"customer=none\" takes the cell for one name"));
  tables_.splits = {{"customer", ";"}};
  const ImportReport report = take("s.csv", text);
  EXPECT_THAT(lines(), ElementsAre("Ax>Bx", "Ax>Cx", "Dx>Ex"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("what else its row states is stated of each"));
  begin_anew();
  tables_.splits = {{"customer", "none"}};
  take("s.csv", text);
  EXPECT_THAT(lines(), ElementsAre("Ax>bx-cx", "Dx>Ex"));
  tables_.splits = {{"custmer", ";"}};
  EXPECT_THAT(why_not(text), HasSubstr("--split custmer=;: no table has this column; did you mean customer?"));
  tables_.splits = {};
  EXPECT_EQ(why_not("supplier,customer\nAx,\"Bx, Inc.\"\nCx,Dx / Ex\nFx,Gx\n"), "accepted") << "one slash is a name's";
  EXPECT_THAT(why_not("supplier,customer\nCx,Dx / Ex\nFx,Gx / Hx\n"), HasSubstr("--split \"customer=/\""));
}

TEST_F(LaidOutAnew, OnlySheetsThatAreNamedAreRead) {
  const std::string lists =
      R"({"nodes_of": [{"id": "a", "name": "Ax", "kind": "firm"}], "codes": [{"code": "S", "name": "x"}]})";
  tables_ = {};
  EXPECT_THAT(refusal("t.json", lists),
              HasSubstr("--table NAME, for each that is meant, reads only these of its tables: nodes_of, codes"));
  tables_.only_tables = {"nodes_of"};
  EXPECT_EQ(take("t.json", lists).nodes.added, 1);
  tables_.only_tables = {"nodes_off"};
  EXPECT_THAT(refusal("t.json", lists), HasSubstr("--table nodes_off: no such sheet or table; did you mean nodes_of?"));
}

TEST_F(LaidOutAnew, RowsThatMayBeRelationsAreHinted) {
  tables_ = {};
  EXPECT_THAT(
      why_not("Company,Competitor\nAMD,Intel\nAMD,NVIDIA\n"),
      HasSubstr("AMD stands in several rows; where a row is a relation and no node, --map \"Company=from\" --map "
                "\"Competitor=to\" --edge-type TYPE"));
  EXPECT_THAT(why_not("Company,Country\nAMD,US\nIntel,US\n"), Not(HasSubstr("stands in several rows")));
}

TEST_F(LaidOutAnew, WhatElseADoubtfulFileNeedsIsKnownAtOnce) {
  const auto file = folder_.write("d.csv", "von;nach;Betrag;date\nM\xFCller;Bosch;1.200;03/04/2023\n");
  try {
    import_files(database_, {file}, "", {}, options_);
    FAIL() << "accepted";
  } catch (const DoubtfulText& error) {
    EXPECT_EQ(error.doubt.option, "--encoding");
  }
  EXPECT_THAT(import_needs(database_.ontology(), {file}, "", {}, options_),
              ElementsAre("--encoding windows-1252", "--decimal comma", "--dates day-first", "--edge-type TYPE",
                          "--node-type TYPE"));
}

}  // namespace
}  // namespace chokepoint
