#pragma once

#include "tests/support/graph_fixture.hpp"

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace chokepoint::test {

/// Arcs of a small random directed graph on the vertices 0 … n - 1: sparse or dense, with parallel arcs, cycles and
/// now and then an arc from a vertex to itself.
using ArcList = std::vector<std::pair<Vertex, Vertex>>;
struct PlainGraph {
  Vertex vertex_count = 0;
  ArcList arcs;
};
PlainGraph random_graph(std::mt19937& random, Vertex max_vertices);

/// The same as a view in which each arc is a hard dependency of its source on its target. Vertex v has the id
/// `n<v>`, padded so that ids sort like numbers.
View as_view(const PlainGraph& graph);

/// A directed path 0 → 1 → … → n - 1; closed to a cycle when asked.
View long_path(Vertex vertex_count, bool is_closed);

}  // namespace chokepoint::test
