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

}  // namespace
}  // namespace chokepoint
