#include "chokepoint/query/claims.hpp"

#include "tests/query/facts.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace chokepoint {
namespace {

using test::Facts;

/// A session with sources of several dates: `old` 2020, `new` 2024-06, `undated`.
Session& session_of(Facts& facts) {
  facts.source("old", "2020").source("new", "2024-06").source("undated", "");
  return facts.on("2025");
}

Edge claim(const char* id, double share) {
  Edge edge;
  edge.id = id;
  edge.type = "produces";
  edge.from = "a";
  edge.to = "b";
  edge.share = share;
  edge.sources = {{"old", ""}};
  return edge;
}

std::string winner(Claims& claims, const std::vector<Edge>& edges) {
  const auto sets = claims.rivals(edges);
  return sets.size() == 1 ? edges[sets[0][0]].id : "no single set";
}

TEST(Claims, CountTheHigherConfidenceAndRankItsAbsenceLowest) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2), claim("e3", 0.3)};
  edges[1].confidence = 0.4;
  edges[2].confidence = 0.9;
  EXPECT_EQ(winner(claims, edges), "e3");
  edges[2].confidence.reset();
  edges[2].status = Status::reported;
  EXPECT_EQ(winner(claims, edges), "e2");
}

TEST(Claims, CountReportedBeforeEstimatedBeforeDerived) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2)};
  edges[0].status = Status::derived;
  edges[1].status = Status::estimated;
  EXPECT_EQ(winner(claims, edges), "e2");
  edges[0].status = Status::reported;
  EXPECT_EQ(winner(claims, edges), "e1");
}

TEST(Claims, CountTheLaterSourceThenTheLowerId) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2)};
  EXPECT_EQ(winner(claims, edges), "e1");
  edges[1].sources = {{"new", ""}, {"undated", ""}};
  EXPECT_EQ(winner(claims, edges), "e2");
  edges[0].sources = {{"undated", ""}};
  EXPECT_EQ(winner(claims, edges), "e2");
}

TEST(Claims, ThatStateAShareCountBeforeThoseThatDoNot) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2)};
  edges[0].share.reset();
  edges[0].confidence = 0.9;
  EXPECT_EQ(winner(claims, edges), "e2");
}

TEST(Claims, OfDifferentRolesAreNoRivals) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2)};
  for (Edge& edge : edges) edge.type = "located-in";
  edges[1].attributes = R"({"role":"site"})";
  EXPECT_TRUE(claims.rivals(std::span<const Edge>(edges)).empty());
  edges[1].attributes = R"({"role":"seat"})";  // what is meant where none is stated
  EXPECT_EQ(claims.rivals(std::span<const Edge>(edges)).size(), 1U);
}

TEST(Claims, AreRivalsOnlyWhereTheirTimesOverlap) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Edge> edges{claim("e1", 0.1), claim("e2", 0.2)};
  edges[0].until = "2022";
  edges[1].since = "2023";
  EXPECT_TRUE(claims.rivals(std::span<const Edge>(edges)).empty());
  edges[1].since = "2022-12-31";
  EXPECT_EQ(claims.rivals(std::span<const Edge>(edges)).size(), 1U);
}

TEST(Claims, ThatRepeatEachOtherDoNotContradict) {
  Facts facts;
  const Claims claims(session_of(facts));
  EXPECT_FALSE(claims.contradict(claim("e1", 0.1), claim("e2", 0.1)));
  EXPECT_TRUE(claims.contradict(claim("e1", 0.1), claim("e2", 0.2)));
  Edge bounded = claim("e2", 0.1);
  bounded.bound = Bound::at_least;
  EXPECT_TRUE(claims.contradict(claim("e1", 0.1), bounded));
}

TEST(Claims, ContradictInTheModeAndInTheDaysThatTheyState) {
  Facts facts;
  const Claims claims(session_of(facts));
  const auto restriction = [](const char* id, const char* since, const char* attributes) {
    Edge edge = claim(id, 0);
    edge.type = "restricts";
    edge.share.reset();
    edge.since = since;
    edge.attributes = attributes;
    return edge;
  };
  const Edge ban = restriction("e1", "2023-10-17", R"({"mode":"ban"})");
  EXPECT_FALSE(claims.contradict(ban, restriction("e2", "2023-10-17", "{}")));
  EXPECT_FALSE(claims.contradict(ban, restriction("e2", "2023", R"({"mode":"ban","note":"a year"})")));
  EXPECT_TRUE(claims.contradict(ban, restriction("e2", "2023-10-17", R"({"mode":"licence"})")));
  EXPECT_TRUE(claims.contradict(ban, restriction("e2", "2023-11-17", R"({"mode":"ban"})")));
}

/// Slow and obvious: pairs that agree and overlap, closed under "is a rival of a rival".
std::set<std::set<std::size_t>> rivals_by_definition(const std::vector<Edge>& edges) {
  const auto rival = [&](const Edge& a, const Edge& b) {
    return a.type == b.type && a.from == b.from && a.to == b.to && a.item == b.item && a.market == b.market &&
           a.origin == b.origin && a.group == b.group && a.unit == b.unit && a.as_of == b.as_of &&
           a.attributes == b.attributes &&
           parse_validity(a.since, a.until)->overlaps(*parse_validity(b.since, b.until));
  };
  std::vector<std::size_t> set_of(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) set_of[i] = i;
  for (std::size_t round = 0; round < edges.size(); ++round)
    for (std::size_t i = 0; i < edges.size(); ++i)
      for (std::size_t j = 0; j < edges.size(); ++j)
        if (rival(edges[i], edges[j])) set_of[i] = set_of[j] = std::min(set_of[i], set_of[j]);
  std::map<std::size_t, std::set<std::size_t>> sets;
  for (std::size_t i = 0; i < edges.size(); ++i) sets[set_of[i]].insert(i);
  std::set<std::set<std::size_t>> out;
  for (const auto& [first, members] : sets)
    if (members.size() > 1) out.insert(members);
  return out;
}

TEST(Claims, AgreeWithTheirDefinitionOnRandomEdges) {
  Facts facts;
  Claims claims(session_of(facts));
  std::mt19937 random = test::seeded(7);
  const auto pick = [&](std::initializer_list<const char*> from) { return std::data(from)[random() % from.size()]; };
  for (int round = 0; round < 300; ++round) {
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i) {
      Edge edge = claim("e", 0.5);
      edge.id += std::to_string(i);
      edge.from = pick({"a", "c"});
      edge.market = pick({"", "m"});
      edge.as_of = pick({"", "2024"});
      edge.attributes = pick({"", "", R"({"role":"site"})"});
      const int since = 2018 + static_cast<int>(random() % 5);
      edge.since = random() % 3 == 0 ? "" : std::to_string(since);
      edge.until = random() % 3 == 0 ? "" : std::to_string(since + static_cast<int>(random() % 2));
      edges.push_back(std::move(edge));
    }
    std::set<std::set<std::size_t>> found;
    for (const auto& set : claims.rivals(std::span<const Edge>(edges))) found.emplace(set.begin(), set.end());
    ASSERT_EQ(found, rivals_by_definition(edges)) << "round " << round;
  }
}

Observation figure(const char* id, const char* as_of) {
  Observation out;
  out.id = id;
  out.subject = "a";
  out.indicator = "sales";
  out.value = Json(1);
  out.as_of = as_of;
  return out;
}

std::string counting(Claims& claims, const std::vector<Observation>& figures) {
  std::string out;
  for (const std::size_t index : claims.counting(figures)) out += figures[index].id + " ";
  return out;
}

TEST(Claims, OfASeriesTheLatestFigureUpToTheDayCounts) {
  Facts facts;
  session_of(facts);
  const std::vector<Observation> figures{figure("f1", "2022"), figure("f2", "2024"), figure("f3", "2025"),
                                         figure("f4", "2026")};
  for (const auto& [day, wanted] : {std::pair("2024-12-31", "f2 "), std::pair("2024-12-30", "f1 "),
                                    std::pair("2025", "f3 "), std::pair("2021", "f1 "), std::pair("2030", "f4 ")}) {
    Claims claims(facts.on(day));
    EXPECT_EQ(counting(claims, figures), wanted) << day;
  }
}

TEST(Claims, AForecastCountsOnlyWhereNothingWasMeasured) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Observation> figures{figure("f1", "2030"), figure("f2", "2031")};
  figures[0].status = Status::forecast;
  EXPECT_EQ(counting(claims, {figures[0]}), "f1 ");
  EXPECT_EQ(counting(claims, figures), "f2 ");
}

TEST(Claims, FiguresOfDifferentUnitsOrItemsAreDifferentSeries) {
  Facts facts;
  Claims claims(session_of(facts));
  std::vector<Observation> figures{figure("f1", "2022"), figure("f2", "2022"), figure("f3", "2022")};
  figures[1].unit = "USD";
  figures[2].item = "x";
  EXPECT_EQ(counting(claims, figures), "f1 f2 f3 ");
}

TEST(Claims, TheDayOfAFigureIsTheLastOfItsDateOrPeriod) {
  EXPECT_EQ(to_string(*figure_day(figure("f", "2024-02"))), "2024-02-29");
  Observation period = figure("f", "");
  period.since = "2020";
  period.until = "2023";
  EXPECT_EQ(to_string(*figure_day(period)), "2023-12-31");
  EXPECT_EQ(figure_period(period), "2020 – 2023");
  EXPECT_FALSE(figure_day(figure("f", "")).has_value());
}

}  // namespace
}  // namespace chokepoint
