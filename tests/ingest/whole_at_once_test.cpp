#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace chokepoint
