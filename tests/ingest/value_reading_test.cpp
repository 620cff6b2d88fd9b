#include "ingest/tables/value_reading.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace chokepoint::detail {
namespace {

struct NumberCase {
  const char* text;
  const char* plain;  ///< empty: no number
};

TEST(ValueReading, ReadsNumbersAsPeopleWriteThemWithoutRoundingThem) {
  constexpr NumberCase cases[] = {{"60%", "0.6"},
                                  {"12.5 %", "0.125"},
                                  {"33.3%", "0.333"},
                                  {"$1 000", "1000"},
                                  {"1\u00a0000", "1000"},
                                  {"-5", "-5"},
                                  {"−5", "-5"},
                                  {"007", "7"},
                                  {".5", "0.5"},
                                  {"5.", "5"},
                                  {"1e3", "1e3"},
                                  {"100 %", "1"},
                                  {"0%", "0"},
                                  {"1,5x", ""},
                                  {"W", ""},
                                  {"", ""},
                                  {"1.2.3", ""},
                                  {"EUR 12.10", "12.10"},
                                  {"(500)", "-500"},
                                  {"($5.5)", "-5.5"},
                                  {"(-5)", ""},
                                  {"()", ""},
                                  {"CHF 1'200.50", "1200.50"},
                                  {"500 KRW", "500"},
                                  {"R$ 12.5", "12.5"},
                                  {"ABC 12", ""},
                                  {"-€3", "-3"}};
  for (const NumberCase& each : cases) EXPECT_EQ(plain_number(each.text, {}).value_or(""), each.plain) << each.text;
}

TEST(ValueReading, KnowsCurrenciesBySignAndCode) {
  constexpr NumberCase cases[] = {{"$5", "USD"},     {"HK$5", "HKD"},    {"5 €", "EUR"}, {"CHF 5", "CHF"},
                                  {"500KRW", "KRW"}, {"(RMB 5)", "CNY"}, {"¥5", ""},     {"5", ""},
                                  {"-$5", "USD"},    {"R$5", "BRL"}};
  for (const NumberCase& each : cases) EXPECT_EQ(currency_in(each.text), each.plain) << each.text;
}

TEST(ValueReading, TellsADecimalCommaFromAMarkOfThousands) {
  EXPECT_TRUE(number_form("0,6").comma_is_decimal);
  EXPECT_TRUE(number_form("1,23").comma_is_decimal);
  EXPECT_TRUE(number_form("0,123").comma_is_decimal);
  EXPECT_TRUE(number_form("1,234,567").comma_is_thousands);
  EXPECT_TRUE(number_form("1,234.5").comma_is_thousands);
  EXPECT_TRUE(number_form("1.234,5").comma_is_decimal);
  EXPECT_TRUE(number_form("1.234.567").point_is_thousands);
  EXPECT_TRUE(number_form("1,234").is_ambiguous);
  EXPECT_FALSE(number_form("1,2345,6").is_number);
  EXPECT_FALSE(number_form("12,34,567.8.9").is_number);
}

TEST(ValueReading, ShiftsPercentAndMillionsDigitByDigit) {
  ValueReading percent;
  percent.percent = true;
  EXPECT_EQ(plain_number("0.05", percent), "0.0005");
  EXPECT_EQ(plain_number("12", percent), "0.12");
  ValueReading millions;
  millions.scale = 1e6;
  EXPECT_EQ(plain_number("1.5", millions), "1500000");
  EXPECT_EQ(plain_number("1.2345678", millions), "1234567.8");
  ValueReading comma;
  comma.decimal = ',';
  comma.thousands = '.';
  EXPECT_EQ(plain_number("1.234,5", comma), "1234.5");
}

TEST(ValueReading, ReadsDatesThatHaveOneMeaning) {
  constexpr NumberCase cases[] = {{"2019-05-01T00:00:00+02:00", "2019-05-01"},
                                  {"2019-05-01 10:00:00", "2019-05-01"},
                                  {"1 May 2019", "2019-05-01"},
                                  {"May 1st, 2019", "2019-05-01"},
                                  {"23-MAR-2006", "2006-03-23"},
                                  {"Sept 2020", "2020-09"},
                                  {"2019年5月1日", "2019-05-01"},
                                  {"2019年", "2019"},
                                  {"20190501", "2019-05-01"},
                                  {"2019.0", "2019"},
                                  {"2019/5/1", "2019-05-01"},
                                  {"5/5/2019", "2019-05-05"},
                                  {"2019-Q2", "2019-06"}};
  for (const NumberCase& each : cases) {
    const auto form = date_form(each.text, true);
    ASSERT_TRUE(form) << each.text;
    EXPECT_EQ(form->plain.value_or(""), each.plain) << each.text;
  }
  EXPECT_EQ(date_form("2019-Q2", false)->plain, "2019-04");
  for (const char* text : {"soon", "31/31/2019", "1/5/19", "", "2019-13-01", "12", "version 2.10.2019x"})
    EXPECT_FALSE(date_form(text, true)) << text;
}

TEST(ValueReading, GivesBothReadingsOfADateThatHasTwo) {
  const auto form = date_form("03/04/2023", true);
  ASSERT_TRUE(form);
  EXPECT_FALSE(form->plain);
  EXPECT_EQ(form->day_first, "2023-04-03");
  EXPECT_EQ(form->month_first, "2023-03-04");
  EXPECT_FALSE(date_form("13/04/2023", true)->month_first);
  EXPECT_FALSE(date_form("04/13/2023", true)->day_first);
  EXPECT_EQ(date_form("03.04.2023", true)->month_first, std::nullopt);
}

}  // namespace
}  // namespace chokepoint::detail
