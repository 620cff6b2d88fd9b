#include "tests/support/andor.hpp"

namespace chokepoint::test {

GraphFixture andor() {
  GraphFixture g;
  g.nodes("country", {"A", "B", "C"}).nodes("firm", {"F1", "F2", "F3", "F4"});
  g.nodes("equipment", {"K", "T1", "T2"}).nodes("material", {"M1", "M2"});
  g.nodes("process", {"P1", "P2"}).nodes("product", {"X"});
  g.edge("F1", "located-in", "A");
  g.edge("F2", "located-in", "B");
  g.edge("F3", "located-in", "B");
  g.edge("F4", "located-in", "C");
  g.edge("F1", "produces", "T1").share = 1.0;
  g.edge("F2", "produces", "T2").share = 0.6;
  g.edge("F4", "produces", "T2").share = 0.4;
  g.edge("F2", "produces", "M1").share = 0.5;
  g.edge("F3", "produces", "M1").share = 0.3;
  g.edge("F1", "produces", "M1").share = 0.2;
  g.edge("F3", "produces", "M2").share = 0.7;
  g.edge("F4", "produces", "M2").share = 0.3;
  g.edge("T1", "variant-of", "K");
  g.edge("T2", "variant-of", "K");
  g.edge("P1", "requires", "K");
  g.edge("P1", "requires", "M1");
  g.edge("P2", "requires", "M2");
  g.edge("P2", "requires", "P1");
  g.edge("X", "requires", "P2");
  return g;
}

}  // namespace chokepoint::test
