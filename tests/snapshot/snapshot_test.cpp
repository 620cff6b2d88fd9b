#include "chokepoint/snapshot/snapshot.hpp"

#include "chokepoint/support/error.hpp"
#include "tests/support/graph_fixture.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <tuple>
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
  g.edge("b", "requires", "c");           // 1
  g.edge("a", "requires", "c").id = "z";  // 2
  g.edge("a", "requires", "c").id = "y";  // 3
  g.edge("a", "requires", "b");           // 4
  g.edge("a", "uses", "b");               // 5
  g.edge("a", "variant-of", "c");         // 6, requires < variant-of < uses in the ontology's order
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

TEST(Snapshot, HoldsAColumnOfEqualValuesAsOneValue) {
  GraphFixture g;
  g.edge("a", "requires", "b");
  g.edge("a", "requires", "c");
  auto& last = g.edge("b", "requires", "c");
  EXPECT_TRUE(g.build()->columns().amount.is_constant());
  EXPECT_TRUE(g.build()->columns().k.is_constant());
  last.amount = 7;  // the others are filled up once one differs
  const auto snapshot = g.build();
  const SnapshotColumns& c = snapshot->columns();
  EXPECT_FALSE(c.amount.is_constant());
  EXPECT_TRUE(std::isnan(c.amount[0]) && std::isnan(c.amount[1]));
  EXPECT_EQ(c.amount[2], 7);
  EXPECT_TRUE(c.k.is_constant());
  EXPECT_EQ(c.k.size(), 3U);
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
  g.edge("a", "supplies", "b").item = g.key("x");  // 1
  g.edge("a", "supplies", "b").item = g.key("y");  // 2
  auto& third = g.edge("a", "supplies", "b");      // 3 as 1
  third.item = g.key("x");
  third.share = 0.5;
  third.as_of = "2024";
  auto& fourth = g.edge("a", "supplies", "b");  // 4: another unit
  fourth.item = g.key("x");
  fourth.unit = "USD";
  auto& fifth = g.edge("a", "supplies", "b");  // 5: another market
  fifth.item = g.key("x");
  fifth.market = g.key("m");
  auto& sixth = g.edge("a", "supplies", "b");  // 6: another group
  sixth.item = g.key("x");
  sixth.group = "g";
  auto& seventh = g.edge("a", "supplies", "b");  // 7: another origin
  seventh.item = g.key("x");
  seventh.origin = g.key("o");
  g.edge("a", "produces", "b").item = g.key("x");  // 8: another type
  auto& ninth = g.edge("a", "supplies", "b");      // 9: another role
  ninth.item = g.key("x");
  ninth.role = "broker";
  const auto snapshot = g.build();
  const auto claim = [&](std::int64_t key) { return snapshot->columns().claim[arc(*snapshot, key)]; };
  EXPECT_EQ(claim(1), claim(3));
  for (const std::int64_t other : {2, 4, 5, 6, 7, 8, 9}) EXPECT_NE(claim(1), claim(other)) << other;
  EXPECT_EQ(claim(1), std::min(arc(*snapshot, 1), arc(*snapshot, 3)));
}

TEST(Snapshot, KeepsASeatAndASiteApart) {
  GraphFixture g;
  g.nodes("firm", {"a"}).nodes("country", {"c"});
  g.edge("a", "located-in", "c");            // 1: a seat, as where no role is stated
  g.edge("a", "located-in", "c").mode = 1;   // 2: a site
  g.edge("a", "located-in", "c").share = 1;  // 3 as 1
  const auto snapshot = g.build();
  const auto claim = [&](std::int64_t key) { return snapshot->columns().claim[arc(*snapshot, key)]; };
  EXPECT_EQ(claim(1), claim(3));
  EXPECT_NE(claim(1), claim(2));
}

TEST(Snapshot, DoesNotDependOnTheOrderOfItsInput) {
  std::mt19937 random = test::seeded(7);
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

/// The id of an edge as it is shown.
std::string shown_id(const SnapshotEdgeView& edge) {
  if (!edge.id.empty()) return std::string(edge.id);
  std::string digits = "0000000000000000";
  std::uint64_t rest = edge.hash;
  for (std::size_t i = 16; i-- > 0; rest /= 16) digits[i] = "0123456789abcdef"[rest % 16];
  return digits;
}

TEST(SnapshotBuilder, SortsParallelEdgesByTheirIdsGivenOrNot) {
  std::mt19937_64 random(17);
  int parallel = 0;
  for (int round = 0; round < 300; ++round) {
    // Keys of nodes run with their ids, against them, or as they like.
    std::vector<std::int64_t> keys{1, 2, 3, 4, 5};
    if (round % 3 == 1) std::reverse(keys.begin(), keys.end());
    if (round % 3 == 2) std::shuffle(keys.begin(), keys.end(), random);
    if (round % 7 == 6) keys[random() % 5] = (std::int64_t{1} << 40) + round;
    const std::vector<std::string> ids{"a", "b", "c", "d", "e"};
    SnapshotBuilder builder(test::standard_ontology());
    if (round % 2 == 0) builder.reserve(random() % 10, random() % 100);
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    if (round % 5 == 4) std::shuffle(order.begin(), order.end(), random);
    for (const std::size_t v : order)
      builder.add(SnapshotNodeView{.id = ids[v], .key = keys[v], .since = {}, .until = {}});
    const std::size_t m = random() % 40;
    std::vector<std::string> given(m);
    std::vector<SnapshotEdgeView> edges(m);
    for (std::size_t e = 0; e < m; ++e) {
      // Some given ids look like hashes.
      if (random() % 3 == 0) given[e] = (random() % 2 == 0 ? "0123456789abcd" : "id") + std::to_string(10 + e);
      edges[e].id = given[e];
      edges[e].hash = random() % 4 == 0 ? 0x0123456789abcda8ULL - e : random();
      edges[e].key = static_cast<std::int64_t>(e) + 1;
      edges[e].type = static_cast<std::uint16_t>(random() % 2);
      edges[e].from = keys[random() % 2];
      edges[e].to = keys[3 + random() % 2];
      if (random() % 2 == 0) edges[e].share = 1.0 / static_cast<double>(1 + random() % 9);
      if (random() % 5 == 0) edges[e].item = keys[random() % 5];
    }
    // As a store hands them over, or in any order.
    const auto by_keys = [](const SnapshotEdgeView& a, const SnapshotEdgeView& b) {
      return std::tie(a.from, a.type, a.to, a.key) < std::tie(b.from, b.type, b.to, b.key);
    };
    if (round % 4 != 3) std::sort(edges.begin(), edges.end(), by_keys);
    for (const SnapshotEdgeView& edge : edges) builder.add(edge);
    const auto snapshot = std::move(builder).build();

    const auto number = [&](std::int64_t key) {
      return static_cast<Vertex>(std::find(keys.begin(), keys.end(), key) - keys.begin());
    };
    const auto rank = [&](const SnapshotEdgeView& e) { return std::tuple(number(e.from), e.type, number(e.to)); };
    std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
      if (rank(a) == rank(b)) ++parallel;
      return rank(a) != rank(b) ? rank(a) < rank(b) : shown_id(a) < shown_id(b);
    });
    const SnapshotColumns& c = snapshot->columns();
    ASSERT_EQ(snapshot->edge_count(), m);
    for (std::size_t e = 0; e < m; ++e) {
      ASSERT_EQ(c.edge_key[e], edges[e].key) << round;
      EXPECT_EQ(std::tuple(c.from[e], c.edge_type[e], c.to[e]), rank(edges[e]));
      EXPECT_EQ(c.item[e], edges[e].item == 0 ? no_vertex : number(edges[e].item));
      EXPECT_EQ(std::isnan(c.share[e]), !edges[e].share);
      if (edges[e].share) {
        EXPECT_EQ(c.share[e], static_cast<float>(*edges[e].share));
      }
    }
    for (Vertex v = 0; v < 5; ++v) EXPECT_EQ(c.node_key[v], keys[v]);
  }
  EXPECT_GT(parallel, 1000);
}

TEST(SnapshotBuilder, FindsNamesInWhateverOrderTheyCome) {
  std::mt19937 random = test::seeded(19);
  for (int round = 0; round < 100; ++round) {
    SnapshotBuilder builder(test::standard_ontology());
    const std::size_t n = 1 + random() % 300;
    std::vector<std::size_t> order;
    for (std::size_t v = 0; v < n; ++v) {
      const auto key = static_cast<std::int64_t>(v) + 1;
      builder.add(SnapshotNode{.id = std::to_string(1000 + v), .key = key, .since = {}, .until = {}});
      for (std::size_t i = random() % 3; i > 0; --i) order.push_back(v);
    }
    order.push_back(0);
    if (round % 2 == 0) std::shuffle(order.begin(), order.end(), random);
    std::vector<std::vector<std::string>> names(n);
    for (const std::size_t v : order) {
      names[v].push_back("name" + std::to_string(random() % 50));
      builder.add_name(static_cast<std::int64_t>(v) + 1, {NodeName::Kind::alias, "", names[v].back()}, names[v].back());
    }
    const auto snapshot = std::move(builder).build();
    for (std::size_t v = 0; v < n; ++v) {
      std::vector<std::string> found;
      for (const NodeName& name : snapshot->names(static_cast<Vertex>(v))) found.emplace_back(name.text);
      EXPECT_EQ(found, names[v]);
      EXPECT_EQ(snapshot->named(std::to_string(1000 + v)), std::vector{static_cast<Vertex>(v)});
    }
    const SnapshotColumns& c = snapshot->columns();
    EXPECT_TRUE(std::is_sorted(c.name_hash.begin(), c.name_hash.end()));
    for (std::size_t i = 1; i < c.name_hash.size(); ++i) {
      EXPECT_TRUE(c.name_hash[i - 1] != c.name_hash[i] || c.name_node[i - 1] < c.name_node[i]);
    }
    for (int name = 0; name < 50; ++name) {
      const std::string text = "name" + std::to_string(name);
      std::vector<Vertex> bearers;
      for (std::size_t v = 0; v < n; ++v)
        if (std::count(names[v].begin(), names[v].end(), text) > 0) bearers.push_back(static_cast<Vertex>(v));
      EXPECT_EQ(snapshot->named(text), bearers);
    }
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
