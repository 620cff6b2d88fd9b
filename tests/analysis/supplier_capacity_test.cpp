#include "chokepoint/analysis/assessment.hpp"
#include "tests/support/situations.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using test::Case;
using test::GraphFixture;

/// Firms that produce one thing, each with its share.
GraphFixture market(const std::vector<std::pair<std::string, double>>& shares) {
  GraphFixture g;
  for (const auto& [firm, share] : shares) {
    g.nodes("firm", {firm});
    SnapshotEdge& edge = g.edge(firm, "produces", "thing");
    if (share >= 0) edge.share = share;
  }
  return g;
}

void expect_interval(const Interval& interval, double low, double high) {
  EXPECT_NEAR(interval.low, low, 1e-9);
  EXPECT_NEAR(interval.high, high, 1e-9);
}

constexpr double unknown = -1;

TEST(SupplierCapacity, SharesAreWrittenNotRounded) {
  Case c(market({{"f", 0.2}, {"g", 0.8}}));
  EXPECT_EQ(c.remove({"g"}).capacity("thing").high, 0.2);
}

TEST(SupplierCapacity, RoundedSumsAreNormalised) {
  Case low(market({{"f", 0.5}, {"g", 0.485}}));
  expect_interval(low.remove({"g"}).capacity("thing"), 0.5 / 0.985, 0.5 / 0.985);
  Case high(market({{"f", 0.55}, {"g", 0.5}}));
  expect_interval(high.remove({"g"}).capacity("thing"), 0.55 / 1.05, 0.55 / 1.05);
  EXPECT_FALSE(high.requirements().group(0).is_rescaled);
}

TEST(SupplierCapacity, LargerSumsAreScaledAndReported) {
  Case c(market({{"f", 0.9}, {"g", 0.6}}));
  expect_interval(c.remove({"f"}).capacity("thing"), 0.4, 0.4);
  EXPECT_EQ(c.requirements().notes().rescaled_groups, std::vector<GroupIndex>{0});
}

TEST(SupplierCapacity, SmallerSumsLeaveAnAnonymousRestThatNeverFails) {
  Case c(market({{"f", 0.9}}));
  EXPECT_EQ(c.groups("thing"), "supplier 1/2: f 0.9 rest 0.1");
  EXPECT_EQ(c.remove({"f"}).impossible(), "f");
  expect_interval(c.capacity("thing"), 0.1, 0.1);
  EXPECT_EQ(c.threshold(0.2).impossible(), "f thing");
  expect_interval(c.capacity("thing"), 0, 0);
}

TEST(SupplierCapacity, RestMayLieInARemovedPlaceWithoutARowOfItsOwn) {
  GraphFixture g;
  g.nodes("country", {"jp", "us", "xx"});
  g.edge("jp", "produces", "resist").share = 0.7;
  g.edge("us", "produces", "resist").share = 0.1;
  Case c(g, {Layer::place, false, {}, {}, {}});
  expect_interval(c.remove({"jp"}).capacity("resist"), 0.3, 0.3);
  expect_interval(c.remove({"xx"}).capacity("resist"), 0.8, 1);
  expect_interval(c.remove({"jp", "xx"}).capacity("resist"), 0.1, 0.3);
  EXPECT_EQ(c.remove({"jp", "us", "xx"}).impossible(), "jp us xx");
}

TEST(SupplierCapacity, UnknownSharesTakeWhatIsOpenInAWayNobodyKnows) {
  Case c(market({{"f", 0.5}, {"g", unknown}, {"h", unknown}}));
  expect_interval(c.remove({"f"}).capacity("thing"), 0.5, 0.5);
  expect_interval(c.remove({"g"}).capacity("thing"), 0.5, 1);
  expect_interval(c.remove({"g", "h"}).capacity("thing"), 0.5, 0.5);
  EXPECT_TRUE(c.requirements().group(0).has_unknown_shares);
  Case none_known(market({{"f", unknown}, {"g", unknown}}));
  expect_interval(none_known.remove({"f"}).capacity("thing"), 0, 1);
}

TEST(SupplierCapacity, NothingIsOpenForUnknownSharesWhenTheKnownOnesFillTheMarket) {
  Case c(market({{"f", 0.99}, {"g", unknown}}));
  EXPECT_EQ(c.remove({"f"}).impossible(), "f");
  expect_interval(c.capacity("thing"), 0, 0);
}

TEST(SupplierCapacity, MinorSuppliersAreNoSubstitutesButTheirShareCounts) {
  GraphFixture g = market({{"f", 0.9}});
  g.nodes("firm", {"late", "later"});
  SnapshotEdge& minor = g.edge("late", "produces", "thing");
  minor.share = 0.1;
  minor.significance = Significance::minor;
  g.edge("later", "produces", "thing").significance = Significance::minor;
  Case c(g);
  EXPECT_EQ(c.groups("thing"), "supplier 1/1: f 0.9 late minor 0.1");
  expect_interval(c.remove({"late"}).capacity("thing"), 0.9, 0.9);
  expect_interval(c.remove({"later"}).capacity("thing"), 1, 1);
  EXPECT_EQ(c.remove({"f"}).impossible(), "f thing");
  Case kept(g, {Layer::actor, true, {}, {}, {}});
  EXPECT_EQ(kept.remove({"f"}).impossible(), "f");
  expect_interval(kept.capacity("thing"), 0.1, 0.1);
}

TEST(SupplierCapacity, AtLeastAndAtMostAreRanges) {
  GraphFixture g = market({{"f", 0.6}, {"g", 0.3}});
  g.nodes("firm", {"h"});
  SnapshotEdge& most = g.edge("h", "produces", "thing");
  most.share = 0.2;
  most.bound = Bound::at_most;
  Case c(g);
  // 0.1 is open: it is h's, or the anonymous rest's.
  expect_interval(c.remove({"h"}).capacity("thing"), 0.9, 1);
  expect_interval(c.remove({"f"}).capacity("thing"), 0.4, 0.4);
  GraphFixture at_least;
  at_least.nodes("firm", {"f", "g"});
  SnapshotEdge& least = at_least.edge("f", "produces", "thing");
  least.share = 0.6;
  least.bound = Bound::at_least;
  at_least.edge("g", "produces", "thing").share = 0.1;
  Case d(at_least);
  expect_interval(d.remove({"f"}).capacity("thing"), 0.1, 0.4);
  expect_interval(d.remove({"g"}).capacity("thing"), 0.9, 0.9);
  EXPECT_EQ(d.remove({"f", "g"}).impossible(), "f g");
}

TEST(SupplierCapacity, RowsByOriginAddUpAndTheRowForTheWholeBeatsThem) {
  GraphFixture g;
  g.nodes("country", {"tw", "us"}).nodes("firm", {"tsmc", "smic"});
  for (const auto& [origin, share] : {std::pair{"tw", 0.5}, std::pair{"us", 0.2}}) {
    SnapshotEdge& edge = g.edge("tsmc", "produces", "chip");
    edge.origin = g.key(origin);
    edge.share = share;
  }
  g.edge("smic", "produces", "chip").share = 0.3;
  Case c(g);
  expect_interval(c.remove({"tsmc"}).capacity("chip"), 0.3, 0.3);
  expect_interval(c.remove({"smic"}).capacity("chip"), 0.7, 0.7);
  g.edge("tsmc", "produces", "chip").share = 0.7;
  EXPECT_EQ(Case(g).groups("chip"), "supplier 1/2: smic 0.3 tsmc 0.7");
}

TEST(SupplierCapacity, SharesOfOneMarketAreNotSharesOfTheWhole) {
  GraphFixture g;
  g.nodes("country", {"cn"}).nodes("firm", {"f", "g"});
  SnapshotEdge& local = g.edge("f", "produces", "thing");
  local.share = 0.9;
  local.market = g.key("cn");
  EXPECT_EQ(Case(g).groups("thing"), "supplier 1/2: f 0.9 rest 0.1");
  g.edge("g", "produces", "thing").share = 0.4;
  EXPECT_EQ(Case(g).groups("thing"), "supplier 1/2: f g 0.4");
  g.edge("f", "produces", "thing").share = 0.6;
  EXPECT_EQ(Case(g).groups("thing"), "supplier 1/2: f 0.6 g 0.4");
}

TEST(SupplierCapacity, AlternativesTakeTheKthBestAndNeedsTheWorst) {
  GraphFixture g = market({{"f", 0.4}, {"g", 0.6}});
  g.edge("plant", "requires", "thing").group = "fuel";
  g.edge("plant", "requires", "coal").group = "fuel";
  for (const std::string input : {"thing", "coal", "gas"}) {
    SnapshotEdge& edge = g.edge("grid", "requires", input);
    edge.group = "two";
    edge.k = 2;
  }
  g.edge("works", "requires", "thing");
  g.edge("works", "requires", "coal");
  Case c(g);
  c.remove({"f"});
  expect_interval(c.capacity("plant"), 1, 1);
  expect_interval(c.capacity("grid"), 1, 1);
  expect_interval(c.capacity("works"), 0.6, 0.6);
  EXPECT_EQ(c.binding("works"), "thing");
  c.remove({"f", "gas"});
  expect_interval(c.capacity("grid"), 0.6, 0.6);
}

TEST(SupplierCapacity, ShortfallsPassOnThroughSuppliers) {
  GraphFixture g = market({{"f", 0.5}, {"g", 0.5}});
  g.edge("g", "requires", "part");
  g.edge("h", "produces", "part").share = 0.4;
  g.nodes("firm", {"i"});
  g.edge("i", "produces", "part").share = 0.6;
  Case c(g);
  expect_interval(c.remove({"i"}).capacity("thing"), 0.7, 0.7);
  EXPECT_EQ(c.binding("thing"), "thing");
  EXPECT_EQ(c.binding("g"), "part");
}

TEST(SupplierCapacity, CycleCountsItsOwnSuppliersAsWholeForHighAndIteratesLow) {
  // power runs the fab that makes half of the controllers that the power plant needs
  GraphFixture g;
  g.nodes("firm", {"fab", "abroad"});
  g.edge("power", "requires", "controllers");
  g.edge("fab", "requires", "power");
  g.edge("fab", "produces", "controllers").share = 0.5;
  g.edge("abroad", "produces", "controllers").share = 0.5;
  Case c(g);
  c.remove({"abroad"});
  expect_interval(c.capacity("power"), 0, 0.5);
  EXPECT_EQ(c.impossible(), "abroad");
  EXPECT_EQ(c.binding("power"), "controllers");
  EXPECT_EQ(c.threshold(0.6).impossible(), "abroad controllers fab power");
}

TEST(SupplierCapacity, RemovedNodeIsItsOwnBinding) {
  GraphFixture g;
  g.edge("chip", "requires", "scanner");
  Case c(g);
  EXPECT_EQ(c.remove({"scanner"}).binding("chip"), "scanner");
  EXPECT_EQ(c.remove({}).binding("chip"), "");
}

}  // namespace
}  // namespace chokepoint
