#include "tests/support/random_graph.hpp"

#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>

namespace chokepoint::test {

PlainGraph random_graph(std::mt19937& random, Vertex max_vertices) {
  PlainGraph graph;
  graph.vertex_count = 2 + static_cast<Vertex>(random() % (max_vertices - 1));
  const Vertex n = graph.vertex_count;
  const std::size_t arc_count = random() % (std::size_t{3} * n + 1);
  for (std::size_t i = 0; i < arc_count; ++i) {
    graph.arcs.emplace_back(static_cast<Vertex>(random() % n), static_cast<Vertex>(random() % n));
  }
  return graph;
}

View as_view(const PlainGraph& graph) {
  const auto ontology = standard_ontology();
  const std::uint16_t node_type = ontology->node_type("product").value();
  const std::uint16_t edge_type = ontology->edge_type("requires").value();
  SnapshotBuilder builder(ontology);
  for (Vertex v = 0; v < graph.vertex_count; ++v) {
    SnapshotNode node;
    const std::string number = std::to_string(v);
    node.id = "n" + std::string(10 - number.size(), '0') + number;
    node.key = std::int64_t{v} + 1;
    node.type = node_type;
    builder.add(std::move(node));
  }
  std::unordered_set<std::uint64_t> pairs;
  std::int64_t key = 0;
  for (const auto& [from, to] : graph.arcs) {
    SnapshotEdge edge;
    edge.key = ++key;
    edge.id = "e" + std::to_string(key);
    edge.type = edge_type;
    edge.from = std::int64_t{from} + 1;
    edge.to = std::int64_t{to} + 1;
    // Parallel arcs are facts of their own, not rival claims.
    if (!pairs.insert(std::uint64_t{from} << 32U | to).second) edge.group = "g" + std::to_string(key);
    builder.add(std::move(edge));
  }
  return {std::move(builder).build(), {}};
}

View long_path(Vertex vertex_count, bool is_closed) {
  PlainGraph graph;
  graph.vertex_count = vertex_count;
  for (Vertex v = 0; v + 1 < vertex_count; ++v) graph.arcs.emplace_back(v, v + 1);
  if (is_closed) graph.arcs.emplace_back(vertex_count - 1, 0);
  return as_view(graph);
}

}  // namespace chokepoint::test
