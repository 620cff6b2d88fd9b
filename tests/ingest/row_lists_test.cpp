#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"
#include "tests/support/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace chokepoint::test {
namespace {

using testing::HasSubstr;

/// CSV whose rows have no common columns: nodes with their neighbours, and the tables of Maltego.
class RowLists : public ForeignImport {
 protected:
  RowLists() {
    tables_.node_type = "firm";
    tables_.edge_type = "supplies";
  }
  /// The edges as `A>B C>D`, in order.
  std::string ties() {
    std::string all;
    for (const Edge& edge : edges()) all += (all.empty() ? "" : " ") + edge.from + ">" + edge.to;
    return all;
  }
};

TEST_F(RowLists, ANodeAndItsNeighboursAreReadWithAHeaderAndWithout) {
  for (const std::string_view text :
       {"node,neighbour1,neighbour2\nA,B,C\nB,C\nC\nD,A,B,E\n", "A,B,C\nB,C\nC\nD,A,B,E\n",
        "node,neighbours\nA,B,C\nB,C\nD,A,B,E\n", "Node;Neighbor 1;Neighbor 2;;\nA;B;C;;\nB;C;;;\nC;;;;\nD;A;B;E;\n",
        "A\tB\tC\nB\tC\nC\nD\tA\tB\tE\n"}) {
    begin_anew();
    const ImportReport report = take("n.csv", text);
    EXPECT_EQ(report.nodes.added, 5) << text;
    EXPECT_EQ(ties(), "A>B A>C B>C D>A D>B D>E") << text;
    EXPECT_THAT(joined(report.remarks), HasSubstr("each row is read as a node and those that it is tied to"));
  }
}

TEST_F(RowLists, TablesOfOtherFormatsHaveNeighboursToo) {
  const ImportReport report =
      take("n.md", "| node | neighbour 1 | neighbour 2 |\n|---|---|---|\n| A | B | C |\n| B | C | |\n| D | | |\n");
  EXPECT_EQ(report.nodes.added, 4);
  EXPECT_EQ(ties(), "A>B A>C B>C");
  EXPECT_THAT(joined(report.remarks), HasSubstr("each row is read as a node and those that it is tied to"));
  begin_anew();
  take("s.md", "| supplier | customer 1 | customer 2 |\n|---|---|---|\n| TSMC | Apple | Nvidia |\n| ASML | TSMC | |\n");
  EXPECT_EQ(ties(), "ASML>TSMC TSMC>Apple TSMC>Nvidia");
  EXPECT_THAT(refusal("b.md", "| node | neighbour 1 | neighbour 2 |\n|---|---|---|\n| | B | C |\n| B | C | |\n"),
              HasSubstr("row 2: the first cell names the node"));
}

TEST_F(RowLists, SidesInTheHeaderSayWhereEdgesGo) {
  tables_.edge_type.clear();
  const ImportReport report = take("s.csv", "supplier,customer 1,customer 2\nTSMC,Apple,Nvidia\nASML,TSMC\n");
  EXPECT_EQ(ties(), "ASML>TSMC TSMC>Apple TSMC>Nvidia");
  EXPECT_EQ(edges().front().type, "supplies");
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("each row is read as one supplier and a customer in every further cell"));
  begin_anew();
  take("c.csv", "customer,suppliers\nApple,TSMC,Samsung\nTSMC,ASML\n");
  EXPECT_EQ(ties(), "ASML>TSMC Samsung>Apple TSMC>Apple");
}

TEST_F(RowLists, TiesThatBothRowsHaveAreOneEdgeEach) {
  const ImportReport report = take("u.csv", "A,B,C\nB,A\nC,A\nD\n");
  EXPECT_EQ(ties(), "A>B A>C");
  EXPECT_EQ(report.nodes.added, 4);
  EXPECT_THAT(joined(report.remarks), HasSubstr("every tie stands in the rows of both nodes"));
}

TEST_F(RowLists, CellsInQuotesAndEmptyOnesAreTaken) {
  take("q.csv", "node,neighbour\n\"Beta, Inc\",\"Say \"\"hi\"\"\",,Gamma\nGamma\n");
  EXPECT_THAT(dump(), HasSubstr(R"("en":"Beta, Inc")"));
  EXPECT_THAT(dump(), HasSubstr(R"("en":"Say \"hi\"")"));
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(RowLists, OtherTablesStayTables) {
  // Rows that lost a cell, of a table like others.
  EXPECT_THAT(refusal("a.csv", "Company,Country,Type\nASML,NL,firm\nTSMC,TW\n"), HasSubstr("2 fields where"));
  // Who is tied to whom cannot be told where few stand in front: the option is named.
  const std::string lines = "TSMC,Apple,Nvidia,AMD\nASML,TSMC,Samsung\nZeiss,ASML\n";
  EXPECT_THAT(refusal("b.csv", lines), HasSubstr("--from neighbours reads it so"));
  EXPECT_EQ(
      import_files(database_, {folder_.write("b.csv", lines)}, "neighbours", tables_, options_).front().edges.added, 6);
  begin_anew();
  EXPECT_EQ(take("c.csv", "Company,Country\nASML,NL\nTSMC,TW\n").nodes.added, 2);
  EXPECT_THAT(refusal("d.csv", "node,neighbour1,neighbour2\n,B,C\nA,B\n"),
              HasSubstr("the first cell names the node whose ties the row has"));
}

constexpr std::string_view maltego_file =
    "maltego.Company,Name,Founded\nEntityID,title,founded\n1,Acme,1990\n2,\"Beta, Inc\",\n\n"
    "maltego.Person,Full Name,First Names\nEntityID,person.fullname,person.firstnames\n3,Jane Doe,Jane\n\n"
    "Maltego Link,Source Entity ID,Target Entity ID,Label,Show Label,Color,Description\n"
    "LinkID,SourceEntityID,TargetEntityID,maltego.link.manual.type,maltego.link.show-label,maltego.link.color,"
    "maltego.link.manual.description\n10,1,2,supplies,1,,since 2019\n11,3,1,owns,1,,\n";

TEST_F(RowLists, MaltegosTablesAreEntitiesAndLinks) {
  EXPECT_EQ(
      read_without_lines("m.csv", maltego_file),
      "maltego\nnodes (nodes)\n  maltego_type=type (entity)=id (label)=label Founded=attribute First Names=attribute\n"
      " : maltego_type=maltego.Company (entity)=1 (label)=Acme Founded=1990\n"
      " : maltego_type=maltego.Company (entity)=2 (label)=Beta, Inc\n"
      " : maltego_type=maltego.Person (entity)=3 (label)=Jane Doe First Names=Jane\n"
      "edges (edges)\n  (Source Entity ID)=from (Target Entity ID)=to (label)=label Description=attribute "
      "(direction)=direction\n"
      " : (Source Entity ID)=1 (Target Entity ID)=2 (label)=supplies Description=since 2019 (direction)=directed\n"
      " : (Source Entity ID)=3 (Target Entity ID)=1 (label)=owns (direction)=directed\n"
      "! left out: Show Label, Color, which say how links look\n");
}

TEST_F(RowLists, MaltegosTablesMakeAGraph) {
  tables_.edge_type.clear();
  tables_.types = {{"maltego.Company", "firm"}, {"maltego.Person", "person"}};
  const ImportReport report = take("m.csv", maltego_file);
  EXPECT_EQ(report.nodes.added, 3);
  EXPECT_EQ(ties(), "jane-doe>acme acme>beta-inc");
  EXPECT_EQ(edges().front().type, "owns");
  const std::string all = dump();
  EXPECT_THAT(all, HasSubstr(R"("en":"Beta, Inc")"));
  EXPECT_THAT(all, HasSubstr(R"("Founded":"1990")"));
  EXPECT_THAT(all, HasSubstr(R"("Description":"since 2019")"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("left out: Show Label, Color, which say how links look"));
}

TEST_F(RowLists, WhatIsNoTableOfMaltegoIsRefusedWithItsLine) {
  for (const auto& [text, why] :
       {std::pair("maltego.Company,Name\nEntityID,title\n,Acme\n", "an entity has no id"),
        std::pair("Maltego Link,Source Entity ID,Target Entity ID\nLinkID,SourceEntityID,TargetEntityID\n,1,2\n",
                  "a link has no id")})
    EXPECT_THAT(refusal("m.csv", text), HasSubstr(why));
}

}  // namespace
}  // namespace chokepoint::test
