#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Files that came in bent, or whose refusal did not say all that they need.
class WholeAtOnce : public test::ForeignImport {
 protected:
  std::vector<std::string> needs(const std::string& name, const std::string& text) {
    return import_needs(database_.ontology(), {folder_.write(name, text)}, "", {}, options_);
  }
};

TEST_F(WholeAtOnce, ARefusalNamesEveryTypeInItsCommand) {
  EXPECT_THAT(
      needs("a.csv", "from,to,type\nA,B,flow\nB,C,flow\nC,A,customer of\n"),
      ElementsAre("--node-type TYPE", "--map-type \"flow=TYPE\"", "--map-type \"customer of=supplies reversed\""));
  EXPECT_THAT(needs("b.json", R"({"nodes":[{"id":"a","type":"library"},{"id":"b","type":"library"}],)"
                              R"("links":[{"source":"a","target":"b","type":"depends on"}]})"),
              ElementsAre("--map-type \"library=software\"", "--map-type \"depends on=requires\""));
  EXPECT_THAT(needs("c.graphml",
                    "<graphml><graph edgedefault=\"directed\"><node id=\"x\"/><node id=\"y\"/>"
                    "<edge source=\"x\" target=\"y\"/></graph></graphml>"),
              ElementsAre("--node-type TYPE", "--edge-type TYPE"));
}

TEST_F(WholeAtOnce, ManyWordsAreNoTypesAndWhatAShellUnderstandsIsNotTold) {
  std::string many = "from,to,type\n";
  for (char c = 'a'; c < 'm'; ++c) many += std::string("A,B,text ") + c + "\n";
  EXPECT_THAT(needs("a.csv", many), Contains("--map \"type=attributes.type\""));
  EXPECT_THAT(needs("b.csv", "from,to,type\nA,B,$(reboot)\n"), Not(Contains(HasSubstr("reboot"))));
}

TEST_F(WholeAtOnce, ColumnsThatNobodyKnowsGiveTheWholeCommandTheRightWayRound) {
  EXPECT_THAT(
      needs("a.csv", "Ticker,Top producer,Remark\nX,Y,z\n"),
      ElementsAre("--map \"Top producer=from\"", "--map \"Ticker=to\"", "--edge-type TYPE", "--node-type TYPE"));
  EXPECT_THAT(
      needs("b.csv", "Component,Depends on,Grade\nPhone,SoC,high\n"),
      ElementsAre("--map \"Component=from\"", "--map \"Depends on=to\"", "--edge-type TYPE", "--node-type TYPE"));
  EXPECT_THAT(needs("c.csv", "Commodity,Country,Import share\nGallium,China,53%\n"),
              ElementsAre("--map \"Country=from\"", "--edge-type TYPE", "--node-type TYPE"));  // a commodity is an end
  EXPECT_THAT(needs("d.csv", "Entity_SubjectType,Entity_Number,Mood\nP,13,good\n"), ElementsAre());
}

TEST_F(WholeAtOnce, OwnersAreOwnersInWhateverOrder) {
  take("a.csv", "Subject Entity Name,Interested Party Name,% Share of Ownership\nShenhua,China Energy,69.52\n");
  EXPECT_EQ(only_edge().from, "china-energy");
  EXPECT_EQ(only_edge().share, 0.6952);
}

TEST_F(WholeAtOnce, NamesBesideContradictingCountriesAreSeveralNodes) {
  const std::string rows =
      "Supplier,Supplier Country,Customer\nDelta,Taiwan,Nokia\nDelta,Thailand,Nokia\nVishay,USA,Nokia\n"
      "Vishay,United States,Ericsson\nDelta,Taiwan,Ericsson\n";
  const ImportReport report = take("a.csv", rows);
  EXPECT_EQ(report.made_nodes, 5);  // two Deltas, one Vishay
  EXPECT_THAT(joined(report.remarks),
              AllOf(HasSubstr("1 name stands beside contradicting values of Supplier Country"),
                    HasSubstr("Delta (Taiwan), Delta (Thailand)"),
                    HasSubstr("column Supplier Country: an attribute of the nodes in Supplier: country")));
  EXPECT_THAT(dump(), HasSubstr("\"attributes\":{\"country\":\"Thailand\"}"));
  begin_anew();
  tables_.columns["Supplier Country"] = "attributes.country";
  EXPECT_EQ(take("b.csv", rows).made_nodes, 4);
}

TEST_F(WholeAtOnce, RowsOfOneNameInTwoCountriesAreTwoNodesBesideOthers) {
  tables_.node_type = "firm";
  EXPECT_EQ(take("a.csv", "Name,Country\nDelta,Taiwan\nDelta,Thailand\nVishay,USA\n").nodes.added, 3);
  begin_anew();
  EXPECT_THAT(refusal("b.csv", "Name,Country\nDelta,Taiwan\nDelta,Thailand\n"),
              HasSubstr("defined before"));  // rows are relations here
}

TEST_F(WholeAtOnce, SharesBehindNamesAreSharesOfEdges) {
  for (const char* owners : {"GM (50%); LG (50%)", "\"GM [50 %], LG [50 %]\"", "GM 50% / LG 50%"}) {
    begin_anew();
    const ImportReport report = take("a.csv", std::string("Owner,Plant\n") + owners + ",Ultium\nSK,Ultium\n");
    EXPECT_EQ(report.edges.added, 3) << owners;
    EXPECT_THAT(dump(), AllOf(HasSubstr("\"from\":\"GM\",\"to\":\"Ultium\",\"share\":0.5"), Not(HasSubstr("50%)"))))
        << owners;
    EXPECT_THAT(joined(report.remarks), HasSubstr("shares stand behind the names")) << owners;
  }
}

TEST_F(WholeAtOnce, CodesOfGoodsAreOfferedAsWhatFlows) {
  for (const char* header : {"HS Code", "ProductCode", "品目", "Rohstoff"}) {
    begin_anew();
    const ImportReport report = take("a.csv", std::string("Exporter,Importer,") + header + "\nChile,China,850650\n");
    EXPECT_THAT(joined(report.remarks), HasSubstr("=item\" makes it what flows")) << header;
  }
}

TEST_F(WholeAtOnce, RolesSayWhichWayAnEdgeGoes) {
  EXPECT_THAT(needs("a.csv", "Company,Counterparty,Role\nInfineon,Bosch,Customer\nInfineon,Siltronic,Supplier\n"),
              ElementsAre("--map-type \"Customer=supplies\"", "--map-type \"Supplier=supplies reversed\""));
  tables_.edge_type = "leads";
  EXPECT_THAT(joined(take("b.csv", "Person,Company,Role\nAnn,Acme,CEO\nBob,Acme,Secretary\n").remarks),
              HasSubstr("the type may be: --map \"Role=type\""));
}

TEST_F(WholeAtOnce, ARowInThePlaceOfTheHeaderIsSeen) {
  EXPECT_THAT(refusal("a.tsv", "ASML\tsupplies\tTSMC\nTSMC\tsupplies\tApple\n"), HasSubstr("these look like values"));
  EXPECT_THAT(needs("b.csv", ":ID,:LABEL\na,Company;Listed\n"), ElementsAre("--map-type \"Company=firm\""));
}

TEST_F(WholeAtOnce, WordsForSharesAreShares) {
  take("a.csv", "Shareholder,Subsidiary,Direct %\nA,B,75.40\nA,C,WO\nA,D,MO\nA,E,NG\n");
  std::map<std::string, Edge> by_end;
  for (const Edge& edge : edges()) by_end[edge.to] = edge;
  EXPECT_EQ(by_end["C"].share, 1);
  EXPECT_EQ(by_end["C"].sources.front().read, "WO");
  EXPECT_EQ(by_end["D"].share, 0.5);
  EXPECT_EQ(by_end["D"].bound, Bound::at_least);
  EXPECT_EQ(by_end["E"].share, 0.0001);
  EXPECT_EQ(by_end["E"].bound, Bound::at_most);
}

TEST_F(WholeAtOnce, MonthsHalvesErasAndWideDigitsAreRead) {
  for (const auto& [written, meant] : {std::pair("1er mars 2018", "2018-03-01"), std::pair("enero de 2019", "2019-01"),
                                       std::pair("15. August 2020", "2020-08-15"), std::pair("H2 2021", "2021-07"),
                                       std::pair("令和5年4月1日", "2023-04-01"), std::pair("平成元年", "1989")}) {
    begin_anew();
    take("a.csv", std::string("Supplier,Customer,Since\nA,B,") + written + "\n");
    EXPECT_EQ(only_edge().since, meant) << written;
  }
  for (const auto& [written, meant] : {std::pair("２５％", 0.25), std::pair("約30％", 0.3)}) {
    begin_anew();
    take("a.csv", std::string("Supplier,Customer,Share\nA,B,") + written + "\n");
    EXPECT_EQ(only_edge().share, meant) << written;
  }
  begin_anew();
  take("a.csv", "Supplier,Customer,Amount (INR)\nA,B,\"1,23,45,678\"\n");
  EXPECT_EQ(only_edge().amount, 12345678);
}

TEST_F(WholeAtOnce, TheEncodingThatIsToldIsTheLikelyOne) {
  const auto told = [&](std::string_view bytes) { return refusal("a.csv", bytes); };
  EXPECT_THAT(told("\x97\x41\x8f\x6f\x93\xfc,\x8d\x91\nA,B\n"), HasSubstr("--encoding shift_jis"));
  EXPECT_THAT(told("\xcf\xee\xf1\xf2\xe0\xe2\xf9\xe8\xea,b\nA,B\n"), HasSubstr("--encoding windows-1251"));
  EXPECT_THAT(told("\xc3\xb3\xd2\xd7\xbb\xef\xb0\xe9,b\nA,B\n"), HasSubstr("--encoding gb18030"));
  EXPECT_THAT(told("\xb0\xf8\xb1\xde\xbe\xf7\xc3\xbc,b\nA,B\n"), HasSubstr("--encoding euc-kr"));
  EXPECT_THAT(told("M\xfcller,b\nA,B\n"), HasSubstr("--encoding windows-1252"));
}

TEST_F(WholeAtOnce, StatementsOfOwnershipAreOwners) {
  take(
      "a.json",
      R"([{"statementID":"e","statementType":"entityStatement","name":"ACME"},)"
      R"({"statementID":"p","statementType":"personStatement","names":[{"fullName":"Ann"}]},)"
      R"({"statementID":"o","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e"},)"
      R"("interestedParty":{"describedByPersonStatement":"p"},"interests":[{"type":"voting-rights","share":{"exact":9}},)"
      R"({"type":"shareholding","share":{"minimum":25,"maximum":50,"exclusiveMinimum":true},"startDate":"2016-04-06"}]},)"
      R"({"statementID":"u","statementType":"ownershipOrControlStatement","subject":{"describedByEntityStatement":"e"},)"
      R"("interestedParty":{"unspecified":{"reason":"unknown"}}}])");
  EXPECT_EQ(only_edge().type, "owns");
  EXPECT_EQ(only_edge().share, 0.25);
  EXPECT_EQ(only_edge().bound, Bound::at_least);
  EXPECT_EQ(only_edge().since, "2016-04-06");
  begin_anew();
  take(
      "b.jsonl",
      R"({"recordId":"a","recordType":"entity","recordDetails":{"name":"Alpha","entityType":{"type":"registeredEntity"}}})"
      "\n"
      R"({"recordId":"b","recordType":"entity","recordDetails":{"name":"Beta"}})"
      "\n"
      R"({"recordId":"r","recordType":"relationship","recordStatus":"closed","statementDate":"2024-05-01",)"
      R"("recordDetails":{"subject":"b","interestedParty":"a","interests":[{"type":"shareholding","share":{"exact":80.5}}]}})"
      "\n");
  EXPECT_EQ(only_edge().share, 0.805);
  EXPECT_EQ(only_edge().until, "2024-05-01");
}

TEST_F(WholeAtOnce, LinesOfLucidchartAreEdgesThatGoWhereTheirArrowPoints) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  const ImportReport report =
      take("a.csv",
           "Id,Name,Line Source,Line Destination,Source Arrow,Destination Arrow,Text Area 1\n1,Document,,,,,Chain\n"
           "3,Process,,,,,ASML\n4,Process,,,,,TSMC\n6,Line,3,4,None,Arrow,scanners\n7,Line,3,4,Arrow,None,orders\n");
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_THAT(dump(),
              AllOf(HasSubstr("\"from\":\"asml\",\"to\":\"tsmc\""), HasSubstr("\"from\":\"tsmc\",\"to\":\"asml\"")));
}

TEST_F(WholeAtOnce, ConnectionsOfDrawioAreEdges) {
  tables_.node_type = "firm";
  tables_.types["owned"] = "owns";
  const ImportReport report = take(
      "a.csv",
      "## a chain\n# label: %name%<br>%place%\n# connect: {\"from\": \"supplies\", \"to\": \"id\"}\n"
      "# connect: {\"from\": \"owner\", \"to\": \"id\", \"invert\": true, \"label\": \"owned\"}\n# ignore: id,fill\n"
      "name,place,id,supplies,owner,fill\nASML,NL,a,\"t, i\",,#fff\nTSMC,TW,t,,,\nIntel,US,i,,,\nFab,TW,f,,t,\n");
  EXPECT_EQ(report.nodes.added, 4);
  EXPECT_EQ(report.edges.added, 3);
  EXPECT_THAT(dump(), AllOf(HasSubstr("\"type\":\"owns\",\"from\":\"t\",\"to\":\"f\""),
                            HasSubstr("\"type\":\"supplies\",\"from\":\"a\",\"to\":\"i\""), Not(HasSubstr("#fff"))));
}

TEST_F(WholeAtOnce, ComextKeepsEurosAndTonnesApart) {
  take("a.csv",
       "reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE\nDE,CN,81041100,1,VALUE_IN_EUROS,2022,500\n"
       "DE,CN,81041100,1,QUANTITY_IN_100KG,2022,70\n");
  EXPECT_THAT(dump(), AllOf(HasSubstr("\"from\":\"cn\",\"to\":\"de\""), HasSubstr("\"amount\":500,\"unit\":\"EUR\""),
                            HasSubstr("\"amount\":7,\"unit\":\"tonnes\"")));
}

}  // namespace
}  // namespace chokepoint
