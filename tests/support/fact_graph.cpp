#include "tests/support/fact_graph.hpp"

#include <string>
#include <vector>

namespace chokepoint::test {

GraphFixture random_facts(std::mt19937& random, int max_nodes, int max_edges) {
  const std::vector<std::string> types = {"requires", "requires",    "produces", "supplies",  "variant-of",
                                          "uses",     "substitutes", "owns",     "restricts", "located-in"};
  GraphFixture g;
  const std::size_t n = 2 + random() % static_cast<unsigned>(max_nodes - 1);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < n; ++i) ids.push_back(std::string(1, static_cast<char>('a' + i)));
  g.nodes("product", ids);
  const std::size_t m = random() % static_cast<unsigned>(max_edges + 1);
  for (std::size_t i = 0; i < m; ++i) {
    SnapshotEdge& edge = g.edge(ids[random() % n], types[random() % types.size()], ids[random() % n]);
    if (random() % 2 == 0) edge.item = g.key(ids[random() % n]);
    if (random() % 8 == 0) edge.status = Status::derived;
    if (random() % 8 == 0) edge.status = Status::planned;
  }
  return g;
}

}  // namespace chokepoint::test
