#include "chokepoint/present/page_opening.hpp"

#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/present/subgraph_document.hpp"
#include "chokepoint/present/whatif.hpp"
#include "chokepoint/support/error.hpp"
#include "present/documents/spell_book.hpp"
#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

namespace chokepoint {
namespace {

/// f supplies t alone and sits in c; g, and h by a forecast, supply u; u needs t; p restricts t since 2024.
test::Facts small_market() {
  test::Facts facts;
  facts.node("country", "c", R"("labels":{"en":"Cee","zh":"丙国"})")
      .node("firm", "f")
      .node("firm", "g")
      .node("firm", "h");
  facts.node("policy", "p").node("product", "t").node("product", "u");
  facts.edge("f", "produces", "t", R"("share":1,"since":"2020")").edge("g", "produces", "u");
  facts.edge("h", "produces", "u", R"("status":"forecast")").edge("u", "requires", "t").edge("g", "uses", "t");
  facts.edge("f", "located-in", "c").edge("c", "issues", "p", R"("since":"2024-03")");
  facts.edge("p", "restricts", "t", R"("market":"c","since":"2024-03")");
  return facts;
}

const OpeningLine* line_of(const PageOpening& opening, std::string_view title, const std::string& node) {
  for (const OpeningList& list : opening.lists)
    if (list.title.at("en") == title)
      for (const OpeningLine& line : list.lines)
        if (line.nodes.front() == node) return &line;
  return nullptr;
}

TEST(PageOpening, SaysInBothLanguagesWhatMostHangsOnWhom) {
  test::Facts facts = small_market();
  Session& session = facts.on("2025");
  GraphDocument document = to_document(session, DocumentParams{});
  prepare_page(session, document);
  const PageOpening& opening = document.opening.value();
  EXPECT_EQ(opening.headline.at("en"), "Without Cee 3 nodes become impossible, without f 2, without g 1.");
  EXPECT_EQ(opening.headline.at("zh"), "失去丙国，3 个节点无法实现；失去f，2 个；失去g，1 个。");
  const OpeningLine* country = line_of(opening, "What most hangs on: actors and places", "c");
  ASSERT_NE(country, nullptr);
  EXPECT_EQ(country->reason.at("en"), "impossible without it: 3");
  const OpeningLine* supply = line_of(opening, "Supplies that mostly come from one hand", "t");
  ASSERT_NE(supply, nullptr);
  EXPECT_EQ(supply->nodes[1], "c");
  EXPECT_NE(supply->reason.at("en").find("from Cee; impossible without it: 1"), std::string::npos)
      << supply->reason.at("en");
  const OpeningLine* measure = line_of(opening, "Latest measures", "p");
  ASSERT_NE(measure, nullptr);
  EXPECT_EQ(measure->date, "2024-03");
  EXPECT_EQ(measure->reason.at("en"), "restricts t; issued by Cee");
  ASSERT_EQ(document.importance.size(), document.nodes.size());
  EXPECT_EQ(document.nodes[document.importance.front()].id, "c");
}

/// What is lost for certain has a certain cause: of the other things that are short, nobody knows whether all is gone.
TEST(PageOpening, ALossIsForWantOfWhatIsCertainlyGone) {
  test::Facts facts;
  facts.node("firm", "f").node("firm", "g").node("product", "whole").node("material", "sole").node("material", "open");
  facts.edge("f", "produces", "sole", R"("share":1)").edge("f", "produces", "open").edge("g", "produces", "open");
  facts.edge("whole", "requires", "sole").edge("whole", "requires", "open");
  Session& session = facts.on("2025");
  Answer answer = whatif_answer(session, what_if(session, {.remove = {"f"}, .target = "whole"}), {.people = true});
  Json saved = Json::object();
  saved.set("schema", "chokepoint.whatif/1");
  saved.set("result", answer.result);
  GraphDocument document = to_document(session, DocumentParams{});
  prepare_page(session, document, saved);
  const OpeningLine* lost = line_of(*document.opening, "Impossible", "whole");
  ASSERT_NE(lost, nullptr);
  EXPECT_EQ(lost->reason.at("en"), "for want of sole");
  bool is_told = false;
  for (const Table& table : answer.tables)
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      if (table.columns[column].key == "binding")
        for (const auto& row : table.rows)
          if (row.front() == Cell(std::string("whole"))) {
            is_told = true;
            EXPECT_EQ(row[column], Cell(std::string("sole")));
          }
  EXPECT_TRUE(is_told);
}

TEST(PageOpening, OfAnAnswerHasItsSentenceAndReasons) {
  test::Facts facts = small_market();
  Session& session = facts.on("2025");
  GraphDocument document = to_document(session, DocumentParams{});
  prepare_page(session, document, parse_json(R"({"schema":"chokepoint.whatif/1","result":{"removed":["f"],"bounds":[
      {"impossible":["f","t","u"],"flows":[],"capacity":[{"id":"u","low":0,"high":0,"binding":["t@g"]}]}]}})"));
  EXPECT_EQ(document.titles.at("en"), "without f: 2 things and actors are lost");
  const OpeningLine* lost = line_of(*document.opening, "Impossible", "u");
  ASSERT_NE(lost, nullptr);
  EXPECT_EQ(lost->reason.at("en"), "for want of t");
  EXPECT_EQ(line_of(*document.opening, "Impossible", "f"), nullptr);
  EXPECT_THROW(prepare_page(session, document, parse_json("[1]")), UsageError);
  EXPECT_THROW(prepare_page(session, document, parse_json(R"({"schema":"chokepoint.rank/1"})")), UsageError);
  // What is no list, no number or no node of the page is passed over.
  prepare_page(
      session, document,
      parse_json(
          R"({"schema":"chokepoint.whatif/1","result":{"removed":7,"bounds":[{"impossible":[{"a":1},"nobody"]}]}})"));
  EXPECT_FALSE(document.opening->headline.at("en").empty());
}

TEST(PageRequirements, TellEveryPeriodSoftnessAndPlans) {
  test::Facts facts = small_market();
  Session& session = facts.on("2025");
  GraphDocument document = to_document(session, DocumentParams{});
  add_requirements(session, document);
  const RequirementGraph& graph = document.requirements.value();
  EXPECT_TRUE(graph.has_every_day);
  EXPECT_EQ(graph.changes, (std::vector<std::string>{"2020-01-01", "2024-03-01"}));
  const auto edge_of = [&](std::string_view type, std::string_view from) {
    for (std::uint32_t row = 0; row < document.edges.size(); ++row)
      if (document.edges[row].type == type && document.edges[row].from == from) return row;
    return RequirementGraph::none;
  };
  const auto spells_of = [&](std::uint32_t edge, RequirementGraph::Kind kind) {
    std::vector<std::tuple<std::size_t, std::size_t, int>> spells;
    for (const auto& [step, spell] : graph.steps)
      if (step.edge == edge && step.kind == kind) spells.emplace_back(spell.first, spell.last, spell.worlds);
    return spells;
  };
  using Spells = std::vector<std::tuple<std::size_t, std::size_t, int>>;
  using Kind = RequirementGraph::Kind;
  EXPECT_EQ(spells_of(edge_of("produces", "f"), Kind::read), (Spells{{1, 2, 3}}));  // since 2020
  EXPECT_EQ(spells_of(edge_of("produces", "h"), Kind::read), (Spells{{0, 2, 2}}));  // a forecast
  EXPECT_EQ(spells_of(edge_of("uses", "g"), Kind::read), Spells{});
  EXPECT_EQ(spells_of(edge_of("uses", "g"), Kind::soft_ahead), (Spells{{0, 2, 3}}));
  EXPECT_EQ(spells_of(edge_of("uses", "g"), Kind::soft_back), (Spells{{0, 2, 3}}));
  std::size_t gates = 0;
  for (const auto& [gate, spell] : graph.gates)
    if (document.nodes[gate.of].id == "u" && gate.rule == "any") {
      ++gates;
      EXPECT_EQ(gate.n, spell.worlds == 2 ? 2U : 1U);
    }
  EXPECT_EQ(gates, 2U);
  document.is_one_day = true;
  add_requirements(session, document);
  EXPECT_FALSE(document.requirements->has_every_day);
}

TEST(SpellBook, KeepsUnbrokenRuns) {
  detail::SpellBook<int> book;
  for (const std::vector<int>& now : std::vector<std::vector<int>>{{1, 2}, {2, 2, 3}, {}, {2}}) book.put(now);
  std::vector<std::tuple<int, std::size_t, std::size_t>> runs;
  for (const auto& each : book.take(1)) runs.emplace_back(each.thing, each.first, each.last);
  EXPECT_EQ(runs, (std::vector<std::tuple<int, std::size_t, std::size_t>>{{1, 0, 0}, {2, 0, 1}, {2, 3, 3}, {3, 1, 1}}));
}

}  // namespace
}  // namespace chokepoint
