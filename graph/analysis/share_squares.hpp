#pragma once

#include <vector>

namespace chokepoint::detail {

/// One hand that holds a part of a supply: at least `share`, and at most `room` more.
struct Holding {
  double share = 0;
  double room = 0;
};

/// Bounds on the sum of squared shares.
struct SquareBounds {
  double low = 0;
  double high = 0;
};

/// The sum of squares of the holdings when a further part `open` of the supply is shared out in a way nobody knows: at
/// least when it is spread over many small hands, at most when it goes where it adds most within the rooms. `high` is
/// exact when one hand can take all of it, else a bound (the linear relaxation).
/// @return in [0, 1]. O(h log h)
SquareBounds square_bounds(std::vector<Holding> holdings, double open);

}  // namespace chokepoint::detail
