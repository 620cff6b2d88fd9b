#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace chokepoint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Ends, types and measures that a hasty reader would take for something else, and what is said of them.
class ToldEnds : public test::ForeignImport {};

TEST_F(ToldEnds, ColumnsKeptAsAttributesAreNamedAndNumbersAmongThemMarked) {
  const ImportReport report = take("a.csv", "Supplier,Customer,volume,Mood,HS6\nA,B,100,good,280530\n");
  EXPECT_THAT(joined(report.remarks),
              AllOf(HasSubstr("kept as attributes: volume, Mood, HS6"),
                    HasSubstr("a measure may be: --map \"volume=amount\""), Not(HasSubstr("HS6=amount"))));
  begin_anew();
  EXPECT_THAT(joined(take("b.csv", "Supplier,Customer,% of sales,% of costs\nA,B,25%,9%\n").remarks),
              HasSubstr("--map \"% of sales=share\", --map \"% of costs=share\""));
}

TEST_F(ToldEnds, WhatIsClearlyAShareIsOne) {
  for (const char* name :
       {"Import share", "Share of supply chain", "Stake held by parent", "% of revenue", "供应占比"}) {
    begin_anew();
    take("a.csv", std::string("Supplier,Customer,") + name + "\nA,B,45.2%\n");
    EXPECT_EQ(only_edge().share, 0.452) << name;
  }
  begin_anew();
  take("b.csv", "供应商 Supplier,客户 Customer,占比 Share\n信越 Shin-Etsu,TSMC,30%\n");
  EXPECT_EQ(only_edge().share, 0.3);
}

TEST_F(ToldEnds, SeveralNamesInAnEndAreAskedForWhereOthersAreCalledSo) {
  for (const auto& [cell, split] :
       {std::pair("\"TSMC, Samsung\"", "Customer=,"), std::pair("TSMC / Samsung", "Customer=/"),
        std::pair("TSMC & Samsung", "Customer=&"), std::pair("\"TSMC\nSamsung\"", "Customer=\\n")})
    EXPECT_THAT(refusal("a.csv", std::string("Supplier,Customer\nHoya,") + cell + "\nAGC,TSMC\nAGC,Samsung\n"),
                HasSubstr(split));
  EXPECT_EQ(
      refusal("b.csv", "Supplier,Customer\n\"Hoya, Inc.\",\"Korea, Republic of\"\nAGC,Hoya\nAGC,Johnson & Johnson\n"),
      "accepted");
  EXPECT_THAT(refusal("c.csv", "Owner,Owned\nFord,Blue Oval\nSK,Blue Oval\nGM (50%),Ultium\n"),
              HasSubstr("has a share behind the name"));
}

TEST_F(ToldEnds, NobodyInParticularIsARemainderBesideEachOtherEnd) {
  const ImportReport report =
      take("a.csv", "Supplier,Customer,Share\nHoya,TSMC,60%\nOthers,TSMC,40%\nOthers,Intel,50%\n");
  EXPECT_EQ(report.made_nodes, 5);
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 ends such as Others name nobody in particular"));
  EXPECT_THAT(dump(), HasSubstr("{\"en\":\"Others (TSMC)\"},\"codes\""));
  EXPECT_THAT(dump(), HasSubstr("\"attributes\":{\"remainder\":true}"));
}

TEST_F(ToldEnds, NamesOfOtherRowsInATableOfNodesAreTold) {
  tables_.node_type = "firm";
  EXPECT_THAT(joined(take("a.csv", "ID,Name,Parent ID\n1,SoftBank,\n2,Arm,1\n3,Arm China,2\n").remarks),
              HasSubstr("--map \"ID=to\" --map \"Parent ID=from\""));
  begin_anew();
  EXPECT_THAT(joined(take("b.csv", "Company,Owned by,Country\nArm,SoftBank,GB\nYouTube,Google,US\n").remarks),
              AllOf(HasSubstr("--map \"Company=to\" --map \"Owned by=from\""), Not(HasSubstr("column Country"))));
}

TEST_F(ToldEnds, TypesThatSayItTheOtherWayRoundAreReversed) {
  tables_.node_type = "firm";
  const std::string rows = "Source,Relationship,Target\nArm,owned by,SoftBank\n";
  EXPECT_THAT(refusal("a.csv", rows), HasSubstr("--map-type \"owned by=owns reversed\""));
  EXPECT_THAT(refusal("b.csv", "Source,Relationship,Target\nArm,Supplier,SoftBank\n"),
              AllOf(HasSubstr("--map-type \"Supplier=supplies reversed\""), Not(HasSubstr("did you mean"))));
  tables_.types["owned by"] = "owns reversed";
  take("a.csv", rows);
  EXPECT_EQ(only_edge().from, "SoftBank");
  EXPECT_EQ(only_edge().type, "owns");
}

}  // namespace
}  // namespace chokepoint
