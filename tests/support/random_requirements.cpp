#include "tests/support/graph_fixture.hpp"
#include "tests/support/naive_requirements.hpp"

#include <string>

namespace chokepoint::test {

namespace {

/// Draws of small numbers; the modulo's slight bias does not matter here, equal draws everywhere do.
struct Dice {
  std::mt19937& random;
  unsigned below(unsigned n) { return static_cast<unsigned>(random() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  const std::string& pick(const std::vector<std::string>& some) {
    return some[below(static_cast<unsigned>(some.size()))];
  }
};

std::vector<std::string> numbered(const std::string& prefix, unsigned count) {
  std::vector<std::string> names;
  for (unsigned i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return names;
}

void supply(Dice& dice, SnapshotEdge& edge) {
  if (dice.chance(60)) edge.share = 0.1 * (1 + dice.below(6));
  if (dice.chance(20)) edge.significance = Significance::minor;
}

void alternatives(Dice& dice, SnapshotEdge& edge) {
  if (!dice.chance(30)) return;
  const bool wants_two = dice.chance(40);
  edge.group = wants_two ? "two" : "one";
  edge.k = wants_two ? 2 : 0;
}

}  // namespace

View random_requirements(std::mt19937& random) { return random_requirements(random, {}); }

View random_requirements(std::mt19937& random, const RandomExtras& extras) {
  Dice dice{random};
  GraphFixture g;
  const auto countries = numbered("c", 1 + dice.below(3));
  const auto firms = numbered("f", 1 + dice.below(4));
  const auto things = numbered("t", 2 + dice.below(6));
  std::vector<std::string> actors = firms;
  actors.insert(actors.end(), countries.begin(), countries.end());
  std::vector<std::string> all = actors;
  all.insert(all.end(), things.begin(), things.end());
  g.nodes("country", countries).nodes("bloc", {"bloc"}).nodes("region", {"region"});
  for (const std::string& firm : firms)
    g.node(firm, "firm").remainder = extras.percent_remainders > 0 && dice.chance(extras.percent_remainders);
  for (const std::string& thing : things) {
    SnapshotNode& node = g.node(thing, dice.chance(40) ? "process" : "product");
    node.variants = static_cast<Variants>(dice.below(3));
    node.released = dice.chance(20);
    node.variants_complete = dice.chance(20);
  }
  const auto times = [&](unsigned most, const auto& body) {
    for (unsigned i = dice.below(most + 1); i > 0; --i) body();
  };
  for (const std::string& country : countries) {
    if (dice.chance(50)) g.edge(country, "part-of", "bloc");
  }
  if (dice.chance(60)) g.edge("region", "located-in", dice.pick(countries));
  for (const std::string& firm : firms) {
    times(2, [&] {
      const std::string place = dice.chance(20) ? "region" : dice.pick(countries);
      g.edge(firm, "located-in", place).mode = dice.chance(30) ? 1 : 0;
    });
  }
  std::vector<std::string> producers = actors;
  if (extras.wholes) {
    g.nodes("group", {"g0", "g1"});
    for (const std::string& part : firms)
      if (dice.chance(60)) g.edge(part, "part-of", dice.chance(50) ? "g0" : "g1");
    if (dice.chance(50)) g.edge("g0", "part-of", "g1");
    if (dice.chance(10)) g.edge("g1", "part-of", "g0");
    producers.insert(producers.end(), {"bloc", "g0", "g1", "g0", "g1"});
  }
  const unsigned most_producers = extras.wholes ? 16 : 10;
  times(extras.no_supplies ? 0 : most_producers, [&] {
    SnapshotEdge& edge = g.edge(dice.pick(producers), "produces", dice.pick(things));
    supply(dice, edge);
    if (extras.several && dice.chance(80)) {
      edge.group = "two";
      edge.k = 2;
    } else if (dice.chance(30)) {
      alternatives(dice, edge);
    }
  });
  times(4, [&] { g.edge(dice.pick(actors), "develops", dice.pick(things)); });
  times(extras.no_supplies ? 20 : 8, [&] {
    SnapshotEdge& edge = g.edge(dice.pick(all), "requires", dice.pick(things));
    alternatives(dice, edge);
    if (dice.chance(15)) edge.replaces = {dice.pick(things)};
  });
  times(7, [&] { g.edge(dice.pick(things), "variant-of", dice.pick(things)); });
  times(3, [&] { alternatives(dice, g.edge(dice.pick(things), "step-of", dice.pick(things))); });
  times(extras.no_supplies ? 0 : 5, [&] {
    std::vector<std::string> customers = actors;
    customers.push_back("bloc");
    SnapshotEdge& edge = g.edge(dice.pick(actors), "supplies", dice.pick(customers));
    if (dice.chance(85)) edge.item = g.key(dice.pick(things));
    supply(dice, edge);
  });
  times(2, [&] { g.edge(dice.pick(actors), "uses", dice.pick(things)); });
  return g.view();
}

RequirementOptions random_reading(std::mt19937& random, const View& view) {
  const Vertex n = view.snapshot().vertex_count();
  const auto some = [&] { return static_cast<Vertex>(random() % n); };
  RequirementOptions options;
  options.layer = random() % 2 == 0 ? Layer::place : Layer::actor;
  options.keep_minor = random() % 4 == 0;
  if (random() % 2 == 0) return options;
  // What the enforcement of a policy asks for.
  for (unsigned i = 1 + static_cast<unsigned>(random() % 2); i > 0; --i) {
    const Flow flow{some(), some()};
    if (view.snapshot().layer(flow.item) != Layer::none || view.snapshot().layer(flow.customer) == Layer::none)
      continue;
    options.derive.push_back(flow);
    const Vertex by = some();
    if (view.snapshot().layer(by) == Layer::none && by != flow.item) options.refills.push_back({flow, by, 0, 0.5});
  }
  return options;
}

}  // namespace chokepoint::test
