// What `rank --by stops` lists, and what it carries into exports. That its numbers are those of `whatif` for every node
// of larger graphs: removal_impact_test.cpp and rank_stops_check.py.

#include "chokepoint/present/rank.hpp"

#include "tests/query/facts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::Facts;
using test::pluck;
using test::scanner_and_resist_facts;

RankParams stops(std::vector<std::string> types = {}) {
  RankParams params;
  params.by = "stops";
  params.types = std::move(types);
  params.threads = 2;
  return params;
}

Answer ranked(Session& session, const RankParams& params) { return rank_answer(session, rank_nodes(session, params)); }

TEST(RankByStops, TellsAllOfFromAnyOf) {
  Facts facts = scanner_and_resist_facts();
  const Answer answer = ranked(facts.on("2025"), stops());
  EXPECT_EQ(pluck(answer.result, "id"), "jp nl asml resist scanner") << "either of jsr and tok will do";
  EXPECT_EQ(pluck(answer.result, "value"), "4 3 2 1 1");
  EXPECT_EQ(pluck(answer.result, "value_all"), "4 3 2 1 1");
  EXPECT_EQ(answer.tables.front().columns.size(), 4U) << "columns that tell nothing are left out";
  const Answer firms = ranked(facts.on("2025"), stops({"firm", "chip"}));
  EXPECT_EQ(pluck(firms.result, "id"), "asml");
  EXPECT_EQ(pluck(firms.result, "value"), "2");
}

TEST(RankByStops, JudgesPlacesByTheRowsOfPlaces) {
  Facts facts = scanner_and_resist_facts();
  facts.node("country", "de").edge("nl", "produces", "scanner", R"("share":0.6)");
  facts.edge("de", "produces", "scanner", R"("share":0.4)");
  const Answer answer = ranked(facts.on("2025"), stops());
  EXPECT_EQ(pluck(answer.result, "id"), "jp asml nl resist scanner");
  EXPECT_EQ(pluck(answer.result, "value"), "4 2 1 1 1") << "without nl asml is gone, and de still makes scanners";
}

TEST(RankByStops, SeesDerivedFactsAsWhatIfDoes) {
  Facts facts = scanner_and_resist_facts();
  facts.node("firm", "rest").edge("rest", "produces", "scanner", R"("status":"derived")");
  EXPECT_EQ(pluck(ranked(facts.on("2025"), stops({"firm"})).result, "id"), "");
  EXPECT_EQ(pluck(ranked(facts.on("2025"), stops({"country"})).result, "value"), "4 1");
}

TEST(RankByStops, LeavesOutWhatNobodyCanRemove) {
  Facts facts;
  facts.node("firm", "maker").node("group", "others", R"("attributes":{"layer":"place"})").node("chip", "chip");
  facts.node("material", "gas").edge("others", "produces", "gas").edge("chip", "requires", "gas");
  EXPECT_EQ(pluck(ranked(facts.on("2025"), stops()).result, "id"), "gas");
}

TEST(RankByStops, ShowsBothReadingsAndDeliveriesWhereTheyTellMore) {
  Facts facts;
  facts.node("country", "cn").node("firm", "maker").node("firm", "lab").node("chip", "gpu");
  facts.node("equipment", "tool").node("equipment", "old").node("equipment", "new").node("firm", "user");
  facts.edge("lab", "located-in", "cn").edge("lab", "requires", "gpu").edge("maker", "produces", "gpu");
  facts.edge("maker", "supplies", "cn", R"("item":"gpu","share":1)");
  facts.edge("old", "variant-of", "tool").edge("new", "variant-of", "tool").edge("user", "requires", "tool");
  const Answer answer = ranked(facts.on("2025"), stops());
  EXPECT_EQ(pluck(answer.result, "id"), "maker gpu cn tool new old");
  EXPECT_EQ(pluck(answer.result, "value"), "2 1 1 1 0 0");
  EXPECT_EQ(pluck(answer.result, "value_all"), "2 1 1 1 2 2");
  EXPECT_EQ(pluck(answer.result, "flows"), "1 1 0 0 0 0");
  const Table& table = answer.tables.front();
  ASSERT_EQ(table.columns.size(), 6U);
  EXPECT_EQ(table.columns[3].key, "value_all");
  EXPECT_EQ(table.columns[4].key, "flows");
  ASSERT_TRUE(answer.subgraph);
  const Subgraph subgraph = answer.subgraph();
  for (const char* name : {"stops", "stops_all", "stops_flows", "stops_flows_all"}) {
    ASSERT_TRUE(subgraph.columns.by_name.contains(name)) << name;
    EXPECT_EQ(subgraph.columns.by_name.at(name).size(), subgraph.vertices.size());
  }
}

}  // namespace
}  // namespace chokepoint
