#include "ingest/tables/unit_words.hpp"

#include "chokepoint/ingest/import.hpp"
#include "tests/support/foreign_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>

namespace chokepoint {
namespace {

using testing::HasSubstr;

class UnitsOfTables : public test::ForeignImport {};

TEST(UnitWords, SayScaleAndUnitInManyWritings) {
  for (const auto& [text, scale, unit] : {std::tuple("USD m", 1e6, "USD"),
                                          std::tuple("$000s", 1e3, "USD"),
                                          std::tuple("US$ mln", 1e6, "USD"),
                                          std::tuple("millions of US dollars", 1e6, "USD"),
                                          std::tuple("MUSD", 1e6, "USD"),
                                          std::tuple("k€", 1e3, "EUR"),
                                          std::tuple("T€", 1e3, "EUR"),
                                          std::tuple("TEUR", 1e3, "EUR"),
                                          std::tuple("Md€", 1e9, "EUR"),
                                          std::tuple("Tsd. EUR", 1e3, "EUR"),
                                          std::tuple("en milliers d'euros", 1e3, "EUR"),
                                          std::tuple("miles €", 1e3, "EUR"),
                                          std::tuple("milioni €", 1e6, "EUR"),
                                          std::tuple("milhões USD", 1e6, "USD"),
                                          std::tuple("тыс. USD", 1e3, "USD"),
                                          std::tuple("млн долл.", 1e6, "USD"),
                                          std::tuple("百万円", 1e6, "JPY"),
                                          std::tuple("億円", 1e8, "JPY"),
                                          std::tuple("千美元", 1e3, "USD"),
                                          std::tuple("백만원", 1e6, "KRW"),
                                          std::tuple("INR crore", 1e7, "INR"),
                                          std::tuple("£m", 1e6, "GBP"),
                                          std::tuple("Mt", 1e6, "tonnes"),
                                          std::tuple("mt", 1.0, "tonnes"),
                                          std::tuple("kt", 1e3, "tonnes"),
                                          std::tuple("1000 t", 1e3, "tonnes"),
                                          std::tuple("1,000 t", 1e3, "tonnes"),
                                          std::tuple("thousand tonnes", 1e3, "tonnes"),
                                          std::tuple("USD million", 1e6, "USD"),
                                          std::tuple("miles", 1.0, "miles"),
                                          std::tuple("GWh", 1.0, "GWh"),
                                          std::tuple("US$ zillion", 1.0, "USD zillion"),
                                          std::tuple("tonnes per year", 1.0, "tonnes per year")}) {
    const detail::UnitWords words = detail::unit_words(text);
    EXPECT_DOUBLE_EQ(words.scale, scale) << text;
    EXPECT_EQ(words.unit, unit) << text;
  }
}

TEST(UnitWords, CellsOfScalesAreExponentsOrWords) {
  for (const auto& [text, scale] : {std::pair("6", 1e6), std::pair("0", 1.0), std::pair("Millions", 1e6),
                                    std::pair("Units", 1.0), std::pair("1000", 1e3), std::pair("lots", 0.0)})
    EXPECT_DOUBLE_EQ(detail::scale_of_cell(text), scale) << text;
}

TEST_F(UnitsOfTables, CellsOfUnitsAndOfPowersOfTenScaleTheAmount) {
  take("a.csv", "Exporter,Importer,Value,Unit\nChina,Japan,4.35,1000 USD\nChina,Peru,200,thousand tonnes\n");
  EXPECT_THAT(dump(), HasSubstr(R"("amount":4350,"unit":"USD")"));
  EXPECT_THAT(dump(), HasSubstr(R"("amount":200000,"unit":"tonnes")"));
  begin_anew();
  const std::string head = "REF_AREA,COUNTERPART_AREA,TRADE_FLOW,TIME,OBS_VALUE,UNIT_MEASURE,UNIT_MULT\n";
  take("b.csv", head + "JPN,CHN,M,2022,300.5,USD,6\n");
  EXPECT_EQ(only_edge().amount, 300500000);
  EXPECT_EQ(only_edge().as_of, "2022");
  EXPECT_THAT(refusal("c.csv", head + "JPN,CHN,M,2022,300.5,USD,many\n"), HasSubstr("\"many\" is no power of ten"));
}

TEST_F(UnitsOfTables, PercentsNoneOfWhichIsAboveOneAreRefusedWithBothReadings) {
  const std::string rows = "Supplier,Customer,Share %\nA,B,0.3\nC,B,0.7\n";
  EXPECT_THAT(refusal("a.csv", rows),
              HasSubstr("--map \"Share %=share %\" takes it for per cent, --map \"Share %=share (fraction)\""));
  tables_.columns = {{"Share %", "share %"}};
  take("a.csv", rows);
  EXPECT_THAT(dump(), HasSubstr(R"("share":0.003)"));
  begin_anew();
  tables_.columns = {{"Share %", "share (fraction)"}};
  take("a.csv", rows);
  EXPECT_THAT(dump(), HasSubstr(R"("share":0.3)"));
}

}  // namespace
}  // namespace chokepoint
