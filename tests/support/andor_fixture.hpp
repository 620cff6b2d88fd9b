#pragma once

#include "tests/support/graph_fixture.hpp"

namespace chokepoint::test {

/// A worked example of AND/OR dependencies, small enough to check by hand (shares in percent):
///
///   country a -- f1 --100--> t1 --variant-of--> k <--requires-- p1 <--requires-- p2 <--requires-- x
///                \--20---> m1 <----------------------requires--/                 |
///   country b -- f2 --60---> t2 --variant-of--> k                                |
///                \--50---> m1                                                    |
///   country b -- f3 --30---> m1                                                  |
///                \--70---> m2 <--------------------------------------requires----/
///   country c -- f4 --40---> t2 ;  f4 --30---> m2
///
/// k is unsettled; shares have no group; firms produce and have their seats as drawn.
GraphFixture andor_fixture();

}  // namespace chokepoint::test
