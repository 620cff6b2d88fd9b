#pragma once

#include "tests/support/graph_fixture.hpp"

namespace chokepoint::test {

/// The worked example of AND/OR dependencies: 15 nodes, 19 edges, every number checkable by hand.
///
///   country A -- F1 --100--> T1 --variant--> K --> P1 --> P2 --> X
///                 \--20--> M1 ----------------->/         ^
///   country B -- F2 --60--> T2 --variant--> K             |
///                 \--50--> M1                             |
///   country B -- F3 --30--> M1                            |
///                 \--70--> M2 ----------------------------+
///   country C -- F4 --40--> T2,  F4 --30--> M2
GraphFixture andor();

}  // namespace chokepoint::test
