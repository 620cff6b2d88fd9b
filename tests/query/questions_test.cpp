#include "chokepoint/present/check.hpp"
#include "chokepoint/present/compare.hpp"
#include "chokepoint/present/diff.hpp"
#include "chokepoint/present/figures.hpp"
#include "chokepoint/present/paths.hpp"
#include "chokepoint/present/search.hpp"
#include "chokepoint/present/show.hpp"
#include "chokepoint/present/sources.hpp"
#include "chokepoint/present/timeline.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/query/facts.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <random>

namespace chokepoint {
namespace {

using test::arrows;
using test::Facts;
using test::pluck;

Answer shown(Session& session, const ShowParams& params) { return show_answer(session, show_node(session, params)); }
Answer figures_of(Session& session, const FiguresParams& params) {
  return figures_answer(session, list_figures(session, params));
}
Answer changes_of(Session& session, const DiffParams& params) {
  return diff_answer(session, diff_days(session, params));
}
Answer compared(Session& session, const CompareParams& params) {
  return compare_answer(session, compare_nodes(session, params));
}
Answer hits_for(Session& session, const SearchParams& params) {
  return search_answer(session, search_nodes(session, params));
}
Answer sources_of(Session& session, const SourcesParams& params) {
  return sources_answer(session, list_sources(session, params));
}
Answer timeline_of(Session& session, const TimelineParams& params) {
  return timeline_answer(session, tell_timeline(session, params));
}

TEST(Search, IsNegativeAndSuggestsWhenNothingIsFound) {
  Facts facts;
  facts.node("firm", "nvidia");
  const Answer answer = hits_for(facts.on("2025"), {.text = "nvidai", .types = {}});
  EXPECT_TRUE(answer.negative);
  EXPECT_EQ(to_text(*answer.coverage.find("suggestions")), R"(["nvidia"])");
}

TEST(Search, SuggestsNodesWhoseNamesShareMostWords) {
  Facts facts;
  facts.node("policy", "ban-on-gallium-exports-2023");
  facts.node("policy", "gallium-reserves");
  facts.node("policy", "export-rules-2024");
  const Answer answer = hits_for(facts.on("2025"), {.text = "gallium export ban 2024", .types = {}});
  EXPECT_TRUE(answer.negative);
  EXPECT_EQ(to_text(*answer.coverage.find("suggestions")), R"(["ban-on-gallium-exports-2023","export-rules-2024"])");
}

TEST(Search, SaysWhenThereIsMoreThanTheLimit) {
  Facts facts;
  for (int i = 0; i < 5; ++i) facts.node("firm", "firm-" + std::to_string(i));
  Session& session = facts.on("2025");
  const Answer some = hits_for(session, {.text = "firm", .types = {}, .limit = 3});
  EXPECT_EQ(some.result.as_array().size(), 3U);
  EXPECT_FALSE(some.coverage.find("complete")->as_bool());
  const Answer all = hits_for(session, {.text = "firm", .types = {}, .limit = 5});
  EXPECT_TRUE(all.coverage.find("complete")->as_bool());
  EXPECT_EQ(hits_for(session, {.text = "firm", .types = {}, .limit = 0}).result.as_array().size(), 5U);
}

TEST(Show, LeavesOutFactsOfOtherDaysAndCountsThem) {
  Facts facts;
  facts.node("firm", "a").node("product", "p");
  facts.edge("a", "produces", "p", R"("until":"2023")").edge("a", "develops", "p", R"("since":"2022")");
  Session& session = facts.on("2024");
  ShowParams params{.node = "a"};
  Answer answer = shown(session, params);
  EXPECT_EQ(arrows(*answer.result.find("edges")), "a -develops-> p");
  EXPECT_EQ(to_text(*answer.coverage.find("facts_of_other_days")), "1");
  params.every_day = true;
  EXPECT_EQ(arrows(*shown(session, params).result.find("edges")), "a -develops-> p; a -produces-> p");
}

/// A firm, a thing and a rule with facts and figures of 2022, 2024 and, foreseen by then and later, of 2030.
Facts earlier_and_later() {
  Facts facts;
  facts.source("then", "2022").source("late", "2025");
  facts.node("firm", "a").node("product", "p").node("product", "q").node("product", "young", R"("since":"2024")");
  facts.node("policy", "rule", R"("attributes":{"announced":"2022"})");
  facts.node("policy", "rule2", R"("attributes":{"announced":"2024"})");
  facts.edge("a", "produces", "p").edge("a", "produces", "q", R"("since":"2024")").edge("a", "develops", "young");
  facts.edge("a", "owns", "p", R"("share":0.2,"as_of":"2021")").edge("a", "owns", "p", R"("share":0.4,"as_of":"2024")");
  facts.edge("rule", "restricts", "p", R"("since":"2022")").edge("rule2", "amends", "rule");
  facts.figure("a", "sales", "1", R"("as_of":"2022")").figure("a", "sales", "2", R"("as_of":"2024")");
  facts.figure("a", "sales", "3", R"("as_of":"2030","status":"forecast","sources":[{"source":"then"}])");
  facts.figure("a", "sales", "4", R"("as_of":"2030","status":"forecast","sources":[{"source":"late"}])");
  return facts;
}

TEST(AsOf, LeavesLaterFactsOutOfShow) {
  Facts facts = earlier_and_later();
  ShowParams params{.node = "a"};
  Answer answer = shown(facts.on("2023"), params);
  EXPECT_EQ(arrows(*answer.result.find("edges")), "a -owns-> p; a -produces-> p");
  EXPECT_EQ(pluck(*answer.result.find("edges"), "as_of"), "2021 ");
  EXPECT_EQ(pluck(*answer.result.find("observations"), "value"), "1 3");
  EXPECT_EQ(to_text(*answer.coverage.find("later_figures")), "2");
  params.every_day = true;
  EXPECT_EQ(pluck(*shown(facts.on("2023"), params).result.find("observations"), "value"), "1 2 4 3");
}

TEST(AsOf, LeavesLaterFiguresOut) {
  Facts facts = earlier_and_later();
  FiguresParams params;
  EXPECT_EQ(pluck(figures_of(facts.on("2023"), params).result, "value"), "1 3");
  EXPECT_EQ(pluck(figures_of(facts.on("2026"), params).result, "value"), "1 2 4 3");
  params.every_day = true;
  EXPECT_EQ(pluck(figures_of(facts.on("2023"), params).result, "value"), "1 2 4 3");
}

TEST(AsOf, LeavesLaterEntriesAndTheirFactsOutOfTheTimeline) {
  Facts facts = earlier_and_later();
  const auto told = [&](const char* day, bool every_day) {
    TimelineParams params;
    params.every_day = every_day;
    const Answer answer = timeline_of(facts.on(day), params);
    std::string text;
    for (const Json& entry : answer.result.as_array())
      text += entry.find("node")->find("id")->as_string() + " amended by " +
              std::to_string(entry.find("amended_by")->as_array().size()) + "; ";
    return text;
  };
  EXPECT_EQ(told("2023", false), "rule amended by 0; ");
  EXPECT_EQ(told("2025", false), "rule amended by 1; rule2 amended by 0; ");
  EXPECT_EQ(told("2023", true), told("2025", false));
}

TEST(AsOf, LeavesLaterFactsOutOfComparisonsSearchesAndSources) {
  Facts facts = earlier_and_later();
  facts.node("firm", "b").figure("b", "sales", "9", R"("as_of":"2024")");
  EXPECT_EQ(compared(facts.on("2023"), {.nodes = {"a", "b"}}).result.find("figures")->as_array().size(), 0U);
  EXPECT_EQ(compared(facts.on("2026"), {.nodes = {"a", "b"}}).result.find("figures")->as_array().size(), 1U);
  EXPECT_EQ(pluck(hits_for(facts.on("2023"), {.text = "young", .types = {}}).result, "id"), "");
  EXPECT_EQ(pluck(hits_for(facts.on("2025"), {.text = "young", .types = {}}).result, "id"), "young");
  const auto resting = [&](const char* day) {
    return sources_of(facts.on(day), {.source = "s"}).result.find("records")->as_array().size();
  };
  EXPECT_LT(resting("2023"), resting("2025"));
}

TEST(Show, ListsFactsThatOnlyMentionTheNode) {
  Facts facts;
  facts.node("firm", "a").node("country", "cn").node("chip", "c");
  facts.edge("a", "supplies", "cn", R"("item":"c")");
  const Answer answer = shown(facts.on("2025"), {.node = "c"});
  EXPECT_EQ(arrows(*answer.result.find("edges")), "a -supplies-> cn");
  EXPECT_EQ(answer.tables.front().title, "Mentioned in (1)");
}

TEST(Figures, KeepSeriesTogetherInOrderOfTime) {
  Facts facts;
  facts.node("country", "cn").node("country", "us");
  facts.figure("us", "sales", "1", R"("as_of":"2024")").figure("cn", "sales", "2", R"("as_of":"2024")");
  facts.figure("cn", "sales", "3", R"("as_of":"2022")").figure("cn", "papers", "4", R"("as_of":"2023")");
  Session& session = facts.on("2025");
  const Answer all = figures_of(session, {});
  EXPECT_EQ(pluck(all.result, "value"), "4 3 2 1");
  EXPECT_EQ(pluck(all.result, "counts"), "true false true true");
  FiguresParams params;
  params.indicator = "Sales";
  params.latest = true;
  EXPECT_EQ(pluck(figures_of(session, params).result, "value"), "2 1");
  params = {};
  params.from = "2023";
  params.to = "2023-12";
  EXPECT_EQ(pluck(figures_of(session, params).result, "value"), "4");
  params.indicator = "sale";
  EXPECT_THROW(figures_of(session, params), UsageError);
}

TEST(Sources, NameWhatRestsOnThemAlone) {
  Facts facts;
  facts.source("t", "2023").node("firm", "a", R"("sources":[{"source":"t"}])");
  facts.node("firm", "b", R"("sources":[{"source":"s"},{"source":"t"}])");
  Session& session = facts.on("2025");
  SourcesParams params{.source = "t"};
  EXPECT_EQ(pluck(*sources_of(session, params).result.find("records"), "id"), "a b");
  params.only_source = true;
  EXPECT_EQ(pluck(*sources_of(session, params).result.find("records"), "id"), "a");
  EXPECT_EQ(pluck(sources_of(session, {}).result, "records"), "1 2");
}

TEST(Paths, AreNegativeWhenThereIsNone) {
  Facts facts;
  facts.node("product", "a").node("product", "b").edge("a", "requires", "b");
  PathsParams params;
  params.from = "b";
  params.to = "a";
  EXPECT_TRUE(list_paths(facts.on("2025"), params).paths.empty());
  params.along = "dependents";
  EXPECT_FALSE(list_paths(facts.on("2025"), params).paths.empty());
  params.along = "sideways";
  EXPECT_THROW(list_paths(facts.on("2025"), params), UsageError);
}

TEST(Timeline, TellsMeasuresByRoleAndTheirChain) {
  Facts facts;
  facts.node("policy", "r1", R"("attributes":{"announced":"2022-10"})").node("policy", "r2").node("policy", "r3");
  facts.node("chip", "c").node("chip", "generic").node("country", "us").node("chip", "lite");
  facts.edge("us", "issues", "r1").edge("r1", "restricts", "generic", R"("since":"2022-11")");
  facts.edge("r2", "amends", "r1").edge("r2", "restricts", "lite", R"("since":"2023-10-17")");
  facts.edge("lite", "adapts-to", "r1").edge("c", "variant-of", "generic").edge("us", "restricts", "lite");
  facts.edge("us", "issues", "r3");
  Session& session = facts.on("2025");
  // A place that restricts is no measure; an undated measure stands last.
  EXPECT_EQ(pluck(timeline_of(session, {}).result, "date"), "2022-10 2023-10-17 null");
  // What restricts a generic concerns its variants.
  const Answer of_variant = timeline_of(session, {.node = "c", .from = {}, .to = {}});
  ASSERT_EQ(of_variant.result.as_array().size(), 1U);
  const Json& entry = of_variant.result.as_array().front();
  EXPECT_EQ(arrows(*entry.find("restricts")), "r1 -restricts-> generic");
  EXPECT_EQ(arrows(*entry.find("issued")), "us -issues-> r1");
  EXPECT_EQ(arrows(*entry.find("amended_by")), "r2 -amends-> r1");
  EXPECT_EQ(arrows(*entry.find("responses")), "lite -adapts-to-> r1");
  // A measure brings the whole chain of amendments.
  EXPECT_EQ(timeline_of(session, {.node = "r2", .from = {}, .to = {}}).result.as_array().size(), 2U);
}

TEST(Timeline, KeepsThePeriodAskedFor) {
  Facts facts;
  facts.node("policy", "r1", R"("attributes":{"announced":"2022-10"})");
  facts.node("policy", "r2", R"("attributes":{"effective":"2023"})");
  Session& session = facts.on("2025");
  EXPECT_EQ(pluck(timeline_of(session, {.node = {}, .from = "2022-11", .to = {}}).result, "date"), "2023");
  EXPECT_EQ(pluck(timeline_of(session, {.node = {}, .from = {}, .to = "2022"}).result, "date"), "2022-10");
}

TEST(Compare, PutsFiguresOfTheLatestSharedPeriodSideBySide) {
  Facts facts;
  facts.node("country", "us").node("country", "cn");
  facts.figure("us", "sales", "10", R"("as_of":"2023")").figure("us", "sales", "20", R"("as_of":"2024")");
  facts.figure("cn", "sales", "5", R"("as_of":"2023")").figure("cn", "sales", "6", R"("as_of":"2022")");
  facts.figure("us", "labs", "3").figure("cn", "fabs", "4");
  CompareParams params;
  params.nodes = {"us", "cn"};
  Answer answer = compared(facts.on("2025"), params);
  const Json& figures = *answer.result.find("figures");
  EXPECT_EQ(pluck(figures, "indicator"), "sales");
  EXPECT_EQ(pluck(*figures.as_array().front().find("values"), "value"), "10 5");
  EXPECT_EQ(to_text(*figures.as_array().front().find("ratio")), "2");
  EXPECT_TRUE(figures.as_array().front().find("same_period")->as_bool());
  EXPECT_EQ(to_text(*answer.coverage.find("figures_of_one_only")), "2");
  params.everything = true;
  EXPECT_EQ(pluck(*compared(facts.on("2025"), params).result.find("figures"), "indicator"), "fabs labs sales");
}

TEST(Compare, NeverDividesByZeroOrText) {
  Facts facts;
  facts.node("country", "us").node("country", "cn");
  facts.figure("us", "zero", "1").figure("cn", "zero", "0").figure("us", "text", R"("a")").figure("cn", "text", "2");
  CompareParams params;
  params.nodes = {"us", "cn"};
  const Answer answer = compared(facts.on("2025"), params);
  for (const Json& row : answer.result.find("figures")->as_array()) EXPECT_EQ(row.find("ratio"), nullptr);
}

TEST(Compare, LinesUpRelationsToTheSameNode) {
  Facts facts;
  facts.node("country", "us").node("country", "cn").node("resource", "ore").node("product", "p");
  facts.edge("us", "holds", "ore", R"("share":0.2,"as_of":"2024")");
  facts.edge("cn", "holds", "ore", R"("share":0.4,"as_of":"2022")");
  facts.edge("cn", "holds", "ore", R"("share":0.5,"as_of":"2024")").edge("us", "uses", "p");
  facts.edge("us", "competes-with", "cn");
  CompareParams params;
  params.nodes = {"us", "cn"};
  const Answer answer = compared(facts.on("2025"), params);
  const auto& relations = answer.result.find("relations")->as_array();
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(pluck(*relations.front().find("edges"), "share"), "0.2 0.5");
  EXPECT_EQ(arrows(*answer.result.find("links")), "cn -competes-with-> us");
}

std::string found_by(Session& session, const char* check) {
  CheckParams params;
  params.only = {check};
  params.notes = true;
  const Answer answer = check_answer(session, check_data(session, params));
  return pluck(*answer.result.find("problems"), "record") + pluck(*answer.result.find("notes"), "record");
}

TEST(Check, FlagsShareSumsAboveRoundingOnly) {
  for (const auto& [share, wanted] : {std::pair("0.55", ""), std::pair("0.56", "p is produced by")}) {
    Facts facts;
    facts.node("firm", "a").node("firm", "b").node("country", "us").node("product", "p");
    facts.edge("a", "produces", "p", R"("share":0.5)");
    facts.edge("b", "produces", "p", R"("share":)" + std::string(share));
    // The other layer describes the same market once more.
    facts.edge("us", "produces", "p", R"("share":0.9)");
    EXPECT_EQ(found_by(facts.on("2025"), "share-sums"), wanted) << share;
  }
}

TEST(Check, AddsUpNoRivalsAndNoOtherMarkets) {
  Facts facts;
  facts.node("firm", "a").node("product", "p").node("country", "us").node("country", "cn");
  facts.edge("a", "produces", "p", R"("share":0.9,"as_of":"2024")");
  facts.edge("a", "produces", "p", R"("share":0.8,"as_of":"2024")");
  facts.edge("a", "produces", "p", R"("share":0.7,"market":"us")");
  facts.edge("a", "produces", "p", R"("share":0.7,"market":"cn")");
  EXPECT_EQ(found_by(facts.on("2025"), "share-sums"), "");
  EXPECT_EQ(found_by(facts.on("2025"), "rivals"), "edge a -produces-> p");
}

TEST(Check, FindsOrphansAndOpenRestrictionsOfRepealedMeasures) {
  Facts facts;
  facts.node("product", "alone").node("product", "measured").node("product", "item").node("product", "thing");
  facts.figure("measured", "sales", "1", R"("item":"item")");
  facts.node("policy", "old").node("policy", "kept").node("policy", "new");
  facts.edge("old", "restricts", "thing").edge("kept", "restricts", "thing", R"("until":"2024")");
  facts.edge("new", "amends", "old", R"("attributes":{"mode":"repeals"})");
  facts.edge("new", "amends", "kept", R"("attributes":{"mode":"repeals"})");
  Session& session = facts.on("2025");
  EXPECT_EQ(found_by(session, "orphans"), "node alone");
  EXPECT_EQ(found_by(session, "open-repealed"), "node old");
}

TEST(Check, NotesDoNotMakeItNegativeUnlessStrict) {
  Facts facts;
  facts.node("firm", "a").node("product", "p").edge("a", "produces", "p");
  CheckParams params;
  EXPECT_TRUE(check_data(facts.on("2025"), params).is_ok);
  params.strict = true;
  EXPECT_FALSE(check_data(facts.on("2025"), params).is_ok);
  params.only = {"no-such-check"};
  EXPECT_THROW(check_data(facts.on("2025"), params), UsageError);
}

DiffParams days(std::string from, std::string to) {
  DiffParams params;
  params.from = std::move(from);
  params.to = std::move(to);
  return params;
}

TEST(Diff, TellsWhatBeganEndedAndWasReplaced) {
  Facts facts;
  facts.node("firm", "a").node("product", "p").node("product", "q").node("country", "us");
  facts.edge("a", "produces", "p", R"("share":0.4,"as_of":"2022")");
  facts.edge("a", "produces", "p", R"("share":0.5,"as_of":"2024")");
  facts.edge("a", "develops", "q", R"("since":"2023")").edge("a", "develops", "p", R"("until":"2023")");
  facts.figure("us", "sales", "1", R"("as_of":"2024-03")").figure("us", "sales", "2", R"("as_of":"2022")");
  Session& session = facts.on("2025");
  const Answer answer = changes_of(session, days("2022", "2024"));
  EXPECT_EQ(arrows(*answer.result.find("began")), "a -develops-> q");
  EXPECT_EQ(arrows(*answer.result.find("ended")), "a -develops-> p");
  ASSERT_EQ(answer.result.find("replaced")->as_array().size(), 1U);
  const Json& replaced = answer.result.find("replaced")->as_array().front();
  EXPECT_EQ(to_text(*replaced.find("before")->find("share")) + to_text(*replaced.find("after")->find("share")),
            "0.40.5");
  EXPECT_EQ(pluck(*answer.result.find("observations"), "value"), "1");
  EXPECT_FALSE(changes_of(session, days("2024", "2024")).negative);
  EXPECT_THROW(changes_of(session, days("2024", "2022")), UsageError);
}

TEST(Diff, AgreesWithValidityOnRandomFacts) {
  std::mt19937 random = test::seeded(23);
  for (int round = 0; round < 40; ++round) {
    Facts facts;
    facts.node("firm", "a");
    std::vector<std::optional<Validity>> validity;
    const std::size_t count = 1 + random() % 10;
    for (std::size_t i = 0; i < count; ++i) {
      const int since = 2015 + static_cast<int>(random() % 8), until = since + static_cast<int>(random() % 4);
      const std::string from = std::to_string(since), to = std::to_string(until);
      facts.node("product", "p" + std::to_string(i));
      facts.edge("a", "develops", "p" + std::to_string(i), R"("since":")" + from + R"(","until":")" + to + '"');
      validity.push_back(parse_validity(from, to));
    }
    const std::string first = std::to_string(2014 + random() % 6), last = std::to_string(2019 + random() % 8);
    if (last < first) continue;
    std::string began, ended;
    for (std::size_t i = 0; i < count; ++i) {
      const bool before = validity[i]->contains(*parse_as_of(first)), after = validity[i]->contains(*parse_as_of(last));
      const std::string arrow = "a -develops-> p" + std::to_string(i);
      if (!before && after) began += (began.empty() ? "" : "; ") + arrow;
      if (before && !after) ended += (ended.empty() ? "" : "; ") + arrow;
    }
    const Answer answer = changes_of(facts.on("2025"), days(first, last));
    EXPECT_EQ(arrows(*answer.result.find("began")), began) << first << " " << last;
    EXPECT_EQ(arrows(*answer.result.find("ended")), ended) << first << " " << last;
  }
}

}  // namespace
}  // namespace chokepoint
