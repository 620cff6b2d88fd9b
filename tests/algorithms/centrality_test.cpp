#include "algorithms/centrality.hpp"

#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <vector>

namespace chokepoint {
namespace {

using Neighbours = std::vector<std::set<Vertex>>;

Neighbours neighbours(const test::PlainGraph& graph, bool either) {
  Neighbours next(graph.vertex_count);
  for (const auto& [a, b] : graph.arcs) {
    if (a == b) continue;
    next[a].insert(b);
    if (either) next[b].insert(a);
  }
  return next;
}

/// Every shortest walk from the end of `way` to `to`, appended to `walks` (small graphs only: this one recurses).
void shortest_walks(const Neighbours& next, std::vector<Vertex>& way, Vertex to, std::size_t length,
                    std::vector<std::vector<Vertex>>& walks) {
  if (way.size() == length + 1) {
    if (way.back() == to) walks.push_back(way);
    return;
  }
  for (const Vertex v : next[way.back()]) {
    way.push_back(v);
    shortest_walks(next, way, to, length, walks);
    way.pop_back();
  }
}

/// By listing all shortest walks between every pair.
std::vector<double> naive_betweenness(const test::PlainGraph& graph, bool either) {
  const Neighbours next = neighbours(graph, either);
  std::vector<double> result(graph.vertex_count, 0);
  for (Vertex s = 0; s < graph.vertex_count; ++s) {
    for (Vertex t = 0; t < graph.vertex_count; ++t) {
      if (s == t || (either && t < s)) continue;
      std::vector<std::vector<Vertex>> walks;
      for (std::size_t length = 1; length < graph.vertex_count && walks.empty(); ++length) {
        std::vector<Vertex> way = {s};
        shortest_walks(next, way, t, length, walks);
      }
      for (const auto& walk : walks) {
        for (std::size_t i = 1; i + 1 < walk.size(); ++i) result[walk[i]] += 1.0 / static_cast<double>(walks.size());
      }
    }
  }
  return result;
}

TEST(Betweenness, AgreesWithListingAllShortestWalks) {
  std::mt19937 random = test::seeded(43);
  for (int round = 0; round < 300; ++round) {
    const auto plain = test::random_graph(random, 7);
    const View view = test::as_view(plain);
    const bool either = round % 2 == 0;
    const auto found = find_betweenness(ArcGraph(view, {}, either ? Walk::either : Walk::forward));
    const auto expected = naive_betweenness(plain, either);
    for (Vertex v = 0; v < plain.vertex_count; ++v) EXPECT_NEAR(found[v], expected[v], 1e-9);
  }
}

TEST(Betweenness, CountsTheWalksOfSeventyDiamondsWithoutOverflow) {
  // 0 → {1, 2} → 3 → {4, 5} → 6 …: 2^70 shortest walks from end to end.
  constexpr Vertex diamonds = 70;
  test::PlainGraph plain{3 * diamonds + 1, {}};
  for (Vertex d = 0; d < diamonds; ++d) {
    for (const Vertex middle : {3 * d + 1, 3 * d + 2}) {
      plain.arcs.emplace_back(3 * d, middle);
      plain.arcs.emplace_back(middle, 3 * d + 3);
    }
  }
  const auto found = find_betweenness(ArcGraph(test::as_view(plain)));
  // Of the pairs across the middle of diamond d half the walks pass each side; its corner passes all across it.
  const double before = 3.0 * 10 + 1;        // vertices up to and with the corner 30
  const double after = 3.0 * (70 - 11) + 1;  // vertices from the corner 33 on
  EXPECT_NEAR(found[31], before * after / 2, 1e-6);
  EXPECT_NEAR(found[30], (before - 1) * (3.0 * 60), 1e-6);
}

test::PlainGraph sparse_graph(unsigned seed, Vertex n, std::size_t arcs) {
  std::mt19937 random = test::seeded(seed);
  test::PlainGraph plain{n, {}};
  for (std::size_t i = 0; i < arcs; ++i)
    plain.arcs.emplace_back(static_cast<Vertex>(random() % n), static_cast<Vertex>(random() % n));
  return plain;
}

TEST(Betweenness, IsTheSameToTheLastBitOnAnyNumberOfThreads) {
  const View view = test::as_view(sparse_graph(83, 1500, 5000));
  BetweennessOptions options;
  const auto alone = find_betweenness(ArcGraph(view));
  for (const unsigned threads : {2U, 3U, 7U}) {
    options.threads = threads;
    EXPECT_EQ(find_betweenness(ArcGraph(view), options), alone) << threads;
  }
}

TEST(SampledBetweenness, IsExactWhenAllAreSources) {
  const View view = test::as_view(sparse_graph(89, 300, 900));
  const SampledBetweenness found = sample_betweenness(ArcGraph(view), 300);
  EXPECT_EQ(found.values, find_betweenness(ArcGraph(view)));
  EXPECT_EQ(found.error_bound, 0);
  EXPECT_EQ(found.sources, 300U);
}

TEST(SampledBetweenness, KeepsItsBoundAndIsRightOnAverage) {
  for (const Walk walk : {Walk::forward, Walk::either}) {
    const View view = test::as_view(sparse_graph(97, 120, 260));
    const ArcGraph graph(view, {}, walk);
    const auto exact = find_betweenness(graph);
    const Vertex n = graph.vertex_count();
    std::vector<double> mean(n, 0);
    int broken = 0;
    constexpr int rounds = 400;
    for (int round = 0; round < rounds; ++round) {
      BetweennessOptions options;
      options.seed = static_cast<std::uint64_t>(round);
      const SampledBetweenness found = sample_betweenness(graph, 30, options);
      EXPECT_EQ(found.sources, 30U);
      EXPECT_EQ(found.of_sources, n);
      double worst = 0;
      for (Vertex v = 0; v < n; ++v) {
        worst = std::max(worst, std::abs(found.values[v] - exact[v]));
        mean[v] += found.values[v] / rounds;
      }
      if (worst > found.error_bound) ++broken;
    }
    EXPECT_LE(broken, rounds / 20);
    const double most = *std::max_element(exact.begin(), exact.end());
    for (Vertex v = 0; v < n; ++v) EXPECT_NEAR(mean[v], exact[v], 0.05 * most) << v;
  }
}

TEST(SampledBetweenness, HasATighterBoundFromMoreSources) {
  const View view = test::as_view(sparse_graph(107, 500, 1500));
  double last = std::numeric_limits<double>::infinity();
  for (const std::uint32_t sources : {1U, 10U, 100U, 250U, 499U}) {
    const double bound = sample_betweenness(ArcGraph(view), sources).error_bound;
    EXPECT_LT(bound, last);
    EXPECT_GT(bound, 0);
    last = bound;
  }
  // By hand: √((1 - 99/500) · ln(2 · 500 / 0.05) / 200) · 500 · 498.
  EXPECT_NEAR(sample_betweenness(ArcGraph(view), 100).error_bound, 49622.0, 50.0);
}

/// The rank vector as the solution of its linear equations, by Gauss–Seidel on the dense matrix of the definition.
std::vector<double> naive_page_rank(const test::PlainGraph& graph, double damping) {
  const Neighbours next = neighbours(graph, false);
  const Vertex n = graph.vertex_count;
  std::vector<std::vector<double>> chance(n, std::vector<double>(n, (1 - damping) / n));
  for (Vertex v = 0; v < n; ++v) {
    for (Vertex w = 0; w < n; ++w) {
      if (next[v].empty()) chance[v][w] += damping / n;
      if (next[v].contains(w)) chance[v][w] += damping / static_cast<double>(next[v].size());
    }
  }
  std::vector<double> rank(n, 1.0 / n);
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> after(n, 0);
    for (Vertex v = 0; v < n; ++v) {
      for (Vertex w = 0; w < n; ++w) after[w] += rank[v] * chance[v][w];
    }
    rank = after;
  }
  return rank;
}

TEST(PageRank, AgreesWithTheMatrixOfItsDefinitionAndLeaksNothing) {
  std::mt19937 random = test::seeded(47);
  for (int round = 0; round < 200; ++round) {
    const auto plain = test::random_graph(random, 10);
    const View view = test::as_view(plain);
    const double damping = round % 2 == 0 ? 0.85 : 0.5;
    PageRankOptions options;
    options.damping = damping;
    const auto found = find_page_rank(ArcGraph(view), options);
    const auto expected = naive_page_rank(plain, damping);
    for (Vertex v = 0; v < plain.vertex_count; ++v) EXPECT_NEAR(found[v], expected[v], 1e-9);
    EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0), 1.0, 1e-9);
  }
}

TEST(PageRank, IsZeroForHiddenNodes) {
  test::GraphFixture g;
  g.node("a", "firm").since = "2030";
  g.node("b", "firm");
  EXPECT_EQ(find_page_rank(ArcGraph(g.view())), (std::vector<double>{0, 1}));
}

/// Core numbers by the definition: for each k, throw out whoever has fewer than k neighbours left until all have.
std::vector<std::uint32_t> naive_cores(const test::PlainGraph& graph) {
  const Neighbours next = neighbours(graph, true);
  std::vector<std::uint32_t> core(graph.vertex_count, 0);
  for (std::uint32_t k = 1; k <= graph.vertex_count; ++k) {
    std::vector<bool> in(graph.vertex_count, true);
    for (Vertex round = 0; round < graph.vertex_count; ++round) {
      for (Vertex v = 0; v < graph.vertex_count; ++v) {
        const auto left = std::count_if(next[v].begin(), next[v].end(), [&](Vertex w) { return in[w]; });
        if (left < static_cast<std::ptrdiff_t>(k)) in[v] = false;
      }
    }
    for (Vertex v = 0; v < graph.vertex_count; ++v) {
      if (in[v]) core[v] = k;
    }
  }
  return core;
}

TEST(CoreNumbers, AgreeWithTheirDefinition) {
  std::mt19937 random = test::seeded(53);
  for (int round = 0; round < 400; ++round) {
    auto plain = test::random_graph(random, 12);
    for (Vertex i = 0; i < 2 * plain.vertex_count; ++i) {
      plain.arcs.emplace_back(static_cast<Vertex>(random() % plain.vertex_count),
                              static_cast<Vertex>(random() % plain.vertex_count));
    }
    const View view = test::as_view(plain);
    EXPECT_EQ(find_core_numbers(ArcGraph(view, {}, Walk::either)), naive_cores(plain));
  }
}

TEST(Centrality, PassesAPathAndACycleOfAMillion) {
  constexpr Vertex n = 1'000'000;
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    PageRankOptions options;
    options.tolerance = 1e-6;
    const auto rank = find_page_rank(ArcGraph(view), options);
    EXPECT_NEAR(std::accumulate(rank.begin(), rank.end(), 0.0), 1.0, 1e-6);
    const auto core = find_core_numbers(ArcGraph(view, {}, Walk::either));
    EXPECT_EQ(core[n / 2], is_closed ? 2U : 1U);
  }
  // Betweenness of all pairs is quadratic: a few sources on the long ones, all on a shorter one.
  for (const bool is_closed : {false, true}) {
    const View view = test::long_path(n, is_closed);
    const SampledBetweenness some = sample_betweenness(ArcGraph(view), 4);
    EXPECT_EQ(some.values.size(), n);
    const double most = *std::max_element(some.values.begin(), some.values.end());
    EXPECT_GT(most, static_cast<double>(n));
    EXPECT_LT(most, static_cast<double>(n) * n);
  }
  const View view = test::long_path(3000, false);
  EXPECT_EQ(find_betweenness(ArcGraph(view))[1], 2998.0);
}

}  // namespace
}  // namespace chokepoint
