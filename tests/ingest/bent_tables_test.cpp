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

}  // namespace
}  // namespace chokepoint
