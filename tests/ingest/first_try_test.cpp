// What people's files hold that was lost, bent or taken without a word: each case stands for a kind.
#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class FirstTry : public test::ForeignImport {
 protected:
  [[nodiscard]] Node node(const std::string& id) const { return Reader(database_).node(id).value_or(Node()); }
};

TEST_F(FirstTry, LinesInACellOfAColumnThatIsSplitAreValuesByThemselves) {
  tables_.splits["Supplier"] = ";";
  const ImportReport report =
      take("a.csv", "Supplier,Customer\n\"A Corp; B Corp\",Z\n\"C Corp\nD Corp\",Z\n\"E;\nF\",Z\nR&amp;D,Z\n");
  EXPECT_EQ(edges().size(), 7U);
  EXPECT_EQ(report.made_nodes, 8);
  EXPECT_THAT(joined(report.remarks), HasSubstr("as --split says, and so is each on a line of its own"));
  EXPECT_THAT(dump(), HasSubstr("R&amp;D"));
}

TEST_F(FirstTry, ListsWithBulletsAreValuesByThemselves) {
  const ImportReport report = take("n.csv",
                                   "name,type,aliases,description\nAcme,firm,\"• Acme Inc\n• Acme GmbH\",\"- one\n- "
                                   "two\"\nBeta,firm,\"- beta ag\n- Beta Holding\",\n");
  EXPECT_THAT(node("Acme").aliases, ElementsAre("Acme GmbH", "Acme Inc"));
  EXPECT_THAT(node("Beta").aliases, ElementsAre("Beta Holding", "beta ag"));
  EXPECT_EQ(node("Acme").description, "- one\n- two");
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("column aliases: lines with bullets, as in \"• Acme Inc • Acme GmbH\""));
  begin_anew();
  take("e.csv", "Supplier,Customer\n\"* A Corp\n* B Corp\",Z\n- C Corp,Y\n");
  EXPECT_EQ(edges().size(), 3U);
  begin_anew();
  tables_.splits["Supplier"] = "none";
  take("e.csv", "Supplier,Customer\n\"* A Corp\n* B Corp\",Z\n");
  EXPECT_EQ(edges().size(), 1U);
}

TEST_F(FirstTry, BulletsInOurOwnTablesAreText) {
  take("n.csv", "id,type,attributes.note,sources\na,firm,\"- one\n- two\",s\n");
  EXPECT_EQ(node("a").attributes, R"({"note":"- one\n- two"})");
}

TEST_F(FirstTry, ApostrophesInOurOwnTablesAreText) {
  take("n.csv", "id,type,attributes.note,sources\na,firm,'one',s\n");
  EXPECT_EQ(node("a").attributes, R"({"note":"'one'"})");
}

TEST_F(FirstTry, WhatAMapOfKumuShowsIsNoElement) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const ImportReport report = take("k.json", R"({
    "elements": [{"_id": "elem-1", "attributes": {"label": "Alpha"}}, {"_id": "elem-2", "attributes": {"label": "Beta"}}],
    "connections": [{"_id": "conn-1", "from": "elem-1", "to": "elem-2", "direction": "directed", "attributes": {}}],
    "maps": [{"_id": "map-1", "name": "Map", "elements": [{"element": "elem-1"}]}]})");
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_EQ(only_edge().from, "elem-1");
  EXPECT_THAT(joined(report.remarks), HasSubstr("left out, since they only show elements and connections: maps"));
}

TEST_F(FirstTry, ObjectsInRecordsThatAKeyRelatesToThemAreNodesAndEdges) {
  tables_.node_type = "firm";
  const ImportReport report = take("o.json", R"([
    {"name": "Sub One", "ownedBy": {"name": "Mid", "country": "DE", "ownedBy": {"name": "Top"}}},
    {"name": "Sub Two", "ownedBy": [{"name": "Mid", "share": 0.6}, {"name": "Other", "share": 0.4, "since": "2020"}]},
    {"name": "Other", "subsidiaries": [{"name": "Far"}]}])");
  EXPECT_EQ(report.nodes.added, 6);
  const std::string all = dump();
  for (const char* edge :
       {R"("from":"Top","to":"Mid")", R"("from":"Mid","to":"sub-one")", R"("from":"Mid","to":"sub-two","share":0.6)",
        R"("from":"Other","to":"sub-two","share":0.4)", R"("from":"Other","to":"Far")"})
    EXPECT_THAT(all, HasSubstr(edge));
  EXPECT_THAT(node("Mid").attributes, HasSubstr("DE"));
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("ownedBy (owns): objects in records are nodes, each with an edge to its record: 4"));
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("objects in records that are records, too, are what these say of them: 1"));
}

TEST_F(FirstTry, ContradictionsOfNestedObjectsAreTold) {
  tables_.node_type = "firm";
  const ImportReport report = take("o.json", R"([{"id": "a", "parent": {"id": "m", "country": "DE"}},
    {"id": "b", "parent": {"id": "m", "country": "FR"}}])");
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("contradict earlier ones: values of objects in records (1); the first: country of m"));
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(FirstTry, ANumberWithAPointIsThePartThatItIsElsewhere) {
  tables_.node_type = "product";
  tables_.edge_type = "requires";
  const ImportReport report = take("b.csv", "from,to\n1001.0,1002\n1003.0,1001\n1001.0,1003\n2.0,1002\n");
  EXPECT_EQ(report.made_nodes, 4);  // 2.0 is never written otherwise
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("2 numbers such as 1001.0 are written without a point elsewhere, and are the same end"));
}

TEST_F(FirstTry, APartNumberBesideSeveralCountriesIsOneNode) {
  tables_.node_type = "product";
  tables_.edge_type = "requires";
  const ImportReport report =
      take("b.csv", "parent,child,child country\nP1,1002,China\nP2,1002,Germany\nP2,Delta,China\nP1,Delta,Japan\n");
  EXPECT_EQ(report.made_nodes, 5);
  EXPECT_THAT(dump(), HasSubstr(R"("attributes":{"country":["China","Germany"]})"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("with all of them: 1, the first 1002"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("Delta (China), Delta (Japan)"));
}

TEST_F(FirstTry, TheColumnThatLosesAFieldIsTold) {
  const ImportReport report = take("n.csv", "id,type,ID\na,firm,b\n");
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("columns id and ID both may hold the field id: id does, and ID is kept as "
                        "an attribute; --map \"ID=id\" takes the other one"));
  begin_anew();
  EXPECT_THAT(joined(take("e.csv", "owner,owned,percent,Share %\nA,B,50,60\n").remarks),
              HasSubstr("columns Share % and percent both may hold the field share: Share % does"));
  EXPECT_EQ(only_edge().share, 0.6);
  begin_anew();
  tables_.columns["percent"] = "share";
  const ImportReport told = take("e.csv", "owner,owned,percent,Share %\nA,B,50,60\n");
  EXPECT_EQ(only_edge().share, 0.5);
  EXPECT_THAT(joined(told.remarks), Not(HasSubstr("both may hold")));
}

TEST_F(FirstTry, AnEndThatIsADayIsSaidToExcludeIt) {
  EXPECT_THAT(joined(take("e.csv", "owner,owned,since,until\nA,B,2020-01-01,2021-12-31\n").remarks),
              HasSubstr("column until: an end such as 2021-12-31 is the first day that no longer counts"));
  EXPECT_EQ(only_edge().until, "2021-12-31");
  begin_anew();
  EXPECT_THAT(joined(take("e.csv", "owner,owned,since,until\nA,B,2020,2021\n").remarks),
              Not(HasSubstr("no longer counts")));
  begin_anew();
  tables_.columns["when"] = "spell";
  EXPECT_THAT(joined(take("e.csv", "owner,owned,when\nA,B,\"<[2020-01-01, 2021-12-31]>\"\n").remarks),
              Not(HasSubstr("no longer counts")));
}

TEST_F(FirstTry, TheOrderOfDatesIsThatOfAttributesToo) {
  tables_.dates = DateOrder::day_first;
  EXPECT_THAT(joined(take("d.csv", "supplier,customer,date\nA,B,03/04/2023\n").remarks),
              HasSubstr("column date: dates are read with the day first"));
  EXPECT_EQ(only_edge().attributes, R"({"date":"2023-04-03"})");
  begin_anew();
  EXPECT_THAT(joined(take("d.csv", "supplier,customer,note\nA,B,good\n").remarks),
              HasSubstr("--dates: no column has dates that it is needed for"));
  EXPECT_EQ(only_edge().attributes, R"({"note":"good"})");
}

TEST_F(FirstTry, APercentIsOneInAWordAndInASign) {
  for (const char* header : {"Share %", "percent", "percentage", "share pct"}) {
    begin_anew();
    const std::string head = std::string("owner,owned,") + header;
    EXPECT_THAT(refusal("e.csv", head + "\nA,B,0.5\n"), HasSubstr("read in two ways")) << header;
    EXPECT_EQ(refusal("e.csv", head + "\nA,B,50\n"), "accepted") << header;
  }
}

TEST_F(FirstTry, EndsOfMixedTypesAreWhatTheirEdgesAllow) {
  const std::string rows =
      "subject,predicate,object\nAlpha,supplies,Beta\nAlpha,located in,Germany\nAlpha,produces,Widget\nBeta,located "
      "in,France\n";
  tables_.node_type = "firm";
  EXPECT_THAT(refusal("s.csv", rows), HasSubstr("--node-type TYPE,TYPE"));
  tables_.end_types = {"product"};
  take("s.csv", rows);
  EXPECT_EQ(node("Germany").type, "country");
  EXPECT_EQ(node("Widget").type, "product");
  EXPECT_EQ(node("Alpha").type, "firm");
}

TEST_F(FirstTry, AProfileThatMustBeNamedIsNamedWhereItFits) {
  const std::string rows = "COUNTRY,NAME,ADDRESS\nChina,Foo Ltd,Street 1\n";
  EXPECT_THAT(refusal("u.csv", rows), HasSubstr("--profile us-unverified-list reads it so"));
  tables_.node_type = "firm";
  EXPECT_THAT(joined(take("u.csv", rows).remarks), HasSubstr("--profile us-unverified-list"));
}

TEST_F(FirstTry, ThePercentOfAProfileIsNoFraction) {
  const ImportReport report = take(
      "f.jsonl", R"({"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["0.75"]}})"
                 "\n"
                 R"({"id":"p","schema":"Person","properties":{"name":["Pia"]}})"
                 "\n"
                 R"({"id":"c","schema":"Company","properties":{"name":["Comp"]}})"
                 "\n");
  EXPECT_EQ(only_edge().share, 0.0075);
  EXPECT_THAT(joined(report.remarks), Not(HasSubstr("fraction")));
}

TEST_F(FirstTry, LeavingRecordsOutIsAdvisedWhereSomeAreLeft) {
  EXPECT_THAT(refusal("n.csv", "name,kind\nA,\nB,\n"), Not(HasSubstr("--skip-bad")));
  EXPECT_THAT(refusal("n.csv", "name,kind\nA,firm\nB,\n"), HasSubstr("--skip-bad"));
  EXPECT_THAT(refusal("e.csv", "from,to,type\nA,B,supplies\n"), Not(HasSubstr("--skip-bad")));
}

TEST_F(FirstTry, NothingInAFileOrAFolderIsSaid) {
  EXPECT_THAT(refusal("empty.csv", ""), HasSubstr("the file is empty, without even a header"));
  std::filesystem::create_directories(folder_.path() / "outer" / "inner");
  EXPECT_THAT([&] { take({folder_.path() / "outer"}); },
              testing::ThrowsMessage<UsageError>(HasSubstr("no file lies in it, but folders")));
}

TEST_F(FirstTry, EqualIdsOfTwoSpacesOfNeo4jAreTwoNodes) {
  const auto nodes = folder_.write("f.csv", ":ID(Firm),name,:LABEL\n1,Alpha,firm\n2,Beta,firm\n");
  const auto products = folder_.write("p.csv", ":ID(Product),name,:LABEL\n1,Widget,product\n");
  const auto edges_file =
      folder_.write("e.csv", ":START_ID(Firm),:END_ID(Product),:TYPE\n1,1,produces\n2,1,produces\n");
  const ImportReport report = take({nodes, products, edges_file});
  EXPECT_EQ(report.nodes.added, 3);
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(dump(), HasSubstr(R"("from":"Firm:1","to":"Product:1")"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("each has its space in front: Product:1"));
  begin_anew();
  const auto others = folder_.write("q.csv", ":ID(Product),name,:LABEL\nw,Widget,product\n");
  EXPECT_THAT(joined(take({nodes, others}).remarks), Not(HasSubstr("id spaces")));
  EXPECT_EQ(node("w").labels.at("en"), "Widget");
}

TEST_F(FirstTry, AmountsMaySayTheirScale) {
  const ImportReport report = take(
      "a.csv", "supplier,customer,amount\nA,B,€1.2bn\nA,C,€300m\nD,C,$40k\nE,C,1.5 billion USD\nF,C,12亿元\nG,C,5\n");
  std::vector<std::pair<double, std::string>> amounts;
  for (const Edge& edge : edges()) amounts.emplace_back(edge.amount.value(), edge.unit);
  std::sort(amounts.begin(), amounts.end());
  EXPECT_THAT(amounts, ElementsAre(std::pair(5.0, ""), std::pair(40e3, "USD"), std::pair(300e6, "EUR"),
                                   std::pair(1.2e9, "CNY"), std::pair(1.2e9, "EUR"), std::pair(1.5e9, "USD")));
  EXPECT_THAT(joined(report.remarks), HasSubstr("5 amounts such as \"€1.2bn\" say their scale"));
  begin_anew();
  take("m.csv", "supplier,customer,amount\nA,B,300m\n");  // metres, or millions
  EXPECT_FALSE(only_edge().amount);
  EXPECT_THAT(only_edge().attributes, HasSubstr("300m"));
}

TEST_F(FirstTry, DaysThatSpreadsheetsCountAreDays) {
  const ImportReport report = take("d.csv", "supplier,customer,since\nA,B,45292\nA,C,2023-05-01\n");
  EXPECT_THAT(dump(), HasSubstr(R"("since":"2024-01-01")"));
  EXPECT_THAT(dump(), HasSubstr(R"("since":"2023-05-01")"));
  EXPECT_THAT(joined(report.remarks),
              HasSubstr("column since: numbers such as 45292 are days as spreadsheets count them, 2024-01-01"));
}

TEST_F(FirstTry, NamesInHanCharactersAreChinese) {
  tables_.node_type = "firm";
  take("h.csv", "supplier,customer\n华为,中芯国际\nAlpha,中芯国际 SMIC\nトヨタ自動車,삼성전자\n");
  const std::string all = dump();
  for (const char* label :
       {R"("labels":{"zh":"华为"})", R"("labels":{"zh":"中芯国际"})", R"("labels":{"zh":"中芯国际 SMIC"})",
        R"("labels":{"en":"トヨタ自動車"})", R"("labels":{"en":"삼성전자"})"})
    EXPECT_THAT(all, HasSubstr(label));
  begin_anew();
  take("n.csv", "id,name,type\na,华为,firm\n");
  EXPECT_EQ(node("a").labels.at("zh"), "华为");
  begin_anew();
  take("o.csv", "id,type,label_en,sources\na,firm,华为,x\n");  // our own header says the language
  EXPECT_EQ(node("a").labels.at("en"), "华为");
}

TEST_F(FirstTry, ComponentsOfSoftwareNeedNoType) {
  const ImportReport report = take("c.json", R"({"bomFormat": "CycloneDX", "specVersion": "1.5",
    "components": [{"bom-ref": "a", "name": "liba", "type": "library"}, {"bom-ref": "b", "name": "libb", "type": "library"}],
    "dependencies": [{"ref": "a", "dependsOn": ["b"]}]})");
  EXPECT_EQ(node("a").type, "software");
  EXPECT_EQ(node("a").attributes, R"({"type":"library"})");
  EXPECT_THAT(joined(report.remarks), HasSubstr("taken as software: --node-type TYPE says otherwise"));
  begin_anew();
  take(
      "s.json",
      R"({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": [{"SPDXID": "SPDXRef-a", "name": "a"}]})");
  EXPECT_EQ(node("SPDXRef-a").type, "software");
  begin_anew();
  tables_.node_type = "technology";
  take(
      "s.json",
      R"({"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": [{"SPDXID": "SPDXRef-a", "name": "a"}]})");
  EXPECT_EQ(node("SPDXRef-a").type, "technology");
}

TEST_F(FirstTry, GroupsAreNotCountedWhereARowOfEdgesWasRefused) {
  const auto nodes = folder_.write("n.csv", "id,type,sources\na,firm,s\nb,chip,s\nc,chip,s\n");
  for (const auto& [row, says_it] : {std::pair("a,c,requires,g,2,s,too,many\n", false), std::pair("", true)}) {
    const auto facts = folder_.write(
        "e.csv", std::string("from,to,type,group,k,sources\na,b,requires,g,2,s\n") + row + "a,x,located-in,,,s\n");
    std::string all;
    try {
      take({nodes, facts});
    } catch (const IngestError& error) {
      for (const Problem& problem : error.problems) all += problem.message + "\n";
    }
    EXPECT_THAT(all, HasSubstr("x, which is no node"));
    EXPECT_THAT(all, Not(HasSubstr("needs 2 members"))) << says_it;
  }
}

TEST_F(FirstTry, ATableThatSaysNothingOfConnectionsIsNoDrawing) {
  const auto file = folder_.write("d.csv", "id,name\na,Alpha\n");
  EXPECT_THROW(import_files(database_, {file}, "drawio-csv", tables_, options_), IngestError);
}

}  // namespace
}  // namespace chokepoint
