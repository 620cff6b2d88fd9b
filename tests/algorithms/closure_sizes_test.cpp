#include "algorithms/closure_sizes.hpp"

#include "algorithms/reachability.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

namespace chokepoint {
namespace {

/// One search after the other.
std::vector<std::uint32_t> sizes_one_by_one(const ArcGraph& graph) {
  std::vector<std::uint32_t> sizes;
  for (Vertex v = 0; v < graph.vertex_count(); ++v)
    sizes.push_back(static_cast<std::uint32_t>(reach(graph, std::array{v}).size()));
  return sizes;
}

TEST(CountReachable, AgreesWithOneSearchAfterTheOther) {
  std::mt19937 random = test::seeded(5);
  for (int round = 0; round < 400; ++round) {
    const View view = test::as_view(test::random_graph(random, 14));
    for (const Walk walk : {Walk::forward, Walk::backward}) {
      const ArcGraph graph(view, {}, walk);
      EXPECT_EQ(count_reachable(graph, 1U + static_cast<unsigned>(round % 3)), sizes_one_by_one(graph)) << round;
    }
  }
}

TEST(CountReachable, CountsAcrossBlocksOfTargetsAndCycles) {
  std::mt19937 random = test::seeded(6);
  for (const std::size_t arcs : {500U, 1'800U, 2'300U, 6'000U}) {
    test::PlainGraph plain;
    plain.vertex_count = 2'000;
    for (std::size_t i = 0; i < arcs; ++i) {
      const auto from = static_cast<Vertex>(random() % 2'000), to = static_cast<Vertex>(random() % 2'000);
      if (from != to) plain.arcs.emplace_back(from, to);
    }
    const View view = test::as_view(plain);
    const ArcGraph graph(view);
    const auto expected = sizes_one_by_one(graph);
    for (const unsigned threads : {1U, 2U, 5U}) EXPECT_EQ(count_reachable(graph, threads), expected) << arcs;
  }
}

TEST(CountReachable, OfAPathIsWhatIsLeftOfIt) {
  test::PlainGraph plain;
  plain.vertex_count = 3'000;
  for (Vertex v = 0; v + 1 < plain.vertex_count; ++v) plain.arcs.emplace_back(v, v + 1);
  const View view = test::as_view(plain);
  const auto counts = count_reachable(ArcGraph(view), 2);
  for (Vertex v = 0; v < plain.vertex_count; ++v) ASSERT_EQ(counts[v], plain.vertex_count - 1 - v);
}

}  // namespace
}  // namespace chokepoint
