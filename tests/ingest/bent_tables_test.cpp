#include "chokepoint/ingest/import.hpp"
#include "chokepoint/store/reader.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What tables say in a place or a writing where a hasty reader would lose or turn it.
class BentTables : public test::ForeignImport {};

TEST_F(BentTables, AHeaderBehindAMarkNamesTheColumns) {
  for (const auto& [name, text] :
       {std::pair("a.tsv", "#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("b.tsv", "# made by x\n#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("c.txt", "# made by x\n# customer supplier share\nApple TSMC 0.3\nTSMC ASML 0.4\n"),
        std::pair("d.txt", "customer supplier share\nApple TSMC 0.3\nTSMC ASML 0.4\n"),
        std::pair("e.txt", "# made by x\n#customer\tsupplier\tshare\nApple\tTSMC\t0.3\nTSMC\tASML\t0.4\n"),
        std::pair("f.csv", "#customer,supplier,share\nApple,TSMC,0.3\nTSMC,ASML,0.4\n")}) {
    begin_anew();
    take(name, text);
    ASSERT_EQ(edges().size(), 2U) << name;
    const std::string all = dump();
    EXPECT_THAT(all, HasSubstr(R"("from":"TSMC","to":"Apple","share":0.3)")) << name;
  }
}

TEST_F(BentTables, AHeaderOfUnknownWordsNamesWhatTheFirstTwoCarry) {
  tables_.node_type = "firm";
  tables_.edge_type = "supplies";
  take("snap.txt", "# Directed graph\n# FromNodeId\tToNodeId\tprice\n0\t1\t5\n1\t2\t7\n");
  EXPECT_EQ(edges().size(), 2U);
  EXPECT_THAT(dump(), HasSubstr(R"("price":5)"));
}

TEST_F(BentTables, TwoTablesInOneTextAreReadWhereTheirColumnsTellThemApart) {
  const ImportReport report = take("c.csv",
                                   "Name,Country,Type\nASML,Netherlands,firm\nTSMC,Taiwan,firm\n\n"
                                   "From,To,Relation,Share\nASML,TSMC,supplies,100%\n");
  EXPECT_EQ(report.nodes.added, 2);
  EXPECT_EQ(only_edge().share, 1);
  EXPECT_THAT(joined(report.remarks), HasSubstr("a second table begins in row 5, behind an empty one"));
  begin_anew();
  take("d.csv", "Id,Label,Type,Country\n1,ASML,firm,NL\n2,TSMC,firm,TW\n,,,\nSource,Target,Type,\n1,2,supplies,\n");
  EXPECT_EQ(only_edge().from, "asml");
}

TEST_F(BentTables, ASecondTableThatCouldBeRowsIsRefused) {
  tables_.node_type = "firm";
  const std::string rows = "Company,Country\nASML,Netherlands\nTSMC,Taiwan\n\nProduct,Maker\nScanner,ASML Holding\n";
  EXPECT_THAT(refusal("e.csv", rows), HasSubstr("a second table seems to begin in row 5"));
  std::string many = "Company,Country\n";
  for (int i = 0; i < 10000; ++i) many += "Firm " + std::to_string(i) + ",Netherlands\n";
  EXPECT_THAT(refusal("f.csv", many + "\nProduct,Maker\nScanner,ASML\n"), HasSubstr("a second table seems to begin"));
  EXPECT_EQ(refusal("g.csv", many + "\nScanner,Japan\n"), "accepted");
}

TEST_F(BentTables, AHeaderThatComesAgainIsNoRow) {
  tables_.node_type = "firm";
  const ImportReport report =
      take("c.csv", "Company,Country\nASML,NL\nCompany,Country\nTSMC,TW\n\nCompany,Country\nUMC,TW\n");
  EXPECT_EQ(report.nodes.added, 3);
  EXPECT_THAT(joined(report.remarks), HasSubstr("2 rows passed over that repeat the header"));
}

TEST_F(BentTables, ShipmentsOfOtherAmountsAreToldAndAddedUp) {
  const std::string rows =
      "Supplier,Customer,amount (tonnes),Ship date\nBASF,Umicore,100,2023-01-01\nBASF,Umicore,150,2023-02-01\n"
      "Vale,Umicore,200,2023-02-01\n";
  EXPECT_THAT(joined(take("a.csv", rows).remarks),
              HasSubstr("1 row states with an amount a relation that an earlier row states otherwise"));
  begin_anew();
  tables_.parallel = Parallel::sum;
  const ImportReport report = take("a.csv", rows);
  ASSERT_EQ(edges().size(), 2U);
  EXPECT_EQ(edges()[0].amount.value() + edges()[1].amount.value(), 450);
  EXPECT_THAT(joined(report.remarks), HasSubstr("1 row was added"));
  EXPECT_THAT(joined(report.remarks), HasSubstr("since they differ in it: Ship date"));
  begin_anew();
  EXPECT_THAT(joined(take("a.csv", "Supplier,Customer,amount (tonnes),date\nA,B,1,2023\nA,B,2,2024\n").remarks),
              HasSubstr("1 amount was not added to another one"));
}

TEST_F(BentTables, TotalsOfAMatrixAreNoNodes) {
  const std::string matrix =
      "exporter/importer,USA,China,Japan,Total\nUSA,-,100,50,150\nChina,400,-,120,520\nJapan,90,80,-,170\n"
      "Total,490,180,170,";
  tables_.node_type = "country";
  tables_.edge_type = "supplies";
  for (const char* corner : {"840\n", "\n"}) {
    begin_anew();
    const ImportReport report = take("m.csv", matrix + corner);
    EXPECT_EQ(report.made_nodes + report.nodes.added, 3);
    EXPECT_EQ(edges().size(), 6U);
    EXPECT_THAT(joined(report.remarks), HasSubstr("totals are no nodes and were left out: Total"));
  }
  begin_anew();
  take("w.csv", ",USA,China,World\nUSA,0,100,100\nChina,400,0,400\n");
  EXPECT_EQ(edges().size(), 2U);
}

TEST_F(BentTables, TheCornerOfAMatrixSaysWhereItsEdgesBegin) {
  tables_.node_type = "country";
  tables_.edge_type = "supplies";
  take("m.csv", "importer\\exporter,China,Peru\nChina,,10\nPeru,,\n");
  EXPECT_EQ(only_edge().from, "Peru");
  begin_anew();
  take("p.csv", ",A,B\nA,,10%\nB,5%,\n");
  EXPECT_NEAR(edges()[0].share.value() + edges()[1].share.value(), 0.15, 1e-9);
}

TEST_F(BentTables, ARowThatAddsUpThoseAboveIsLeftOut) {
  const std::string rows = "Supplier,Customer,Amount (tonnes)\nA,B,10\nC,B,20\n";
  for (const char* last : {"Total,B,30\n", "Total,,30\n", "合计,合计,30\n", "World,B,30\n"}) {
    begin_anew();
    const ImportReport report = take("t.csv", rows + last);
    EXPECT_EQ(edges().size(), 2U) << last;
    EXPECT_THAT(joined(report.remarks), HasSubstr("1 row left out that adds up those above"));
  }
  begin_anew();
  const ImportReport report = take("t.csv", rows + "Total,B,300\n");
  EXPECT_EQ(edges().size(), 3U) << "an oil firm may be called so";
  EXPECT_THAT(joined(report.remarks), HasSubstr("row 4 is called as a total is, but adds up nothing"));
  EXPECT_THAT(refusal("n.csv", rows + "Source: us,,\n"), HasSubstr("as a note or a heading has, and --skip-bad"));
}

}  // namespace
}  // namespace chokepoint
