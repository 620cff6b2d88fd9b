#include "chokepoint/snapshot/snapshot.hpp"

#include "chokepoint/model/error.hpp"
#include "tests/support/graph_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::arc;
using test::GraphFixture;
using test::vertex;

std::vector<std::int64_t> out_keys(const Snapshot& snapshot, std::string_view id) {
  std::vector<std::int64_t> keys;
  const auto [first, last] = snapshot.out_edges(vertex(snapshot, id));
  for (Arc e = first; e < last; ++e) keys.push_back(snapshot.columns().edge_key[e]);
  return keys;
}

std::vector<std::int64_t> in_keys(const Snapshot& snapshot, std::string_view id) {
  std::vector<std::int64_t> keys;
  for (const Arc e : snapshot.in_edges(vertex(snapshot, id))) keys.push_back(snapshot.columns().edge_key[e]);
  return keys;
}

TEST(Snapshot, NumbersNodesInBytewiseOrderOfTheirIds) {
  GraphFixture g;
  g.nodes("firm", {"b", "a", "a1", "Z", "a-1"});
  const auto snapshot = g.build();
  EXPECT_EQ(test::ids(*snapshot, {0, 1, 2, 3, 4}), "Z a a-1 a1 b");
  EXPECT_EQ(snapshot->find("a1"), Vertex{3});
  EXPECT_FALSE(snapshot->find("A"));
  EXPECT_FALSE(snapshot->find("zz"));
  EXPECT_FALSE(snapshot->find(""));
}

TEST(Snapshot, OfNothingIsEmpty) {
  const auto snapshot = GraphFixture().build();
  EXPECT_EQ(snapshot->vertex_count(), 0U);
  EXPECT_EQ(snapshot->edge_count(), 0U);
  EXPECT_FALSE(snapshot->find("a"));
}

TEST(Snapshot, SortsEdgesByFromTypeToIdAndInEdgesByFrom) {
  GraphFixture g;
  g.edge("b", "requires", "c");                  // 1
  g.edge("a", "requires", "c").id = "z";         // 2
  g.edge("a", "requires", "c").id = "y";         // 3
  g.edge("a", "requires", "b");                  // 4
  g.edge("a", "uses", "b");                      // 5
  g.edge("a", "variant-of", "c");                // 6, requires < variant-of < uses in the ontology's order
  const auto snapshot = g.build();
  EXPECT_EQ(out_keys(*snapshot, "a"), (std::vector<std::int64_t>{4, 3, 2, 6, 5}));
  EXPECT_EQ(out_keys(*snapshot, "b"), (std::vector<std::int64_t>{1}));
  EXPECT_TRUE(out_keys(*snapshot, "c").empty());
  EXPECT_EQ(in_keys(*snapshot, "c"), (std::vector<std::int64_t>{3, 2, 6, 1}));
  EXPECT_EQ(in_keys(*snapshot, "b"), (std::vector<std::int64_t>{4, 5}));
}

TEST(Snapshot, KeepsEveryColumnOfAnEdge) {
  GraphFixture g;
  auto& edge = g.edge("a", "restricts", "b");
  edge.item = g.key("i");
  edge.market = g.key("m");
  edge.origin = g.key("o");
  edge.share = 0.6;
  edge.performance = 1.5;
  edge.confidence = 0.25;
  edge.amount = 1e12;
  edge.since = "2024";
  edge.until = "2025-06";
  edge.as_of = "2024-02";
  edge.source_date = "2023-05-04";
  edge.bound = Bound::at_least;
  edge.status = Status::estimated;
  edge.significance = Significance::minor;
  edge.mode = 2;
  edge.group = "g";
  edge.k = 3;
  const auto snapshot = g.build();
  const SnapshotColumns& c = snapshot->columns();
  EXPECT_EQ(snapshot->id(c.item[0]), "i");
  EXPECT_EQ(snapshot->id(c.market[0]), "m");
  EXPECT_EQ(snapshot->id(c.origin[0]), "o");
  EXPECT_EQ(snapshot->share(0), 0.6);
  EXPECT_EQ(c.performance[0], 1.5F);
  EXPECT_EQ(c.confidence[0], 0.25F);
  EXPECT_EQ(c.amount[0], 1e12);
  EXPECT_EQ(c.valid_from[0], Date::from_ymd(2024, 1, 1).days);
  EXPECT_EQ(c.valid_to[0], Date::from_ymd(2025, 7, 1).days);
  EXPECT_EQ(c.as_of[0], Date::from_ymd(2024, 2, 29).days);
  EXPECT_EQ(c.source_day[0], Date::from_ymd(2023, 5, 4).days);
  EXPECT_EQ(c.bound[0], static_cast<std::uint8_t>(Bound::at_least));
  EXPECT_EQ(c.status[0], static_cast<std::uint8_t>(Status::estimated));
  EXPECT_EQ(c.significance[0], static_cast<std::uint8_t>(Significance::minor));
  EXPECT_EQ(c.mode[0], 2U);
  EXPECT_EQ(snapshot->group_name(0), "g");
  EXPECT_EQ(c.k[0], 3U);
  EXPECT_EQ(snapshot->role(0), Role::restrict);
}

TEST(Snapshot, UnknownIsNeitherZeroNorADay) {
  GraphFixture g;
  g.edge("a", "requires", "b");
  const auto snapshot = g.build();
  const SnapshotColumns& c = snapshot->columns();
  EXPECT_TRUE(std::isnan(snapshot->share(0)));
  EXPECT_TRUE(std::isnan(c.performance[0]));
  EXPECT_TRUE(std::isnan(c.confidence[0]));
  EXPECT_TRUE(std::isnan(c.amount[0]));
  EXPECT_EQ(c.item[0], no_vertex);
  EXPECT_EQ(c.valid_from[0], day_open_from);
  EXPECT_EQ(c.valid_to[0], day_open_to);
  EXPECT_EQ(c.as_of[0], day_open_from);
  EXPECT_EQ(snapshot->group_name(0), "");
}

TEST(Snapshot, TakesALayerFromTheTypeUnlessTheNodeNamesOne) {
  GraphFixture g;
  g.node("a", "group");
  g.node("b", "group").layer = Layer::place;
  g.node("c", "chip");
  const auto snapshot = g.build();
  EXPECT_EQ(snapshot->layer(0), Layer::actor);
  EXPECT_EQ(snapshot->layer(1), Layer::place);
  EXPECT_EQ(snapshot->layer(2), Layer::none);
}

TEST(Snapshot, GivesSharesBackAsTheyWereWritten) {
  GraphFixture g;
  std::vector<double> shares;
  for (int i = 0; i <= 1000; ++i) shares.push_back(i / 1000.0);
  for (std::size_t i = 0; i < shares.size(); ++i) g.edge("f" + std::to_string(i), "produces", "x").share = shares[i];
  const auto snapshot = g.build();
  for (std::size_t i = 0; i < shares.size(); ++i) {
    EXPECT_EQ(snapshot->share(arc(*snapshot, static_cast<std::int64_t>(i) + 1)), shares[i]);
  }
}

TEST(Snapshot, GivesClaimsOnOneFactOneNumber) {
  GraphFixture g;
  g.edge("a", "supplies", "b").item = g.key("x");                                                  // 1
  g.edge("a", "supplies", "b").item = g.key("y");                                                  // 2
  auto& third = g.edge("a", "supplies", "b");                                                      // 3 as 1
  third.item = g.key("x");
  third.share = 0.5;
  third.as_of = "2024";
  auto& fourth = g.edge("a", "supplies", "b");                                                     // 4: another unit
  fourth.item = g.key("x");
  fourth.unit = "USD";
  auto& fifth = g.edge("a", "supplies", "b");                                                      // 5: another market
  fifth.item = g.key("x");
  fifth.market = g.key("m");
  auto& sixth = g.edge("a", "supplies", "b");                                                      // 6: another group
  sixth.item = g.key("x");
  sixth.group = "g";
  auto& seventh = g.edge("a", "supplies", "b");                                                    // 7: another origin
  seventh.item = g.key("x");
  seventh.origin = g.key("o");
  g.edge("a", "produces", "b").item = g.key("x");                                                  // 8: another type
  const auto snapshot = g.build();
  const auto claim = [&](std::int64_t key) { return snapshot->columns().claim[arc(*snapshot, key)]; };
  EXPECT_EQ(claim(1), claim(3));
  for (const std::int64_t other : {2, 4, 5, 6, 7, 8}) EXPECT_NE(claim(1), claim(other)) << other;
  EXPECT_EQ(claim(1), std::min(arc(*snapshot, 1), arc(*snapshot, 3)));
}

TEST(Snapshot, DoesNotDependOnTheOrderOfItsInput) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    struct Plan {
      std::string id, from, to;
      std::string type;
    };
    std::vector<Plan> plans;
    std::vector<std::string> nodes;
    for (int i = 0; i < 8; ++i) nodes.push_back("n" + std::to_string(i));
    for (int i = 0; i < 20; ++i) {
      plans.push_back({"id" + std::to_string(i), nodes[random() % 8], nodes[random() % 8],
                       random() % 2 == 0 ? "requires" : "variant-of"});
    }
    const auto describe = [&] {
      GraphFixture g;
      g.nodes("product", nodes);
      for (const auto& plan : plans) g.edge(plan.from, plan.type, plan.to).id = plan.id;
      const auto snapshot = g.build();
      std::string text;
      for (Arc e = 0; e < snapshot->edge_count(); ++e) {
        const auto& plan = plans[static_cast<std::size_t>(snapshot->columns().edge_key[e] - 1)];
        text += plan.id + ' ' + std::to_string(snapshot->columns().claim[e]) + '\n';
      }
      for (const Arc e : snapshot->columns().in_arc) text += std::to_string(e) + ' ';
      return text;
    };
    const std::string before = describe();
    std::shuffle(plans.begin(), plans.end(), random);
    std::shuffle(nodes.begin(), nodes.end(), random);
    EXPECT_EQ(describe(), before);
  }
}

TEST(SnapshotBuilder, RefusesEdgesToNodesThatWereNotHandedOver) {
  GraphFixture g;
  g.edge("a", "requires", "b").to = 77;
  EXPECT_THROW((void)g.build(), SchemaError);
  GraphFixture h;
  h.edge("a", "requires", "b").item = 77'000'000;
  EXPECT_THROW((void)h.build(), SchemaError);
}

TEST(SnapshotBuilder, RefusesTwoNodesWithOneIdOrKey) {
  GraphFixture g;
  g.node("a", "firm");
  g.node("a", "firm");
  EXPECT_THROW((void)g.build(), SchemaError);
  GraphFixture h;
  h.node("a", "firm");
  h.node("b", "firm").key = 1;
  EXPECT_THROW((void)h.build(), SchemaError);
}

TEST(SnapshotBuilder, RefusesTextsThatAreNoDates) {
  GraphFixture g;
  g.edge("a", "requires", "b").as_of = "2024-13";
  EXPECT_THROW((void)g.build(), SchemaError);
  GraphFixture h;
  h.node("a", "firm").since = "soon";
  EXPECT_THROW((void)h.build(), SchemaError);
}

TEST(SnapshotBuilder, TakesKeysFarApartAndNegativeOnes) {
  GraphFixture g;
  g.node("a", "firm").key = std::int64_t{1} << 60;
  g.node("b", "firm").key = -5;
  auto& edge = g.edge("a", "supplies", "b");
  edge.from = std::int64_t{1} << 60;
  edge.to = -5;
  const auto snapshot = g.build();
  EXPECT_EQ(snapshot->columns().from[0], vertex(*snapshot, "a"));
  EXPECT_EQ(snapshot->columns().to[0], vertex(*snapshot, "b"));
}

}  // namespace
}  // namespace chokepoint
