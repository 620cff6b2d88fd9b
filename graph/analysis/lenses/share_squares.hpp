#pragma once

#include <vector>

namespace chokepoint::detail {

/// One hand that holds a part of a supply: at least `share`, and at most `room` more.
struct Holding {
  double share = 0;
  double room = 0;
};

/// The greatest sum of squares of the holdings when a further part `open` of the supply is shared out among them within
/// their rooms: exact when one hand can take all of it, else a bound from above (the linear relaxation).
/// @return in [0, 1]. O(h log h)
double most_squares(std::vector<Holding> holdings, double open);

}  // namespace chokepoint::detail
