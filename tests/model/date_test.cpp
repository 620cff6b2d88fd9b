#include "chokepoint/model/date.hpp"

#include <gtest/gtest.h>

#include <string>

namespace chokepoint {
namespace {

using Precision = PartialDate::Precision;

TEST(Date, CountsDaysFromTheEpoch) {
  EXPECT_EQ(Date::from_ymd(1970, 1, 1).days, 0);
  EXPECT_EQ(Date::from_ymd(1969, 12, 31).days, -1);
  EXPECT_EQ(Date::from_ymd(2000, 3, 1).days, 11017);
  EXPECT_EQ(Date::from_ymd(1, 1, 1).days, -719162);
  EXPECT_EQ(Date::from_ymd(9999, 12, 31).days, 2932896);
}

TEST(Date, EveryDayOfFourCenturiesIsWrittenAndReadBack) {
  int days = 0;
  for (Date day = Date::from_ymd(1800, 1, 1); day < Date::from_ymd(2201, 1, 1); ++day.days, ++days) {
    const auto read = parse_partial_date(to_string(day));
    ASSERT_TRUE(read) << to_string(day);
    ASSERT_EQ(read->first, day);
    ASSERT_EQ(read->next.days, day.days + 1);
    ASSERT_EQ(read->precision, Precision::day);
  }
  EXPECT_EQ(days, 401 * 365 + 97);
}

TEST(PartialDate, NamesAPeriod) {
  const auto year = parse_partial_date("2024");
  ASSERT_TRUE(year);
  EXPECT_EQ(year->precision, Precision::year);
  EXPECT_EQ(to_string(year->first), "2024-01-01");
  EXPECT_EQ(to_string(year->next), "2025-01-01");
  const auto month = parse_partial_date("2024-02");
  ASSERT_TRUE(month);
  EXPECT_EQ(month->precision, Precision::month);
  EXPECT_EQ(to_string(month->first), "2024-02-01");
  EXPECT_EQ(to_string(month->next), "2024-03-01");
  const auto december = parse_partial_date("2024-12");
  ASSERT_TRUE(december);
  EXPECT_EQ(to_string(december->next), "2025-01-01");
}

TEST(PartialDate, KnowsLeapYears) {
  EXPECT_TRUE(parse_partial_date("2024-02-29"));
  EXPECT_TRUE(parse_partial_date("2000-02-29"));
  EXPECT_FALSE(parse_partial_date("2023-02-29"));
  EXPECT_FALSE(parse_partial_date("1900-02-29"));
  EXPECT_FALSE(parse_partial_date("2024-02-30"));
}

TEST(PartialDate, RefusesWhatIsNoDate) {
  for (const char* text :
       {"",          " ",          "2",          "202",         "20240",      "2024-",         "2024-1",
        "2024-1-1",  "2024-13",    "2024-00",    "2024-01-00",  "2024-01-32", "2024-04-31",    "2024-01-1",
        "2024-1-01", "2024/01/01", "20240101",   "2024-01-01 ", " 2024",      "2024-01-01T00", "2024-01-01Z",
        "0000",      "0000-01-01", "-2024",      "+2024",       "12024",      "24-01-01",      "2024-W01",
        "2024-Q1",   "today",      "２０２４",   "2024-0１",    "٢٠٢٤",       "2024-01-0\0",   "1e03",
        "0x7e",      "2024_01",    "2024-01_01", "2 24",        "2024-+1"})
    EXPECT_FALSE(parse_partial_date(text)) << text;
  EXPECT_FALSE(parse_partial_date(std::string("2024\0-01", 8)));
  EXPECT_FALSE(parse_partial_date(std::string("20\0\0", 4)));
}

TEST(PartialDate, ReachesTheFirstAndTheLastYear) {
  const auto first = parse_partial_date("0001");
  ASSERT_TRUE(first);
  EXPECT_EQ(to_string(first->first), "0001-01-01");
  const auto last = parse_partial_date("9999-12-31");
  ASSERT_TRUE(last);
  EXPECT_EQ(to_string(last->first), "9999-12-31");
}

TEST(Validity, SinceMeansItsFirstDay) {
  EXPECT_EQ(parse_validity("2025", "")->from, Date::from_ymd(2025, 1, 1));
  EXPECT_EQ(parse_validity("2025-06", "")->from, Date::from_ymd(2025, 6, 1));
  EXPECT_EQ(parse_validity("2025-06-17", "")->from, Date::from_ymd(2025, 6, 17));
}

TEST(Validity, UntilIncludesAPartialPeriodAndExcludesAFullDay) {
  EXPECT_EQ(parse_validity("", "2025")->to, Date::from_ymd(2026, 1, 1));
  EXPECT_EQ(parse_validity("", "2025-06")->to, Date::from_ymd(2025, 7, 1));
  EXPECT_EQ(parse_validity("", "2025-06-30")->to, Date::from_ymd(2025, 6, 30));
  EXPECT_TRUE(parse_validity("", "2025")->contains(Date::from_ymd(2025, 12, 31)));
  EXPECT_FALSE(parse_validity("", "2025-12-31")->contains(Date::from_ymd(2025, 12, 31)));
}

TEST(Validity, OneYearFromItselfToItselfIsThatYear) {
  const auto year = parse_validity("2025", "2025");
  ASSERT_TRUE(year);
  EXPECT_TRUE(year->contains(Date::from_ymd(2025, 1, 1)));
  EXPECT_TRUE(year->contains(Date::from_ymd(2025, 12, 31)));
  EXPECT_FALSE(year->contains(Date::from_ymd(2026, 1, 1)));
}

TEST(Validity, RefusesAnEmptyPeriod) {
  EXPECT_FALSE(parse_validity("2025-06-01", "2025-06-01"));
  EXPECT_FALSE(parse_validity("2026", "2025"));
  EXPECT_FALSE(parse_validity("2025-07", "2025-06"));
  EXPECT_FALSE(parse_validity("2025-06-02", "2025-06-01"));
  EXPECT_TRUE(parse_validity("2025-06-30", "2025-06"));
  EXPECT_FALSE(parse_validity("x", ""));
  EXPECT_FALSE(parse_validity("", "x"));
}

TEST(Validity, AnUndatedFactAlwaysCounts) {
  const auto open = parse_validity("", "");
  ASSERT_TRUE(open);
  EXPECT_FALSE(open->from);
  EXPECT_FALSE(open->to);
  EXPECT_TRUE(open->contains(Date::from_ymd(1, 1, 1)));
  EXPECT_TRUE(open->contains(Date::from_ymd(9999, 12, 31)));
}

TEST(Validity, OverlapsMeansOneDayIsInBoth) {
  const char* ends[] = {"", "2020", "2021", "2021-03", "2021-03-05", "2022"};
  for (const char* since_a : ends)
    for (const char* until_a : ends)
      for (const char* since_b : ends)
        for (const char* until_b : ends) {
          const auto a = parse_validity(since_a, until_a), b = parse_validity(since_b, until_b);
          if (!a || !b) continue;
          bool common = false;
          for (Date day = Date::from_ymd(2019, 12, 31); day < Date::from_ymd(2023, 1, 2); ++day.days)
            common = common || (a->contains(day) && b->contains(day));
          EXPECT_EQ(a->overlaps(*b), common) << since_a << ".." << until_a << " and " << since_b << ".." << until_b;
          EXPECT_EQ(b->overlaps(*a), common);
        }
}

TEST(AsOf, APartialDateMeansItsLastDay) {
  EXPECT_EQ(parse_as_of("2025"), Date::from_ymd(2025, 12, 31));
  EXPECT_EQ(parse_as_of("2024-02"), Date::from_ymd(2024, 2, 29));
  EXPECT_EQ(parse_as_of("2024-02-03"), Date::from_ymd(2024, 2, 3));
  EXPECT_FALSE(parse_as_of(""));
  EXPECT_FALSE(parse_as_of("2025-02-29"));
}

TEST(Clock, AFixedClockStandsStill) {
  const FixedClock clock(Date::from_ymd(2026, 7, 1));
  EXPECT_EQ(to_string(clock.today()), "2026-07-01");
  EXPECT_GT(SystemClock().today(), Date::from_ymd(2020, 1, 1));
}

}  // namespace
}  // namespace chokepoint
