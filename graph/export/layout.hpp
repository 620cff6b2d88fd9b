#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// A place on the plane; the unit is Gephi's, in which a node is 10 to 40 wide.
struct Point {
  double x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

/// An edge between two nodes by number; direction does not matter here.
struct Link {
  std::uint32_t a = 0, b = 0;
};

/// Places for a first look: linked nodes near each other, hubs inside, unlinked nodes around, no two nodes at one
/// point. All numbers are finite, rounded to 0.1; the centre is near the origin.
///
/// Question: a readable picture in bounded time, always the same for the same graph and seed.
/// Method: nodes are dealt onto a sunflower disc in breadth-first order from the best-linked node; graphs of up to
/// 50,000 nodes are then relaxed by forces, repulsion by mass (degree + 1) over distance, attraction along links by
/// distance, gravity to the centre, as in ForceAtlas2, with repulsion from far nodes taken together in a quadtree;
/// last, nodes that fell into one grid cell are moved to the nearest free ones. The number of rounds is such that the
/// work stays below a fixed budget (about 0.2 s).
/// @see M. Jacomy et al., "ForceAtlas2", PLoS ONE 9(6), 2014; J. Barnes, P. Hut, Nature 324, 1986
/// @pre every number in `links` is below `node_count`
/// @note O(n + m) above 50,000 nodes, below that O(rounds · (n log n + m)). No trigonometry, so results do not depend
///       on the mathematical library.
std::vector<Point> lay_out(std::size_t node_count, std::span<const Link> links, std::uint64_t seed);

}  // namespace chokepoint::detail
