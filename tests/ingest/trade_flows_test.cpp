#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>

namespace chokepoint {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Tables of who reports a trade and with whom it is: a word of the row says who sends.
class TradeFlows : public test::ForeignImport {};

TEST_F(TradeFlows, WordsOfImportsTurnTheEdgeRoundWhateverTheirColumnIsCalled) {
  for (const auto& [column, import, exported] :
       {std::tuple("Trade Flow", "Import", "Re-Export"), std::tuple("TradeFlowName", "Gross Imp.", "Gross Exp."),
        std::tuple("Import/Export", "I", "E"), std::tuple("Trade direction", "inbound", "outbound"),
        std::tuple("Indicator", "Imports of goods", "Exports of goods"),
        std::tuple("Element", "Import Quantity", "Export Quantity"), std::tuple("stk_flow", "IMP", "EXP"),
        std::tuple("Flux", "Importations", "Exportations"), std::tuple("Richtung", "Einfuhr", "Ausfuhr"),
        std::tuple("进出口", "进口", "出口"), std::tuple("Type", "Import", "Export"), std::tuple("Flow Code", "1", "2"),
        std::tuple("Flow", "M", "X")}) {
    begin_anew();
    take("a.csv", std::string("Reporter,Partner,") + column + ",Value (USD),Year\nJapan,China," + import +
                      ",12,2022\nJapan,USA," + exported + ",7,2022\n");
    const std::string all = dump();
    EXPECT_THAT(all, HasSubstr(R"("from":"China","to":"Japan")")) << column;
    EXPECT_THAT(all, HasSubstr(R"("from":"Japan","to":"USA")")) << column;
  }
}

TEST_F(TradeFlows, AWordThatIsNeitherRefusesItsRowAndNoColumn) {
  const std::string rows = "reporter,partner,flow,amount,unit\nJapan,China,Import,5,USD\nJapan,Peru,Balance,1,USD\n";
  EXPECT_THAT(refusal("a.csv", rows), HasSubstr(R"("Balance" in column flow says neither import nor export)"));
  EXPECT_THAT(refusal("b.csv", "reporter,partner,flow,amount,unit\nJapan,China,Import,5,USD\nJapan,Peru,,1,USD\n"),
              HasSubstr("nothing says whether reporter imports or exports"));
  tables_.types["Balance"] = "export";
  take("a.csv", rows);
  EXPECT_THAT(dump(), HasSubstr(R"("from":"Japan","to":"Peru")"));
}

TEST_F(TradeFlows, AColumnNobodyKnowsOrNoneIsADoubt) {
  EXPECT_THAT(refusal("a.csv", "Reporter,Partner,Flow,Value (USD)\nJapan,China,Z1,5\n"),
              HasSubstr(R"(--map-type "Z1=import" or "Z1=export" says which)"));
  const std::string rows = "Country,Partner,Value (USD)\nJapan,China,5\n";
  EXPECT_THAT(refusal("b.csv", rows),
              HasSubstr("no column says whether Country imports from Partner or exports to it"));
  tables_.columns = {{"Country", "to"}, {"Partner", "from"}};
  take("b.csv", rows);
  EXPECT_EQ(only_edge().from, "China");
}

TEST_F(TradeFlows, EndsThatSayWhoSendsAreNeverTurnedRound) {
  take("a.csv", "Exporter,Importer,Flow,Value (USD)\nJapan,China,Import,5\n");
  EXPECT_EQ(only_edge().from, "Japan");
  begin_anew();
  take("b.csv", "Supplier,Company,Country,Partner\nA,B,Japan,C\n");
  EXPECT_EQ(only_edge().from, "A");
}

}  // namespace
}  // namespace chokepoint
