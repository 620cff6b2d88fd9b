#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Values and names as tables of many places have them.
class ToldValues : public test::ForeignImport {};

TEST_F(ToldValues, WordsForNoValueLeaveItOutAndEmptySaysMore) {
  for (const char* word : {"k.A.", "s/d", "n.d.", "不明", "#DIV/0!", "N/C"}) {
    begin_anew();
    take("a.csv", std::string("Supplier,Customer,Share\nA,B,30%\nC,B,") + word + "\n");
    EXPECT_EQ(edges().size(), 2U) << word;
  }
  const std::string rows = "Supplier,Customer,Share\nA,B,30%\nC,B,sealed\n";
  EXPECT_THAT(refusal("b.csv", rows), HasSubstr("must be a number"));
  tables_.empty_words = {"sealed"};
  EXPECT_THAT(joined(take("b.csv", rows).remarks), HasSubstr("1 cell left empty, as --empty says"));
}

TEST_F(ToldValues, TheFrenchPartWithPercentIsAShare) {
  take("a.csv", "Fournisseur;Client;Part (%)\nMichelin;Renault;33,3\nValeo;Renault;env. 25\n");
  EXPECT_THAT(dump(), AllOf(HasSubstr(R"("share":0.333)"), HasSubstr(R"("share":0.25,"bound":"about")")));
}

TEST_F(ToldValues, NamesThatEndInMarksOfNotesAreTold) {
  EXPECT_THAT(joined(take("a.csv", "Supplier,Customer\nTaiwan*,Peru\nTaiwan,France (a)\n").remarks),
              HasSubstr("2 names end in the mark of a note and were taken as written: Taiwan*, France (a)"));
  EXPECT_THAT(refusal("b.csv", "Supplier,Customer\nA,#REF!\n"), HasSubstr("\"to\" is missing"));
}

TEST_F(ToldValues, FromAndToThatHoldDaysAreATenure) {
  take("a.csv", "Shareholder,Company,Stake (%),From,To\nLi Wei,Huaxin,51%,2019-01,present\n");
  EXPECT_EQ(only_edge().from, "li-wei");
  EXPECT_EQ(only_edge().since, "2019-01");
  begin_anew();
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("b.csv", "from,to\n1912,1913\n");
  EXPECT_EQ(edges().size(), 1U);
}

TEST_F(ToldValues, YearsInOtherWritingsAreDaysAndSayWhetherTheyAreEstimates) {
  take("a.csv", "Supplier,Customer,Share 2022 (%),Share 2023e (%),Share FY24 (%),Share 2025F (%)\nA,B,31,35,40,45\n");
  const std::string all = dump();
  EXPECT_THAT(all, HasSubstr(R"("share":0.31,"as_of":"2022","sources")"));
  EXPECT_THAT(all, HasSubstr(R"("as_of":"2023","status":"estimated")"));
  EXPECT_THAT(all, HasSubstr(R"("share":0.4,"as_of":"2024","sources")"));
  EXPECT_THAT(all, HasSubstr(R"("as_of":"2025","status":"forecast")"));
  begin_anew();
  tables_.years = "amount";
  take("b.csv", "Exporter,Importer,2021/22,2022 (p),2023e\nChina,Japan,1,2,3\n");
  EXPECT_EQ(edges().size(), 3U);
  EXPECT_THAT(dump(), HasSubstr(R"("as_of":"2021")"));
  begin_anew();
  tables_.years.clear();
  take("c.csv", "Supplier,Customer,Share,Year\nA,B,30%,FY2022\n");
  EXPECT_EQ(only_edge().as_of, "2022");
}

TEST_F(ToldValues, TheYearOfOneMeasureIsNotTheDayOfAnotherOne) {
  take("a.csv", "Supplier,Customer,Share,Spend FY2023 (USD)\nA,B,30%,5\n");
  EXPECT_EQ(only_edge().as_of, "");
  EXPECT_THAT(only_edge().attributes, HasSubstr("Spend FY2023"));
}

TEST_F(ToldValues, SubtotalsAreNoEmptyCells) {
  EXPECT_THAT(refusal("a.csv", "Supplier,Customer,Share\nA,TSMC,30%\n,TSMC Total,30%\n"),
              AllOf(HasSubstr("the row is called as a total is"), Not(HasSubstr("--fill-down"))));
}

TEST_F(ToldValues, AMatrixOfTwoKindsOfNodesIsToldHowItBecomesRows) {
  EXPECT_THAT(refusal("a.csv", "Supplier \\ Customer,BMW,VW\nBosch,x,\nZF,,x\n"),
              HasSubstr("this makes a row of each cell: python3"));
  EXPECT_THAT(refusal("b.csv", "Mineral,China,DRC\nCobalt,1%,70%\nGallium,98%,\n"),
              HasSubstr("melt('to', ['China', 'DRC'], 'from', 'share')"));
}

TEST_F(ToldValues, AFileCalledInAnotherScriptIsADataset) {
  EXPECT_EQ(refusal("供应商名录.csv", "供应商名称,采购单位\n甲,乙\n"), "accepted");
}

}  // namespace
}  // namespace chokepoint
