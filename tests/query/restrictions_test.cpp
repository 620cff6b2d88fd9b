#include "chokepoint/present/restrictions.hpp"

#include "chokepoint/support/error.hpp"
#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace chokepoint {
namespace {

using test::Facts;

/// `a100 ban; h100 licence`: what is restricted and how, in order.
std::string told(const std::vector<Restriction>& list) {
  std::string text;
  for (const Restriction& each : list) text += (text.empty() ? "" : "; ") + each.edge.to + " " + each.mode;
  return text;
}

/// A rule of the United States on chips for China, one of the EU that China is none of, one on a firm.
///
///   bureau (us) --issues--> rule --restricts--> max (cn)      lite adapts to rule
///                           later --restricts--> lite (cn)    local substitutes max
///   eu --issues--> dual --restricts--> gas (no market)
Facts two_worlds() {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("country", "nl").node("bloc", "eu");
  facts.node("agency", "bureau").node("firm", "maker");
  facts.node("chip", "generic").node("chip", "max").node("chip", "lite", R"("since":"2022-11")");
  facts.node("chip", "local").node("material", "gas");
  facts.node("policy", "rule", R"("attributes":{"announced":"2022-10-07","effective":"2022-10-12"})");
  facts.node("policy", "later").node("policy", "dual");
  facts.edge("bureau", "located-in", "us").edge("nl", "part-of", "eu");
  facts.edge("bureau", "issues", "rule").edge("bureau", "issues", "later").edge("eu", "issues", "dual");
  facts.edge("max", "variant-of", "generic").edge("lite", "variant-of", "generic");
  facts.edge("rule", "restricts", "max", R"("market":"cn","since":"2022-10-07")");
  facts.edge("rule", "restricts", "maker", R"("market":"cn","since":"2022-10-07","attributes":{"mode":"licence"})");
  facts.edge("later", "restricts", "lite", R"("market":"cn","since":"2023-10-17")");
  facts.edge("dual", "restricts", "gas", R"("since":"2021","attributes":{"mode":"licence"})");
  facts.edge("lite", "adapts-to", "rule", R"("since":"2022-11")");
  facts.edge("local", "substitutes", "max", R"("market":"cn","performance":0.8)");
  return facts;
}

TEST(Restrictions, ListThingsBeforeActorsAndSayWhoAdapted) {
  Facts facts = two_worlds();
  const RestrictionsResult found = find_restrictions(facts.on("2023"), {.market = "cn"});
  EXPECT_EQ(told(found.acting), "gas licence; lite ban; max ban; maker licence");
  ASSERT_EQ(found.responses.size(), 1U);
  EXPECT_EQ(found.responses[0].response, "lite");
  EXPECT_EQ(found.responses[0].closed_by, "later");
  EXPECT_EQ(to_string(*found.responses[0].closed_since), "2023-10-17");
  ASSERT_EQ(found.substitutes.size(), 1U);
  EXPECT_EQ(found.substitutes[0].substitute, "local");
}

TEST(Restrictions, LeaveAResponseOpenUntilALaterPolicyClosesIt) {
  Facts facts = two_worlds();
  const RestrictionsResult found = find_restrictions(facts.on("2023-06"), {.market = "cn"});
  EXPECT_EQ(told(found.acting), "gas licence; max ban; maker licence");
  EXPECT_EQ(found.not_begun, 1U);
  ASSERT_EQ(found.responses.size(), 1U);
  EXPECT_EQ(found.responses[0].closed_by, "");
}

TEST(Restrictions, BeginWithTheDayOfEffectOfTheirPolicy) {
  Facts facts = two_worlds();
  EXPECT_EQ(told(find_restrictions(facts.on("2022-10-11"), {.market = "cn"}).acting), "gas licence");
  const RestrictionsResult found = find_restrictions(facts.on("2022-10-12"), {.market = "cn"});
  EXPECT_EQ(told(found.acting), "gas licence; max ban; maker licence");
  EXPECT_EQ(found.acting[1].since, "2022-10-12");
}

TEST(Restrictions, WithoutAMarketHoldEverywhereOutsideTheIssuers) {
  Facts facts = two_worlds();
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.market = "us"}).acting), "gas licence");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.market = "nl"}).acting), "");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {}).acting), "gas licence; lite ban; max ban; maker licence");
}

TEST(Restrictions, OfABlocHoldInItsMembersAndThoseOfAMemberOnlyInAPart) {
  Facts facts;
  facts.node("country", "us").node("country", "nl").node("bloc", "eu").node("chip", "a").node("chip", "b");
  facts.node("policy", "rule").edge("us", "issues", "rule").edge("nl", "part-of", "eu");
  facts.edge("rule", "restricts", "a", R"("market":"eu")").edge("rule", "restricts", "b", R"("market":"nl")");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.market = "nl"}).acting), "a ban; b ban");
  const RestrictionsResult bloc = find_restrictions(facts.on("2023"), {.market = "eu"});
  EXPECT_EQ(told(bloc.acting), "a ban");
  EXPECT_EQ(bloc.in_parts, 1U);
}

TEST(Restrictions, ThatAreSuspendedStandApart) {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("material", "gas").node("material", "ore");
  facts.node("policy", "halted", R"("attributes":{"suspended":"2025-11-09/2026-11-28"})").node("policy", "other");
  facts.edge("cn", "issues", "halted").edge("cn", "issues", "other");
  facts.edge("halted", "restricts", "gas", R"("market":"us","since":"2024-12-03")");
  facts.edge("other", "restricts", "ore", R"("market":"us","since":"2024-12-03")");
  const RestrictionsResult before = find_restrictions(facts.on("2025-11-08"), {.market = "us"});
  EXPECT_EQ(told(before.acting), "gas ban; ore ban");
  EXPECT_TRUE(before.suspended.empty());
  const RestrictionsResult during = find_restrictions(facts.on("2025-11-09"), {.market = "us"});
  EXPECT_EQ(told(during.acting), "ore ban");
  ASSERT_EQ(told(during.suspended), "gas ban");
  EXPECT_EQ(to_string(*during.suspended[0].pause->to), "2026-11-28");
  EXPECT_EQ(told(find_restrictions(facts.on("2026-11-28"), {.market = "us"}).acting), "gas ban; ore ban");
}

TEST(Restrictions, JudgeEachEdgeByItself) {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("chip", "old").node("chip", "new").node("chip", "next");
  facts.node("policy", "rule").edge("us", "issues", "rule");
  facts.edge("rule", "restricts", "old", R"("market":"cn","since":"2022","until":"2023")");
  facts.edge("rule", "restricts", "new", R"("market":"cn","since":"2024")");
  facts.edge("rule", "restricts", "next", R"("market":"cn","since":"2030")");
  const RestrictionsResult found = find_restrictions(facts.on("2024-06"), {.market = "cn"});
  EXPECT_EQ(told(found.acting), "new ban");
  EXPECT_EQ(found.ended, 1U);
  EXPECT_EQ(found.not_begun, 1U);
}

TEST(Restrictions, OfAPlanAreCountedAndAddedOnlyWhenAskedFor) {
  Facts facts;
  facts.node("country", "us")
      .node("country", "cn")
      .node("chip", "a")
      .node("policy", "bill")
      .edge("us", "issues", "bill");
  facts.edge("bill", "restricts", "a", R"("market":"cn","status":"planned","attributes":{"mode":"proposed"})");
  const RestrictionsResult found = find_restrictions(facts.on("2024"), {.market = "cn"});
  EXPECT_TRUE(found.acting.empty());
  EXPECT_EQ(found.not_stated, 1U);
  RestrictionsParams planned{.market = "cn"};
  planned.view.include = {"planned"};
  EXPECT_EQ(told(find_restrictions(facts.on("2024"), planned).acting), "a proposed");
}

TEST(Restrictions, ThatNobodyIssuedAndThatNameNoMarketHoldNowhere) {
  Facts facts;
  facts.node("country", "cn").node("chip", "a").node("policy", "rule").edge("rule", "restricts", "a");
  const RestrictionsResult found = find_restrictions(facts.on("2024"), {.market = "cn"});
  EXPECT_TRUE(found.acting.empty());
  EXPECT_EQ(found.without_place, 1U);
}

TEST(Restrictions, AreFilteredByItemIssuerAndType) {
  Facts facts = two_worlds();
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.item = "generic"}).acting), "lite ban; max ban");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.item = "max"}).acting), "max ban");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.issuer = "us"}).acting), "lite ban; max ban; maker licence");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.issuer = "rule"}).acting), "max ban; maker licence");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.types = {"firm"}}).acting), "maker licence");
  EXPECT_THROW(static_cast<void>(find_restrictions(facts.on("2023"), {.types = {"no-type"}})), UsageError);
}

TEST(Restrictions, OnAGenericThingBearOnItsVariants) {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("chip", "generic").node("chip", "max").node("policy", "rule");
  facts.edge("us", "issues", "rule").edge("max", "variant-of", "generic");
  facts.edge("rule", "restricts", "generic", R"("market":"cn","attributes":{"mode":"threshold"})");
  EXPECT_EQ(told(find_restrictions(facts.on("2023"), {.item = "max"}).acting), "generic threshold");
}

TEST(Restrictions, AreDrawnWithinTheScreenAndNothingIsCut) {
  Facts facts = two_worlds();
  const RestrictionsResult found = find_restrictions(facts.on("2023"), {.market = "cn"});
  const Answer answer = restrictions_answer(facts.on("2023"), found, {.drawn = true, .width = 60});
  std::string all;
  for (const std::string& line : answer.drawing) {
    EXPECT_LE(line.size(), 64U) << line;  // a dash has three bytes
    all += line + "\n";
  }
  EXPECT_EQ(all.find("…"), std::string::npos);
  EXPECT_NE(all.find("later on 2023-10-17"), std::string::npos);
  EXPECT_FALSE(answer.negative);
  EXPECT_TRUE(
      restrictions_answer(facts.on("2000"), find_restrictions(facts.on("2000"), {.market = "cn"}), {}).negative);
}

}  // namespace
}  // namespace chokepoint
