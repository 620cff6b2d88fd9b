#include "algorithms/betweenness_batch.hpp"

#include "tests/support/random_graph.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <span>
#include <vector>

namespace chokepoint::detail {
namespace {

TEST(BetweennessBatch, GivesTheSameBitsOnEveryKindOfProcessor) {
  std::mt19937 random = test::seeded(127);
  for (int round = 0; round < 50; ++round) {
    test::PlainGraph plain{100 + static_cast<Vertex>(random() % 200), {}};
    for (Vertex i = 0; i < 4 * plain.vertex_count; ++i)
      plain.arcs.emplace_back(static_cast<Vertex>(random() % plain.vertex_count),
                              static_cast<Vertex>(random() % plain.vertex_count));
    const View view = test::as_view(plain);
    const SimpleGraph graph = make_simple(ArcGraph(view));
    std::vector<std::uint32_t> sources(graph.size());
    std::iota(sources.begin(), sources.end(), 0U);
    std::vector<double> expected;
    for (const Processor processor : usable_processors()) {
      BetweennessBatch batch(graph, processor);
      std::vector<double> found(graph.size(), 0);
      // Batches of every size.
      for (std::size_t first = 0, size = 1; first < sources.size();
           first += size, size = size % BetweennessBatch::width + 1)
        batch.add(std::span(sources).subspan(first, std::min(size, sources.size() - first)), found);
      if (expected.empty()) expected = found;
      ASSERT_EQ(found, expected) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace chokepoint::detail
