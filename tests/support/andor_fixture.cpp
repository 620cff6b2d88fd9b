#include "tests/support/andor_fixture.hpp"

#include <string>

namespace chokepoint::test {

GraphFixture andor_fixture() {
  GraphFixture g;
  g.nodes("country", {"a", "b", "c"}).nodes("firm", {"f1", "f2", "f3", "f4"}).nodes("equipment", {"t1", "t2", "k"});
  g.nodes("material", {"m1", "m2"}).nodes("process", {"p1", "p2"}).nodes("product", {"x"});
  const auto produces = [&](const std::string& firm, const std::string& thing, double share) {
    g.edge(firm, "produces", thing).share = share;
  };
  g.edge("f1", "located-in", "a");
  g.edge("f2", "located-in", "b");
  g.edge("f3", "located-in", "b");
  g.edge("f4", "located-in", "c");
  produces("f1", "t1", 1.0);
  produces("f2", "t2", 0.6);
  produces("f4", "t2", 0.4);
  produces("f2", "m1", 0.5);
  produces("f3", "m1", 0.3);
  produces("f1", "m1", 0.2);
  produces("f3", "m2", 0.7);
  produces("f4", "m2", 0.3);
  g.edge("t1", "variant-of", "k");
  g.edge("t2", "variant-of", "k");
  g.edge("p1", "requires", "k");
  g.edge("p1", "requires", "m1");
  g.edge("p2", "requires", "m2");
  g.edge("p2", "requires", "p1");
  g.edge("x", "requires", "p2");
  return g;
}

}  // namespace chokepoint::test
