// The first line of an answer is what was asked for, and its page opens with the same sentence.
#include "chokepoint/present/brief.hpp"
#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/compare.hpp"
#include "chokepoint/present/concentration.hpp"
#include "chokepoint/present/cut.hpp"
#include "chokepoint/present/ownership.hpp"
#include "chokepoint/present/page_opening.hpp"
#include "chokepoint/present/paths.hpp"
#include "chokepoint/present/restrictions.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/present/timeline.hpp"
#include "chokepoint/support/error.hpp"
#include "tests/query/facts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace chokepoint {
namespace {

using test::Facts;
using testing::HasSubstr;

/// us makes steel for whoever takes it and most of the ore; rule keeps chips and two firms from cn, and is paused there
/// for tools; the holding has the maker.
Facts trade() {
  Facts facts;
  facts.node("country", "us", R"("labels":{"en":"America","zh":"美国"})").node("country", "cn").node("country", "jp");
  facts.node("firm", "maker")
      .node("firm", "holding")
      .node("firm", "kept")
      .node("policy", "rule")
      .node("policy", "later");
  facts.node("chip", "chip").node("product", "server").node("material", "ore").node("material", "steel");
  facts.edge("maker", "located-in", "us").edge("maker", "produces", "chip").edge("server", "requires", "chip");
  facts.edge("us", "issues", "rule", R"("since":"2024")").edge("cn", "issues", "later", R"("since":"2026")");
  facts.edge("rule", "restricts", "chip", R"("market":"cn","since":"2024-02","attributes":{"mode":"ban"})");
  facts.edge("rule", "restricts", "kept", R"("market":"cn","since":"2024-03","attributes":{"mode":"licence"})");
  facts.edge("later", "restricts", "steel", R"("market":"us","since":"2026-02")");
  facts.edge("us", "produces", "steel", R"("share":1)");
  facts.edge("us", "produces", "ore", R"("share":0.8)").edge("jp", "produces", "ore", R"("share":0.2)");
  facts.edge("holding", "owns", "maker", R"("share":0.6)");
  facts.figure("us", "laboratories", "30").figure("cn", "laboratories", "20");
  facts.figure("us", "exports", "7").figure("cn", "exports", "7");
  facts.figure("us", "plans", "9", R"("status":"forecast")").figure("cn", "plans", "1");
  return facts;
}

/// The sentence of the page of an answer, which must be that of its text in the session's language.
Labels opening_of(Session& session, const Answer& answer) {
  Json saved = Json::object();
  saved.set("schema", "chokepoint." + answer.command + "/1");
  saved.set("result", answer.result);
  GraphDocument document = to_document(session, DocumentParams{});
  prepare_page(session, document, saved);
  EXPECT_EQ(document.opening->headline.at("en"), answer.heading.empty() ? "" : answer.heading.front());
  return document.opening->headline;
}

TEST(Headline, SaysWhatIsRestrictedByWhomSinceWhen) {
  Facts facts = trade();
  Session& session = facts.on("2025");
  const auto ask = [&](RestrictionsParams params) {
    return restrictions_answer(session, find_restrictions(session, params), {.drawn = false});
  };
  const Answer answer = ask({.market = "cn"});
  const Labels said = opening_of(session, answer);
  EXPECT_EQ(said.at("en"),
            "Restricted in cn on 2025-12-31: 1 thing and 1 actor, by 1 measure of America; "
            "ban: chip (since 2024-02)");
  EXPECT_EQ(said.at("zh"),
            "在 cn 受限制（2025-12-31）：1 种事物和 1 个行为体，依据 1 项举措，出自美国；"
            "禁令：chip（自 2024-02 起）");
  EXPECT_EQ(opening_of(session, ask({.market = "us"})).at("en"),
            "nothing is restricted in America (us) on 2025-12-31, as far as recorded");
  // A thing is no market, and no measure is: who names one there asks about it.
  EXPECT_EQ(find_restrictions(session, {.market = "server"}).item, "server");
  EXPECT_EQ(ask({.market = "chip"}).heading.front(), ask({.item = "chip"}).heading.front());
  EXPECT_EQ(ask({.market = "rule"}).heading.front(), ask({.issuer = "rule"}).heading.front());
  EXPECT_THROW(ask({.market = "server", .item = "chip"}), UsageError);
}

/// One count of what is restricted, in the sentence, the JSON and over the table: a thing of two markets is one.
TEST(Headline, CountsAThingOfTwoMarketsOnce) {
  Facts facts = trade();
  facts.edge("rule", "restricts", "chip", R"("market":"jp","since":"2024-02","attributes":{"mode":"ban"})");
  Session& session = facts.on("2025");
  const Answer answer = restrictions_answer(session, find_restrictions(session, {.issuer = "us"}), {.drawn = false});
  EXPECT_THAT(answer.heading.front(), HasSubstr(": 1 thing and 1 actor, by 1 measure of America"));
  EXPECT_EQ(answer.result.find("acting")->find("things")->to_integer(), 1);
  EXPECT_EQ(answer.tables.front().title, "Things (1)");
  EXPECT_EQ(answer.tables.front().rows.size(), 2U);
}

TEST(Headline, SaysWhoseHandsASupplyIsIn) {
  Facts facts = trade();
  Session& session = facts.on("2025");
  ConcentrationParams params;
  EXPECT_EQ(opening_of(session, concentration_answer(session, measure_concentration(session, params))).at("en"),
            "from one country alone (1): steel (America); then ore, by country: America 80 % (HHI 6800)");
  params.node = "ore";
  EXPECT_EQ(opening_of(session, concentration_answer(session, measure_concentration(session, params))).at("zh"),
            "最为集中：ore，按国家：美国 80 %（HHI 6800）");
  params.node = "chip";
  EXPECT_THAT(opening_of(session, concentration_answer(session, measure_concentration(session, params))).at("en"),
              HasSubstr("share"));
}

TEST(Headline, SaysAPathInWordsAndWhatCutsIt) {
  Facts facts = trade();
  Session& session = facts.on("2025");
  const auto path = [&](const std::string& from, const std::string& to) {
    return opening_of(session, paths_answer(session, list_paths(session, {.from = from, .to = to}))).at("en");
  };
  EXPECT_EQ(path("server", "us"),
            "from server to America (us) it takes 3 hops: server requires chip → is produced by "
            "maker → is located in America");
  EXPECT_EQ(path("us", "server"), "no path is recorded from America (us) to server");
  const auto cut = [&](const std::string& from, const std::string& to) {
    return opening_of(session, cut_answer(session, find_cut(session, {.from = from, .to = to}))).at("en");
  };
  EXPECT_THAT(cut("server", "us"), HasSubstr("every path from server to America (us) goes through "));
  EXPECT_EQ(cut("server", "chip"), "server depends on chip directly: no set of other nodes cuts them");
  EXPECT_EQ(cut("us", "server"), "America (us) does not depend on server: there is nothing to cut");
}

TEST(Headline, SaysWhoOwnsWhatAndWhatCameLast) {
  Facts facts = trade();
  Session& session = facts.on("2025");
  EXPECT_EQ(
      opening_of(session, ownership_answer(session, find_owned(session, {.owners = {"holding"}, .threshold = {}})))
          .at("en"),
      "holding controls 1 node: maker 60 %");
  EXPECT_EQ(opening_of(session, ownership_answer(session, find_owned(session, {.owners = {"maker"}, .threshold = {}})))
                .at("en"),
            "maker controls nothing, as far as holdings are recorded");
  EXPECT_EQ(opening_of(session, timeline_answer(session, tell_timeline(session, {.every_day = true}))).at("en"),
            "latest of 2 entries, 2024-02: rule; next, 2026-02: later");
  EXPECT_EQ(opening_of(session, timeline_answer(session, tell_timeline(session, {.node = "ore"}))).at("en"),
            "nothing dated is recorded for this question");
}

/// Figures that draw lead nowhere, and what is only forecast is not compared.
TEST(Headline, SaysWhoHasTheLargerFigureByHowMuch) {
  Facts facts = trade();
  Session& session = facts.on("2025");
  EXPECT_EQ(opening_of(session, compare_answer(session, compare_nodes(session, {.nodes = {"us", "cn"}}))).at("en"),
            "America has the larger value in 1 of 2 figures: laboratories 30 (× 1.5)");
  EXPECT_EQ(opening_of(session, compare_answer(session, compare_nodes(session, {.nodes = {"ore", "kept"}}))).at("en"),
            "nothing links them and no figure is recorded for both");
}

/// Of one generic nobody settled whether one of its two variants will do: a pair stops the server if so, and one alone
/// if not. `chokepoints`, `brief` and the page say the same of the same reading.
TEST(Headline, CountsTheSetsOfOneReading) {
  Facts facts;
  for (const char* country : {"jp", "kr", "de", "fr"}) facts.node("country", country);
  facts.node("chip", "chip").node("chip", "one").node("chip", "two").node("product", "server");
  facts.edge("one", "variant-of", "chip").edge("two", "variant-of", "chip").edge("server", "requires", "chip");
  facts.edge("jp", "produces", "one").edge("kr", "produces", "one").edge("de", "produces", "two");
  Session& session = facts.on("2025");
  const Answer answer =
      chokepoints_answer(session, find_cut_sets(session, {.target = "server", .order = 2}), {.people = true});
  const Labels said = opening_of(session, answer);
  const std::vector<Json>& bounds = answer.result.find("bounds")->as_array();
  const auto count = [](const Json& bound, std::size_t size) {
    return std::ranges::count_if(bound.find("cut_sets")->as_array(),
                                 [&](const Json& set) { return set.as_array().size() == size; });
  };
  const BriefResult brief = make_brief(session, {.node = "server"});
  const auto in_brief = [](const std::vector<BriefCutSet>& sets, bool BriefCutSet::*reading) {
    return std::ranges::count(sets, true, reading);
  };
  EXPECT_EQ(in_brief(brief.stops->alone, &BriefCutSet::any), count(bounds[0], 1));
  EXPECT_EQ(in_brief(brief.stops->alone, &BriefCutSet::all), count(bounds[1], 1));
  EXPECT_EQ(in_brief(brief.stops->pairs, &BriefCutSet::any), count(bounds[0], 2));
  EXPECT_EQ(in_brief(brief.stops->pairs, &BriefCutSet::all), count(bounds[1], 2));
  ASSERT_NE(count(bounds[0], 2), static_cast<std::ptrdiff_t>(brief.stops->pairs.size()));
  ASSERT_EQ(count(bounds[0], 1), 1);
  EXPECT_EQ(said.at("en").substr(0, said.at("en").find(';')), "1 node stops server alone");
  EXPECT_THAT(said.at("en"), HasSubstr(fmt::format("sets that stop it only together: {}", count(bounds[0], 2))));
  std::string page;
  for (const std::string& line : page_lines(brief_page(session, brief), 200)) page += line + "\n";
  EXPECT_THAT(page, HasSubstr(fmt::format("in pairs ({})", count(bounds[0], 2))));
  EXPECT_THAT(page, HasSubstr("in pairs if every variant is needed ("));
}

}  // namespace
}  // namespace chokepoint
