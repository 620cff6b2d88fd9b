#include "chokepoint/analysis/ownership.hpp"

#include "tests/support/graph_fixture.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

using test::GraphFixture;
using test::vertex;

GraphFixture firms() {
  GraphFixture g;
  g.default_type = "firm";
  return g;
}

/// `id/tier`, with `?` when it is not certain.
std::string owned(const GraphFixture& g, const std::vector<std::string>& owners, OwnershipOptions options = {}) {
  const View view = g.view();
  std::vector<Vertex> vertices;
  for (const std::string& owner : owners) vertices.push_back(vertex(view.snapshot(), owner));
  std::string text;
  for (const OwnedVertex& v : find_ownership(view, vertices, options).owned) {
    text += (text.empty() ? "" : " ") + std::string(view.snapshot().id(v.vertex)) + "/" + std::to_string(v.tier) +
            (v.certain ? "" : "?");
  }
  return text;
}

TEST(Ownership, IsAFixedPointAndNotAProduct) {
  GraphFixture g = firms();
  g.edge("a", "owns", "b").share = 0.6;
  g.edge("b", "owns", "c").share = 0.6;  // 36 % as a product
  EXPECT_EQ(owned(g, {"a"}), "b/1 c/2");
  EXPECT_EQ(owned(g, {"b"}), "c/1");
  EXPECT_EQ(owned(g, {"c"}), "");
}

TEST(Ownership, AddsUpWhatOwnersAndThoseTheyControlHold) {
  GraphFixture g = firms();
  g.edge("a", "owns", "b").share = 0.5;
  g.edge("a", "owns", "d").share = 0.2;
  g.edge("b", "owns", "d").share = 0.15;
  g.edge("c", "owns", "d").share = 0.15;
  EXPECT_EQ(owned(g, {"a"}), "b/1");
  EXPECT_EQ(owned(g, {"a", "c"}), "b/1 d/2");
  EXPECT_EQ(owned(g, {"a"}, {.threshold = 0.35}), "b/1 d/2");
}

TEST(Ownership, CountsExactlyHalfAndNotLess) {
  GraphFixture g = firms();
  g.edge("a", "owns", "half").share = 0.5;
  g.edge("a", "owns", "less").share = 0.499;
  g.edge("o", "owns", "less").share = 0.501;
  EXPECT_EQ(owned(g, {"a"}), "half/1");
}

TEST(Ownership, OfAnUnknownShareIsPossibleUnlessOthersAreKnownToHoldTooMuch) {
  GraphFixture g = firms();
  g.edge("a", "owns", "b");
  g.edge("a", "owns", "c");
  g.edge("o", "owns", "c").share = 0.6;
  g.edge("b", "owns", "d").share = 1.0;
  EXPECT_EQ(owned(g, {"a"}), "b/1? d/2?");
}

TEST(Ownership, ReadsBoundsAsRanges) {
  GraphFixture g = firms();
  const auto holds = [&](const char* what, double share, Bound bound) {
    auto& edge = g.edge("a", "owns", what);
    edge.share = share;
    edge.bound = bound;
  };
  holds("least", 0.3, Bound::at_least);
  holds("most", 0.3, Bound::at_most);
  holds("sure", 0.5, Bound::at_least);
  holds("about", 0.5, Bound::about);
  EXPECT_EQ(owned(g, {"a"}), "about/1 least/1? sure/1");
}

TEST(Ownership, CountsOneStakeTwiceToldOnce) {
  GraphFixture g = firms();
  g.edge("a", "owns", "b").share = 0.3;
  auto& other = g.edge("a", "owns", "b");
  other.share = 0.3;
  other.unit = "USD";  // another fact for the view, the same stake for us
  g.edge("o", "owns", "b").share = 0.7;
  EXPECT_EQ(owned(g, {"a"}), "");
}

TEST(Ownership, GoesRoundCyclesOfCrossHoldings) {
  GraphFixture g = firms();
  g.edge("a", "owns", "b").share = 0.5;
  g.edge("b", "owns", "c").share = 0.5;
  g.edge("c", "owns", "b").share = 0.5;
  g.edge("c", "owns", "a").share = 1.0;
  EXPECT_EQ(owned(g, {"a"}), "b/1 c/2");
  const View view = g.view();
  EXPECT_EQ(find_ownership(view, std::array{vertex(view.snapshot(), "a")}).arcs.size(), 3U);
}

TEST(Ownership, AgreesWithGoingRoundUntilNothingChanges) {
  std::mt19937 random = test::seeded(67);
  for (int round = 0; round < 400; ++round) {
    const std::size_t n = 2 + random() % 8;
    GraphFixture g = firms();
    std::map<std::pair<std::size_t, std::size_t>, std::pair<double, double>> stakes;
    for (std::size_t i = 0; i < n; ++i) g.key("n" + std::to_string(i));
    for (std::size_t i = 0; i < 2 * n; ++i) {
      const auto pair = std::pair(random() % n, random() % n);
      if (pair.first == pair.second || stakes.contains(pair)) continue;
      auto& edge = g.edge("n" + std::to_string(pair.first), "owns", "n" + std::to_string(pair.second));
      if (random() % 4 == 0) {
        stakes[pair] = {0, 1};
      } else {
        edge.share = static_cast<double>(random() % 11) / 10;
        stakes[pair] = {*edge.share, *edge.share};
      }
    }
    const auto fixed_point = [&](bool certain) {
      std::set<std::size_t> in = {0};
      for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t v = 0; v < n; ++v) {
          double low = 0, high = 0, others = 0;
          for (const auto& [pair, share] : stakes) {
            if (pair.second != v) continue;
            low += in.contains(pair.first) ? share.first : 0;
            high += in.contains(pair.first) ? share.second : 0;
            others += in.contains(pair.first) ? 0 : share.first;
          }
          const double held = certain ? low : std::max(low, std::min(high, 1 - others));
          if (held >= 0.5 - 1e-9 && in.insert(v).second) changed = true;
        }
      }
      in.erase(0);
      return in;
    };
    const View view = g.view();
    std::set<std::size_t> certain, possible;
    for (const OwnedVertex& v : find_ownership(view, std::array{vertex(view.snapshot(), "n0")}).owned) {
      possible.insert(v.vertex);
      if (v.certain) certain.insert(v.vertex);
    }
    EXPECT_EQ(certain, fixed_point(true));
    EXPECT_EQ(possible, fixed_point(false));
  }
}

}  // namespace
}  // namespace chokepoint
