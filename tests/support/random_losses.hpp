#pragma once

#include "chokepoint/analysis/whatif.hpp"

#include <random>

namespace chokepoint::test {

/// The loss of one or two nodes, some of them of a half, asked in the layer that they are in or in one of the two.
inline Scenario random_losses(std::mt19937& random, const Snapshot& snapshot) {
  Scenario scenario;
  for (unsigned i = 1 + static_cast<unsigned>(random() % 2); i > 0; --i) {
    const auto v = static_cast<Vertex>(random() % snapshot.vertex_count());
    if (random() % 5 == 0)
      scenario.losses.push_back({v, 0.5});
    else
      scenario.removed.push_back(v);
  }
  if (random() % 3 == 0) scenario.layer = random() % 2 == 0 ? Layer::place : Layer::actor;
  return scenario;
}

/// The same losses by the numbers that the nodes have in a part of the graph.
inline Scenario losses_in(const Snapshot& part, const Snapshot& whole, Scenario scenario) {
  const auto number = [&](Vertex& v) { v = part.find(whole.id(v)).value(); };
  for (Vertex& v : scenario.removed) number(v);
  for (PartialLoss& loss : scenario.losses) number(loss.node);
  return scenario;
}

}  // namespace chokepoint::test
