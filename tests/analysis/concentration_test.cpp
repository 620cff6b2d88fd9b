#include "chokepoint/analysis/concentration.hpp"

#include "analysis/lenses/share_squares.hpp"
#include "tests/support/andor.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

/// The only result for that thing at that layer.
Concentration of(const View& view, std::string_view id, Layer layer, ConcentrationOptions options = {}) {
  options.node = vertex(view.snapshot(), id);
  std::vector<Concentration> found = find_concentration(view, options);
  std::erase_if(found, [&](const Concentration& c) { return c.layer != layer; });
  EXPECT_EQ(found.size(), 1U) << id;
  return found.empty() ? Concentration{} : found.front();
}

void expect_index(const Concentration& c, double low, double high) {
  EXPECT_NEAR(c.hhi_low, low, 1e-6);
  EXPECT_NEAR(c.hhi_high, high, 1e-6);
}

TEST(Concentration, HasTheIndicesOfTheWorkedExample) {
  const View view = test::andor().view();
  const std::map<std::string, std::pair<double, double>> expected = {
      {"T1", {10000, 10000}}, {"T2", {5200, 5200}}, {"M1", {6800, 3800}}, {"M2", {5800, 5800}}};
  for (const auto& [id, index] : expected) {
    expect_index(of(view, id, Layer::place), index.first, index.first);
    expect_index(of(view, id, Layer::actor), index.second, index.second);
    EXPECT_TRUE(of(view, id, Layer::actor).complete);
    EXPECT_NEAR(of(view, id, Layer::actor).share_sum, 1, 1e-12);
  }
  const Concentration by_country = of(view, "M1", Layer::place);
  EXPECT_EQ(view.snapshot().id(by_country.top), "B");
  EXPECT_NEAR(by_country.top_share, 0.8, 1e-12);
  EXPECT_EQ(by_country.suppliers, 2U);
  EXPECT_EQ(of(view, "M1", Layer::actor).suppliers, 3U);
  EXPECT_EQ(find_concentration(view).size(), 8U);
}

/// x made by firms with these shares; NaN is unknown.
GraphFixture made_by(const std::vector<double>& shares) {
  GraphFixture g;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const std::string firm = "f" + std::to_string(i);
    g.node(firm, "firm");
    auto& edge = g.edge(firm, "produces", "x");
    if (!std::isnan(shares[i])) edge.share = shares[i];
  }
  return g;
}

TEST(Concentration, IsAnIntervalWhereSharesArePartial) {
  const View view = made_by({0.5, 0.3}).view();
  const Concentration c = of(view, "x", Layer::actor);
  expect_index(c, 3400, 3400 + 400);
  EXPECT_FALSE(c.complete);
  EXPECT_NEAR(c.share_sum, 0.8, 1e-12);
}

TEST(Concentration, WidensWithSharesThatAreUnknown) {
  const View view = made_by({0.5, std::nan(""), std::nan("")}).view();
  const Concentration c = of(view, "x", Layer::actor);
  expect_index(c, 2500, 2500 + 2500);
  EXPECT_EQ(c.unknown_shares, 2U);
  EXPECT_EQ(c.suppliers, 3U);
  const View nothing = made_by({std::nan("")}).view();
  expect_index(of(nothing, "x", Layer::actor), 0, 10000);
  EXPECT_EQ(of(nothing, "x", Layer::actor).top, no_vertex);
}

TEST(Concentration, TreatsRoundedSumsAsWhole) {
  const View view = made_by({0.5, 0.51}).view();
  const Concentration c = of(view, "x", Layer::actor);
  expect_index(c, 1e4 * (0.25 + 0.2601) / (1.01 * 1.01), 1e4 * (0.25 + 0.2601) / (1.01 * 1.01));
  EXPECT_TRUE(c.complete);
  EXPECT_FALSE(of(made_by({0.7, 0.7}).view(), "x", Layer::actor).complete);
}

TEST(Concentration, ReadsBoundsAsRanges) {
  GraphFixture g = made_by({0.3});
  g.node("f9", "firm");
  auto& edge = g.edge("f9", "produces", "x");
  edge.share = 0.4;
  edge.bound = Bound::at_least;
  const View view = g.view();
  const Concentration c = of(view, "x", Layer::actor);
  expect_index(c, 900 + 1600, 900 + 4900);
  EXPECT_FALSE(c.complete);
}

TEST(Concentration, AddsUnknownSharesToTheCountryThatMayHaveThem) {
  GraphFixture g = made_by({0.5, std::nan("")});
  g.nodes("country", {"us", "nl"});
  g.edge("f0", "located-in", "us");
  g.edge("f1", "located-in", "us");
  expect_index(of(g.view(), "x", Layer::place), 2500, 10000);
  GraphFixture h = made_by({0.5, std::nan("")});
  h.nodes("country", {"us", "nl"});
  h.edge("f0", "located-in", "us");
  h.edge("f1", "located-in", "nl");
  expect_index(of(h.view(), "x", Layer::place), 2500, 5000);
}

TEST(Concentration, LetsAFirmWithoutASeatBeAnywhere) {
  GraphFixture g = made_by({0.6, 0.4});
  g.node("us", "country");
  g.edge("f0", "located-in", "us");
  const View view = g.view();
  expect_index(of(view, "x", Layer::place), 5200, 10000);
}

TEST(Concentration, CountsARegionAsItsCountry) {
  GraphFixture g = made_by({0.6, 0.4});
  g.node("us", "country");
  g.node("california", "region");
  g.edge("california", "located-in", "us");
  g.edge("f0", "located-in", "california");
  g.edge("f1", "located-in", "us");
  expect_index(of(g.view(), "x", Layer::place), 10000, 10000);
}

TEST(Concentration, CountsARemainderInTheSumButNotAsOneSupplierForTheLeast) {
  GraphFixture g;
  g.nodes("country", {"us", "nl"});
  g.node("others", "group").layer = Layer::place;
  g.edge("us", "produces", "x").share = 0.3;
  g.edge("nl", "produces", "x").share = 0.3;
  g.edge("others", "produces", "x").share = 0.4;
  const View view = g.view();
  const Concentration c = of(view, "x", Layer::place);
  expect_index(c, 1800, 1800 + 1600);
  EXPECT_TRUE(c.complete);
  EXPECT_EQ(view.snapshot().id(c.top), "nl");
}

TEST(Concentration, PrefersCountryRowsByCountryAndNeedsFirmRowsByFirm) {
  GraphFixture g = made_by({0.6, 0.4});
  g.nodes("country", {"us", "nl"});
  g.edge("f0", "located-in", "us");
  g.edge("f1", "located-in", "us");
  g.edge("us", "produces", "x").share = 0.5;
  g.edge("nl", "produces", "x").share = 0.5;
  const View view = g.view();
  expect_index(of(view, "x", Layer::place), 5000, 5000);
  expect_index(of(view, "x", Layer::actor), 5200, 5200);
  GraphFixture h;
  h.nodes("country", {"us"});
  h.edge("us", "produces", "x").share = 1.0;
  EXPECT_EQ(find_concentration(h.view()).size(), 1U);
}

TEST(Concentration, MeasuresEveryFlowByItemAndCustomer) {
  GraphFixture g;
  g.nodes("firm", {"f", "h", "c"}).nodes("chip", {"x", "y"});
  for (const auto& [from, item, share] : {std::tuple{"f", "x", 0.7}, {"h", "x", 0.3}, {"f", "y", 1.0}}) {
    auto& edge = g.edge(from, "supplies", "c");
    edge.item = g.key(item);
    edge.share = share;
  }
  g.edge("h", "supplies", "c");  // without an item: no market to be concentrated
  const View view = g.view();
  const auto found = find_concentration(view);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(view.snapshot().id(found[0].node), "x");
  EXPECT_EQ(view.snapshot().id(found[0].customer), "c");
  expect_index(found[0], 5800, 5800);
  expect_index(found[1], 10000, 10000);
  ConcentrationOptions options;
  options.node = vertex(view.snapshot(), "c");
  EXPECT_EQ(find_concentration(view, options).size(), 2U);
}

TEST(Concentration, ContainsTheTruthWhateverPartOfItIsTold) {
  std::mt19937 random = test::seeded(59);
  for (int round = 0; round < 500; ++round) {
    // The truth: twenty parts of a twentieth handed out to firms in three countries.
    const std::size_t firms = 2 + random() % 5;
    std::vector<int> parts(firms, 0);
    for (int i = 0; i < 20; ++i) ++parts[random() % firms];
    GraphFixture g;
    g.nodes("country", {"a", "b", "c"});
    std::map<std::string, double> by_country;
    double by_firm = 0;
    for (std::size_t i = 0; i < firms; ++i) {
      const double share = parts[i] / 20.0;
      by_firm += share * share;
      const std::string firm = "f" + std::to_string(i);
      const std::string country(1, static_cast<char>('a' + random() % 3));
      g.node(firm, "firm");
      if (random() % 6 != 0) g.edge(firm, "located-in", country);
      by_country[country] += share;
      auto& edge = g.edge(firm, "produces", "x");
      switch (random() % 5) {
        case 0: break;  // unknown
        case 1:
          edge.share = (parts[i] - static_cast<int>(random() % 3)) / 20.0;
          edge.share = std::max(0.0, *edge.share);
          edge.bound = Bound::at_least;
          break;
        case 2:
          edge.share = std::min(1.0, (parts[i] + static_cast<int>(random() % 3)) / 20.0);
          edge.bound = Bound::at_most;
          break;
        default: edge.share = share;
      }
    }
    double places = 0;
    for (const auto& [country, share] : by_country) places += share * share;
    const View view = g.view();
    const Concentration actor = of(view, "x", Layer::actor);
    EXPECT_LE(actor.hhi_low, 1e4 * by_firm + 1e-6);
    EXPECT_GE(actor.hhi_high, 1e4 * by_firm - 1e-6);
    for (const Concentration& c : find_concentration(view)) {
      if (c.layer != Layer::place) continue;
      EXPECT_LE(c.hhi_low, 1e4 * places + 1e-6);
      EXPECT_GE(c.hhi_high, 1e4 * places - 1e-6);
    }
  }
}

/// The greatest sum of squares by handing out the open part in twentieths in every way (this one recurses).
double naive_most(const std::vector<detail::Holding>& holdings, std::vector<int>& given, std::size_t hand, int left) {
  if (hand == holdings.size()) {
    double sum = 0;
    for (std::size_t i = 0; i < holdings.size(); ++i) sum += std::pow(holdings[i].share + given[i] / 20.0, 2);
    return sum;
  }
  double most = 0;
  for (int part = 0; part <= left && part / 20.0 <= holdings[hand].room + 1e-9; ++part) {
    given[hand] = part;
    most = std::max(most, naive_most(holdings, given, hand + 1, left - part));
  }
  given[hand] = 0;
  return most;
}

TEST(MostSquares, AreNeverBelowTheGreatestSumAndExactForOneHand) {
  std::mt19937 random = test::seeded(61);
  for (int round = 0; round < 500; ++round) {
    std::vector<detail::Holding> holdings;
    int left = 20;
    for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
      const int share = static_cast<int>(random() % static_cast<unsigned>(left + 1));
      left -= share;
      holdings.push_back({share / 20.0, static_cast<double>(random() % 21) / 20.0});
    }
    const double open = left / 20.0;
    std::vector<int> given(holdings.size(), 0);
    const double most = naive_most(holdings, given, 0, left);
    const double found = detail::most_squares(holdings, open);
    EXPECT_GE(found, most - 1e-9);
    const bool fits = std::all_of(holdings.begin(), holdings.end(), [&](const auto& h) { return h.room >= open; });
    if (fits) {
      EXPECT_NEAR(found, most, 1e-9);
    }
  }
}

}  // namespace
}  // namespace chokepoint
