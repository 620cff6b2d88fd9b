#include "chokepoint/present/depends.hpp"

#include "chokepoint/query/depends.hpp"
#include "chokepoint/support/error.hpp"
#include "present/dependencies/dependency_tree.hpp"
#include "tests/query/facts.hpp"
#include "tests/support/fact_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace chokepoint {
namespace {

using test::Facts;
using test::pluck;

/// chip needs scanner AND resist; scanner from asml, resist from jsr OR tok, all with seats.
Facts chip_facts() {
  Facts facts;
  facts.node("chip", "chip").node("equipment", "scanner").node("material", "resist");
  for (const char* firm : {"asml", "jsr", "tok"}) facts.node("firm", firm);
  for (const char* country : {"nl", "jp"}) facts.node("country", country);
  facts.edge("chip", "requires", "scanner").edge("chip", "requires", "resist");
  facts.edge("asml", "produces", "scanner").edge("jsr", "produces", "resist").edge("tok", "produces", "resist");
  facts.edge("asml", "located-in", "nl").edge("jsr", "located-in", "jp").edge("tok", "located-in", "jp");
  return facts;
}

Answer depends(Session& session, const char* node, bool soft = false) {
  DependsParams params;
  params.node = node;
  params.soft = soft;
  return depends_answer(session, params);
}

/// `rule k/n` of the group of that node and edge type.
std::string rule_of(const Answer& answer, const std::string& of, const std::string& type) {
  std::string out;
  for (const Json& group : answer.result.find("groups")->as_array())
    if (group.find("of")->as_string() == of && group.find("type")->as_string() == type)
      out += group.find("rule")->as_string() + " " + to_text(*group.find("k")) + "/" + to_text(*group.find("n")) + ";";
  return out;
}

TEST(Depends, ListsNodesByTierThenId) {
  Facts facts = chip_facts();
  const Answer answer = depends(facts.on("2025"), "chip");
  EXPECT_EQ(pluck(*answer.result.find("nodes"), "id"), "resist scanner asml jsr tok jp nl");
  EXPECT_EQ(pluck(*answer.result.find("nodes"), "tier"), "1 1 2 2 2 3 3");
  EXPECT_FALSE(answer.negative);
}

TEST(Depends, MarksAllOfAndAnyOf) {
  Facts facts = chip_facts();
  const Answer answer = depends(facts.on("2025"), "chip");
  EXPECT_EQ(rule_of(answer, "chip", "requires"), "all 2/2;");
  EXPECT_EQ(rule_of(answer, "resist", "produces"), "any 1/2;");
  EXPECT_EQ(rule_of(answer, "scanner", "produces"), "any 1/1;");
}

TEST(Depends, CountsMembersThatTheWalkDidNotComeTo) {
  Facts facts = chip_facts();
  DependsParams params;
  params.node = "jsr";
  params.dependents = true;
  const Answer answer = depends_answer(facts.on("2025"), params);
  EXPECT_EQ(pluck(*answer.result.find("nodes"), "id"), "resist chip");
  EXPECT_EQ(rule_of(answer, "resist", "produces"), "any 1/2;");
  EXPECT_EQ(rule_of(answer, "chip", "requires"), "all 2/2;");
}

TEST(Depends, MarksAlternativesVariantsSitesAndSoftOnes) {
  Facts facts;
  facts.node("product", "p").node("product", "q").node("firm", "f").node("firm", "maker");
  for (const char* thing : {"x", "y", "z", "generic", "v1", "v2"}) facts.node("product", thing);
  for (const char* place : {"us", "cn", "jp"}) facts.node("country", place);
  for (const char* thing : {"x", "y", "z"}) facts.edge("p", "requires", thing, R"("group":"g","k":2)");
  facts.edge("p", "requires", "generic");
  facts.edge("v1", "variant-of", "generic").edge("v2", "variant-of", "generic");
  facts.edge("f", "located-in", "us", R"("attributes":{"role":"site"})");
  facts.edge("f", "located-in", "cn", R"("attributes":{"role":"site"})").edge("f", "located-in", "jp");
  facts.edge("f", "uses", "p").edge("maker", "supplies", "f");
  facts.edge("maker", "develops", "q").node("product", "open", R"("attributes":{"released":true})");
  facts.edge("maker", "develops", "open");
  Session& session = facts.on("2025");
  Answer answer = depends(session, "f", true);
  EXPECT_EQ(rule_of(answer, "p", "requires"), "all 1/1;k-of-n 2/3;");
  EXPECT_EQ(rule_of(answer, "generic", "variant-of"), "choice 1/2;");
  EXPECT_EQ(rule_of(answer, "f", "located-in"), "all 1/1;any 1/2;");
  EXPECT_EQ(rule_of(answer, "f", "uses"), "soft 0/1;");
  // A flow without an item says nothing hard.
  EXPECT_EQ(rule_of(answer, "f", "supplies"), "soft 0/1;");
  EXPECT_EQ(rule_of(depends(session, "q"), "q", "develops"), "any 1/1;");
  EXPECT_EQ(rule_of(depends(session, "open", true), "open", "develops"), "soft 0/1;");
  EXPECT_EQ(rule_of(depends(session, "open"), "open", "develops"), "");
}

TEST(Depends, CountsWithoutReadingEdges) {
  Facts facts = chip_facts();
  DependsParams params;
  params.node = "chip";
  const Answer answer = depends_answer(facts.on("2025"), params, {.count = true});
  EXPECT_EQ(answer.result.find("edges"), nullptr);
  const Json& counts = *answer.result.find("counts");
  EXPECT_EQ(to_text(*counts.find("nodes")), "7");
  EXPECT_EQ(pluck(*counts.find("tiers"), "count"), "2 3 2");
  EXPECT_EQ(pluck(*counts.find("types"), "type"), "country firm material equipment");
}

TEST(Depends, GivesProgramsVerticesGroupsAndWhatStopsIt) {
  Facts facts = chip_facts();
  const DependsResult found = follow_dependencies(facts.on("2025"), {.node = "chip", .stops = true});
  const Snapshot& snapshot = found.snapshot();
  const auto ids = [&](const auto& vertices) {
    std::string out;
    for (const Vertex v : vertices) out += (out.empty() ? "" : " ") + std::string(snapshot.id(v));
    return out;
  };
  ASSERT_TRUE(found.stops.has_value());
  EXPECT_EQ(ids(found.stops->alone), "asml jp nl resist scanner");
  ASSERT_EQ(found.stops->pairs.size(), 1U);
  EXPECT_EQ(ids(found.stops->pairs.front()), "jsr tok");
  EXPECT_EQ(found.edges.size(), found.report.arcs.size());
  const DependsCounts counts = count_nodes(found);
  EXPECT_EQ(counts.nodes, 7U);
  ASSERT_EQ(counts.tiers.size(), 3U);
  EXPECT_EQ(counts.tiers[1].count, 3U);
  const auto resist = std::ranges::find(found.groups, snapshot.find("resist").value(), &DependencyGroup::dependent);
  ASSERT_NE(resist, found.groups.end());
  EXPECT_EQ(resist->rule, MemberRule::any);
  EXPECT_EQ(resist->members, 2U);
  const DependsResult nodes = follow_dependencies(facts.on("2025"), {.node = "chip", .edges = false});
  EXPECT_EQ(nodes.nodes(), found.nodes());
  EXPECT_TRUE(nodes.edges.empty() && nodes.groups.empty() && !nodes.stops);
}

TEST(Depends, FiltersTypesByLabelOfAnyLanguageButWalksThroughTheOthers) {
  Facts facts = chip_facts();
  DependsParams params;
  params.node = "chip";
  params.types = {"国家"};
  const Answer answer = depends_answer(facts.on("2025"), params);
  EXPECT_EQ(pluck(*answer.result.find("nodes"), "id"), "jp nl");
  EXPECT_EQ(to_text(*answer.coverage.find("nodes_of_other_types")), "5");
  params.types = {"countri"};
  EXPECT_THROW(depends_answer(facts.on("2025"), params), UsageError);
}

TEST(Depends, LeavesOutFactsThatRestOnASourceAlone) {
  Facts facts = chip_facts();
  facts.source("rumour", "2024").node("firm", "shin");
  facts.edge("shin", "produces", "resist", R"("sources":[{"source":"rumour"}])");
  DependsParams params;
  params.node = "resist";
  EXPECT_NE(pluck(*depends_answer(facts.on("2025"), params).result.find("nodes"), "id").find("shin"),
            std::string::npos);
  params.view.without_sources = {"rumour"};
  EXPECT_EQ(pluck(*depends_answer(facts.on("2025"), params).result.find("nodes"), "id"), "jsr tok jp");
  params.view.without_sources = {"rumor"};
  EXPECT_THROW(depends_answer(facts.on("2025"), params), NotFoundError);
}

TEST(Depends, SaysWhatIsAmbiguousOrUnknown) {
  Facts facts = chip_facts();
  EXPECT_THROW(depends(facts.on("2025"), "chop"), NotFoundError);
}

/// Properties that hold of every answer: each node has an edge to the tier before and none to an earlier one, as far as
/// the edge is its own and not passed on by a generic thing; what supplies a generic thing and none of its variants
/// stands behind its unnamed variant, and what it needs is needed by its variants, both further on. Every edge is in
/// exactly one group.
void expect_consistent(const Answer& answer, bool dependents, const Ontology& ontology) {
  std::map<std::string, std::int64_t> tiers{{answer.result.find("node")->find("id")->as_string(), 0}};
  for (const Json& node : answer.result.find("nodes")->as_array())
    tiers.emplace(node.find("id")->as_string(), *node.find("tier")->to_integer());
  std::map<std::string, std::int64_t> nearest;
  std::multiset<std::string> edges, grouped;
  bool has_passed_on = false, has_variants = false;
  for (const Json& edge : answer.result.find("edges")->as_array()) {
    edges.insert(edge.find("id")->as_string());
    const auto type = *ontology.edge_type(edge.find("type")->as_string());
    const bool from_depends = ontology.edge_types()[type].dependency->from_depends;
    std::string near = edge.find("from")->as_string(), far = edge.find("to")->as_string();
    if (from_depends == dependents) std::swap(near, far);
    if (edge.find("via") != nullptr) {
      has_passed_on = true;
      continue;
    }
    if (edge.find("type")->as_string() == "variant-of") has_variants = true;
    if (!tiers.contains(near) || !tiers.contains(far)) continue;
    const auto [found, is_new] = nearest.try_emplace(far, tiers.at(near));
    if (!is_new) found->second = std::min(found->second, tiers.at(near));
  }
  for (const auto& [id, tier] : tiers) {
    if (tier == 0) continue;
    ASSERT_TRUE(has_passed_on || nearest.contains(id)) << id;
    if (!nearest.contains(id)) continue;
    EXPECT_TRUE(has_passed_on || has_variants || nearest.at(id) + 1 == tier) << id;
  }
  for (const Json& group : answer.result.find("groups")->as_array()) {
    for (const Json& id : group.find("edges")->as_array()) grouped.insert(id.as_string());
    EXPECT_LE(*group.find("k")->to_integer(), *group.find("n")->to_integer());
  }
  EXPECT_EQ(grouped, edges);
}

TEST(Depends, IsConsistentOnRandomGraphs) {
  std::mt19937 random = test::seeded(11);
  constexpr const char* types[] = {"requires", "uses", "produces", "variant-of", "funds", "substitutes"};
  for (int round = 0; round < 60; ++round) {
    Facts facts;
    const std::size_t count = 2 + random() % 8;
    for (std::size_t i = 0; i < count; ++i) {
      facts.node("product", "p" + std::to_string(i));
      facts.node("firm", "f" + std::to_string(i));
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < 3 * count; ++i) {
      const std::string type = types[random() % std::size(types)];
      const bool from_firm = type == "produces" || type == "uses" || type == "funds";
      const std::string from = (from_firm ? "f" : "p") + std::to_string(random() % count);
      const std::string to = "p" + std::to_string(random() % count);
      if (from != to && seen.insert(from + type + to).second) facts.edge(from, type, to);
    }
    Session& session = facts.on("2025");
    for (const bool dependents : {false, true}) {
      DependsParams params;
      params.node = "p0";
      params.dependents = dependents;
      params.asked = random() % 2 == 0;
      params.soft = random() % 2 == 0;
      expect_consistent(depends_answer(session, params), dependents, session.ontology());
    }
  }
}

TEST(DependencyTree, CutsRepeatedSubtrees) {
  Facts facts;
  for (const char* id : {"a", "b", "c", "d", "e"}) facts.node("product", id, R"("labels":{"en":"N"})");
  facts.edge("a", "requires", "b").edge("a", "requires", "c").edge("b", "requires", "d").edge("c", "requires", "d");
  facts.edge("d", "requires", "e").edge("e", "requires", "a");
  DependsParams params;
  params.node = "a";
  const Answer answer = depends_answer(facts.on("2025"), params, {.tree = true});
  const std::vector<std::string> wanted{"N (a)",
                                        "└─ requires all of 2:",
                                        "   ├─ ✗ N (b)",
                                        "   │  └─ requires ✗ N (d)",
                                        "   │     └─ requires ✗ N (e)",
                                        "   │        └─ requires N (a) (shown above)",
                                        "   └─ ✗ N (c)",
                                        "      └─ requires ✗ N (d) (shown above)"};
  EXPECT_EQ(answer.drawing, wanted);
}

TEST(DependencyTree, PutsAlternativesAndSeatsOnOneLineAndMarksWhatStopsAlone) {
  Facts facts = chip_facts();
  const Answer answer = depends(facts.on("2025"), "chip");
  const std::vector<std::string> wanted{"chip",
                                        "└─ requires all of 2:",
                                        "   ├─ ✗ resist",
                                        "   │  └─ is produced by any of 2: jsr (✗ jp), tok (✗ jp)",
                                        "   └─ ✗ scanner",
                                        "      └─ is produced by ✗ asml, the only one recorded · ✗ nl"};
  EXPECT_EQ(answer.drawing, wanted);
  const std::vector<std::string> heading{
      "chip: nodes it depends on: 7, tiers: 3", "✗ places that stop it alone (2): jp, nl",
      "✗ actors that stop it alone (1): asml", "✗ things that stop it alone (2): scanner (asml), resist (jp)"};
  EXPECT_EQ(answer.heading, heading);
  ASSERT_FALSE(answer.remarks.empty());
  EXPECT_EQ(answer.remarks.front(), "cut sets of one: 5, of two: 1 (jsr + tok); `chokepoints chip` lists them");
}

TEST(DependencyTree, OfDependentsMarksWhatStopsWithoutTheNode) {
  Facts facts = chip_facts();
  DependsParams params;
  params.node = "jsr";
  params.dependents = true;
  const std::vector<std::string> survives{"jsr", "└─ produces as one of 2: resist", "   └─ is required by: chip"};
  EXPECT_EQ(depends_answer(facts.on("2025"), params).drawing, survives);
  params.node = "asml";
  const std::vector<std::string> stops{"asml", "└─ produces as the only one: ✗ scanner",
                                       "   └─ is required by: ✗ chip"};
  EXPECT_EQ(depends_answer(facts.on("2025"), params).drawing, stops);
}

TEST(DependencyTree, EndsDeepPathsWithoutRecursion) {
  Facts facts;
  constexpr int length = 3000;
  for (int i = 0; i <= length; ++i) facts.node("product", "n" + std::to_string(i));
  for (int i = 0; i < length; ++i) facts.edge("n" + std::to_string(i), "requires", "n" + std::to_string(i + 1));
  DependsParams params;
  params.node = "n0";
  const Answer answer = depends_answer(facts.on("2025"), params, {.tree = true});
  ASSERT_EQ(answer.drawing.size(), 65U);
  EXPECT_TRUE(answer.drawing.back().ends_with(" …")) << answer.drawing.back();
  EXPECT_EQ(answer.result.find("nodes")->as_array().size(), static_cast<std::size_t>(length));
}

}  // namespace
}  // namespace chokepoint
