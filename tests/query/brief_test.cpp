#include "chokepoint/present/brief.hpp"

#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/present/concentration.hpp"
#include "chokepoint/present/depends.hpp"
#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace chokepoint {
namespace {

using test::Facts;

/// A chip that needs a scanner of one firm and resist of two; a rule on it, suspended for 2026.
Facts chip_world() {
  Facts facts;
  facts.source("other", "2023");
  facts.node("country", "us").node("country", "cn").node("country", "nl").node("firm", "asml").node("firm", "jsr");
  facts.node("firm", "tok").node("firm", "fab").node("equipment", "scanner").node("material", "resist");
  facts.node("chip", "chip", R"("description":"A <b>chip</b>.")").node("chip", "lite").node("product", "server");
  facts.node("policy", "rule", R"("attributes":{"announced":"2025-01-10","suspended":"2026/2026"})");
  facts.edge("fab", "produces", "chip", R"("share":1)").edge("chip", "requires", "scanner");
  facts.edge("chip", "requires", "resist").edge("asml", "produces", "scanner", R"("share":1)");
  facts.edge("jsr", "produces", "resist", R"("share":0.6)").edge("tok", "produces", "resist", R"("share":0.4)");
  facts.edge("asml", "located-in", "nl").edge("server", "requires", "chip");
  facts.edge("us", "issues", "rule").edge("rule", "restricts", "chip", R"("market":"cn","since":"2025-01-10")");
  facts.edge("lite", "adapts-to", "rule", R"("since":"2025-03")");
  facts.edge("fab", "uses", "scanner", R"("since":"2019","until":"2025-02")");
  facts.figure("chip", "performance", "10", R"("as_of":"2025")");
  facts.figure("chip", "performance", "12", R"("as_of":"2025","sources":[{"source":"other"}])");
  return facts;
}

std::vector<std::string> alone(const BriefResult& brief) {
  std::vector<std::string> ids;
  for (const BriefCutSet& set : brief.stops->alone) ids.push_back(set.members.front());
  std::ranges::sort(ids);
  return ids;
}

std::string text_of(Session& session, const BriefResult& brief) {
  std::string text;
  for (const std::string& line : page_lines(brief_page(session, brief), 100)) text += line + "\n";
  return text;
}

TEST(Brief, SaysOfAThingWhatTheOtherCommandsSay) {
  Facts facts = chip_world();
  Session& session = facts.on("2025-06-30");
  const BriefResult brief = make_brief(session, {.node = "chip"});
  EXPECT_EQ(brief.kind, BriefKind::thing);

  const Answer cuts = chokepoints_answer(session, find_cut_sets(session, {.target = "chip"}));
  std::vector<std::string> singles;
  std::size_t pairs = 0;
  for (const Json& set : cuts.result.find("bounds")->as_array().front().find("cut_sets")->as_array())
    set.as_array().size() == 1 ? singles.push_back(set.as_array().front().as_string()) : void(++pairs);
  std::ranges::sort(singles);
  EXPECT_EQ(alone(brief), singles);
  EXPECT_EQ(brief.stops->pairs.size(), pairs);
  EXPECT_FALSE(brief.stops->alone.front().sources.empty());

  const Answer depends = depends_answer(session, {.node = "chip"});
  EXPECT_EQ(brief.rests_on, depends.result.find("nodes")->as_array().size());

  ConcentrationParams of_resist;
  of_resist.node = "resist";
  const ConcentrationResult hhi = measure_concentration(session, of_resist);
  const auto row = std::ranges::find(brief.concentration, "resist", &BriefConcentration::node);
  ASSERT_NE(row, brief.concentration.end());
  EXPECT_EQ(row->hhi_low, hhi.supplies.front().hhi_low);
  ASSERT_TRUE(brief.restricted);
  EXPECT_EQ(brief.restricted->acting.size(), 1U);
  EXPECT_EQ(brief.restricted->responses.size(), 1U);
}

TEST(Brief, MarksWhatOnlyOneIsRecordedFor) {
  Facts facts = chip_world();
  const BriefResult brief = make_brief(facts.on("2025-06-30"), {.node = "chip"});
  const auto scanner = std::ranges::find(brief.needs, "scanner", &BriefNeed::of);
  ASSERT_NE(scanner, brief.needs.end());
  EXPECT_TRUE(scanner->is_sole());
  EXPECT_EQ(scanner->tier, 2U);
  const std::string text = text_of(facts.on("2025-06-30"), brief);
  EXPECT_NE(text.find("asml 100 %, the only one recorded"), std::string::npos) << text;
  EXPECT_NE(text.find("jsr 60 %, tok 40 %"), std::string::npos) << text;
}

TEST(Brief, TellsTheYearBeforeTheDayAndNothingElse) {
  Facts facts = chip_world();
  const BriefResult now = make_brief(facts.on("2025-06-30"), {.node = "chip"});
  ASSERT_EQ(now.changes.size(), 1U);
  EXPECT_EQ(now.changes[0].what, BriefChange::What::announced);
  EXPECT_EQ(now.changes[0].measure, "rule");
  EXPECT_TRUE(make_brief(facts.on("2024-12-31"), {.node = "chip"}).changes.empty());
  EXPECT_TRUE(make_brief(facts.on("2027-06-30"), {.node = "chip"}).changes.empty());
  const BriefResult fab = make_brief(facts.on("2025-06-30"), {.node = "fab"});
  ASSERT_EQ(fab.changes.size(), 1U);
  EXPECT_EQ(fab.changes[0].what, BriefChange::What::ended);
}

TEST(Brief, KeepsRivalFiguresApart) {
  Facts facts = chip_world();
  const BriefResult brief = make_brief(facts.on("2025-06-30"), {.node = "chip"});
  ASSERT_EQ(brief.figures.size(), 1U);
  EXPECT_EQ(brief.figures[0].rivals.size(), 1U);
}

TEST(Brief, SaysOfAMeasureWhetherItActs) {
  Facts facts = chip_world();
  const BriefResult acting = make_brief(facts.on("2025-06-30"), {.node = "rule"});
  EXPECT_EQ(acting.kind, BriefKind::measure);
  EXPECT_NE(text_of(facts.on("2025-06-30"), acting).find("acts on 2025-06-30; restrictions: 1"), std::string::npos);
  const BriefResult paused = make_brief(facts.on("2026-06-30"), {.node = "rule"});
  EXPECT_NE(text_of(facts.on("2026-06-30"), paused).find("suspended on 2026-06-30"), std::string::npos);
  const BriefResult early = make_brief(facts.on("2024"), {.node = "rule"});
  EXPECT_NE(text_of(facts.on("2024"), early).find("does not act yet on 2024-12-31"), std::string::npos);
}

TEST(Brief, SaysOfACountryWhatStopsWithoutItAndWhatIsRestrictedThere) {
  Facts facts = chip_world();
  const BriefResult nl = make_brief(facts.on("2025-06-30"), {.node = "nl"});
  EXPECT_EQ(nl.kind, BriefKind::place);
  ASSERT_TRUE(nl.dependents);
  EXPECT_NE(std::ranges::find(nl.dependents->stopped, "chip"), nl.dependents->stopped.end());
  EXPECT_EQ(nl.seats.size(), 1U);
  const BriefResult cn = make_brief(facts.on("2025-06-30"), {.node = "cn"});
  ASSERT_TRUE(cn.market);
  EXPECT_EQ(cn.market->acting.size(), 1U);
}

TEST(Brief, NumbersEverySourceItNames) {
  Facts facts = chip_world();
  Session& session = facts.on("2025-06-30");
  const Page page = brief_page(session, make_brief(session, {.node = "chip"}));
  std::size_t highest = 0;
  for (const PageSection& section : page.sections) {
    EXPECT_FALSE(section.lines.empty()) << section.title;
    for (const PageLine& line : section.lines)
      for (const std::size_t note : line.notes) highest = std::max(highest, note);
  }
  EXPECT_EQ(highest, page.sources.size());
}

TEST(Page, EscapesWhatComesFromData) {
  Facts facts = chip_world();
  Session& session = facts.on("2025-06-30");
  const Page page = brief_page(session, make_brief(session, {.node = "chip"}));
  std::ostringstream html, markdown;
  write_page_html(page, html);
  write_page_markdown(page, markdown);
  EXPECT_EQ(html.str().find("<b>"), std::string::npos);
  EXPECT_NE(html.str().find("A &lt;b&gt;chip&lt;/b&gt;."), std::string::npos);
  EXPECT_NE(markdown.str().find(R"(A \<b\>chip)"), std::string::npos);
  EXPECT_EQ(html.str().find("http"), html.str().find("http-equiv"));
}

TEST(Page, WrapsBetweenWordsAndWideCharacters) {
  const auto lines = [](std::string_view text, std::size_t width) {
    std::string out;
    for (const std::string& line : wrap_text("- ", text, width)) out += line + "|";
    return out;
  };
  EXPECT_EQ(lines("one two three", 9), "- one two|  three|");
  EXPECT_EQ(lines("nvidia-letter-2022-08 is whole", 12), "- nvidia-letter-2022-08|  is whole|");
  EXPECT_EQ(lines("先进芯片受限", 8), "- 先进芯|  片受限|");
  EXPECT_EQ(lines("about 62 % of it", 10), "- about|  62 % of|  it|");
}

}  // namespace
}  // namespace chokepoint
