#include "analysis/lenses/share_squares.hpp"

#include <algorithm>

namespace chokepoint::detail {

double most_squares(std::vector<Holding> holdings, double open) {
  double sum = 0;
  for (const Holding& holding : holdings) sum += holding.share * holding.share;
  // Taking t more adds t · (2 · share + t), so at most 2 · share + (what fits) for each part of t: filling hands in
  // that order bounds the sum from above, as in the relaxation of a knapsack.
  for (Holding& holding : holdings) holding.room = std::min(holding.room, open);
  const auto gain = [](const Holding& holding) { return 2 * holding.share + holding.room; };
  std::sort(holdings.begin(), holdings.end(), [&](const Holding& a, const Holding& b) { return gain(a) > gain(b); });
  for (const Holding& holding : holdings) {
    const double taken = std::min(holding.room, open);
    sum += taken * gain(holding);
    open -= taken;
  }
  return std::min(sum, 1.0);
}

}  // namespace chokepoint::detail
