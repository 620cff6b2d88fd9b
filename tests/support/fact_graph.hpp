#pragma once

#include "tests/support/graph_fixture.hpp"

#include <random>

namespace chokepoint::test {

/// A small random graph with edges of every kind of dependency and none: hard, soft, asked for, flows with and
/// without an item, parallel edges, derived and planned ones.
GraphFixture random_facts(std::mt19937& random, int max_nodes, int max_edges);

}  // namespace chokepoint::test
