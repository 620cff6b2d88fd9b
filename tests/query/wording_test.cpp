#include "present/words/wording.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "present/words/facts.hpp"
#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace chokepoint {
namespace {

TEST(Wording, FallsBackToEnglish) {
  test::Facts facts;
  EXPECT_EQ(detail::word(facts.on("2025", "zh"), "no such word"), "no such word");
  EXPECT_EQ(detail::word(facts.on("2025", "zh"), "Node"), "节点");
  EXPECT_EQ(detail::word(facts.on("2025", "en"), "Node"), "Node");
  EXPECT_EQ(detail::say(facts.on("2025", "zh"), "problems found: {}", 3), "发现问题：3");
}

TEST(FactText, GroupsThousandsAndKeepsSmallNumbers) {
  EXPECT_EQ(detail::number_text(1234), "1234");
  EXPECT_EQ(detail::number_text(12345), "12,345");
  EXPECT_EQ(detail::number_text(-52000000000.0), "-52,000,000,000");
  EXPECT_EQ(detail::number_text(12345.25), "12,345.25");
  EXPECT_EQ(detail::number_text(0.07), "0.07");
}

TEST(FactText, ShowsSharesWithoutBinaryNoise) {
  EXPECT_EQ(detail::share_text(0.07, Bound::exact), "7 %");
  EXPECT_EQ(detail::share_text(0.625, Bound::about), "≈ 62.5 %");
  EXPECT_EQ(detail::share_text(1, Bound::at_least), "≥ 100 %");
  EXPECT_EQ(detail::share_text(0, Bound::at_most), "≤ 0 %");
}

TEST(FactText, ShowsPeriodsAndMeasureDates) {
  test::Facts facts;
  const Session& session = facts.on("2025");
  EXPECT_EQ(detail::when_text(session, "2019", "2021", ""), "2019 – 2021");
  EXPECT_EQ(detail::when_text(session, "2019", "", ""), "2019 –");
  EXPECT_EQ(detail::when_text(session, "", "2021", ""), "– 2021");
  EXPECT_EQ(detail::when_text(session, "2025", "2025", ""), "2025");
  EXPECT_EQ(detail::when_text(session, "2019", "", "2024-06"), "2019 –; as of 2024-06");
  EXPECT_EQ(detail::when_text(session, "", "", ""), "");
}

TEST(FactText, ShowsRangesAndTextValues) {
  test::Facts facts;
  const Session& session = facts.on("2025");
  Observation figure;
  figure.value = Json(3);
  figure.value_high = 6;
  figure.unit = "months";
  EXPECT_EQ(detail::value_text(session, figure), "3 – 6 months");
  figure.value = Json("self-reliance");
  figure.unit.clear();
  EXPECT_EQ(detail::value_text(session, figure), "self-reliance");
}

TEST(FactText, SaysLargeNumbersInWordsWhereSixDigitsSayThemExactly) {
  test::Facts facts;
  const Session& session = facts.on("2025");
  const auto said = [&](const char* number) {
    Observation figure;
    figure.value = parse_json(number);
    return detail::value_text(session, figure);
  };
  EXPECT_EQ(said("33700000000"), "33.7 billion");
  EXPECT_EQ(said("25517000000"), "25.517 billion");
  EXPECT_EQ(said("1100000"), "1.1 million");
  EXPECT_EQ(said("1234567"), "1,234,567");
  EXPECT_EQ(said("25517123456"), "25,517,123,456");
  EXPECT_EQ(said("-4600000000000"), "-4.6 trillion");
  EXPECT_EQ(said("999999"), "999,999");
}

}  // namespace
}  // namespace chokepoint
