#include "analysis/share_squares.hpp"

#include <algorithm>

namespace chokepoint::detail {

SquareBounds square_bounds(std::vector<Holding> holdings, double open) {
  SquareBounds bounds;
  for (const Holding& holding : holdings) bounds.low += holding.share * holding.share;
  bounds.high = bounds.low;
  // Taking t more adds t · (2 · share + t), so at most 2 · share + (what fits) for each part of t: filling hands in that
  // order bounds the sum from above, as in the relaxation of a knapsack.
  for (Holding& holding : holdings) holding.room = std::min(holding.room, open);
  const auto gain = [](const Holding& holding) { return 2 * holding.share + holding.room; };
  std::sort(holdings.begin(), holdings.end(),
            [&](const Holding& a, const Holding& b) { return gain(a) > gain(b); });
  for (const Holding& holding : holdings) {
    const double taken = std::min(holding.room, open);
    bounds.high += taken * gain(holding);
    open -= taken;
  }
  bounds.low = std::min(bounds.low, 1.0);
  bounds.high = std::min(bounds.high, 1.0);
  return bounds;
}

}  // namespace chokepoint::detail
