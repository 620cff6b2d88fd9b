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

/// How long the forces may work.
enum class Effort : std::uint8_t { quick, settled };

/// Places for a first look: linked nodes near each other, hubs inside, unlinked nodes around, no two nodes at one
/// point. All numbers are finite, rounded to 0.1; the centre is near the origin.
///
/// Question: a readable picture in bounded time, always the same for the same graph and seed.
/// Method: nodes are dealt onto a sunflower disc in breadth-first order from the best-linked node; graphs of up to
/// 50,000 nodes are then relaxed by forces, repulsion by mass (degree + 1) over distance, attraction along links by
/// distance, gravity to the centre, as in ForceAtlas2, with repulsion from far nodes taken together in a quadtree;
/// last, nodes that fell into one grid cell are moved to the nearest free ones. The number of rounds is such that the
/// work stays below a budget (`quick`: about 0.2 s; `settled`: some seconds, and up to 200,000 nodes are relaxed).
/// @see M. Jacomy et al., "ForceAtlas2", PLoS ONE 9(6), 2014; J. Barnes, P. Hut, Nature 324, 1986
/// @pre every number in `links` is below `node_count`
/// @note O(n + m) for more nodes than are relaxed, else O(rounds · (n log n + m)). No trigonometry, so results do not
/// depend
///       on the mathematical library.
std::vector<Point> lay_out(std::size_t node_count, std::span<const Link> links, std::uint64_t seed,
                           Effort effort = Effort::quick);

/// Places by tier: what depends stands left of what it depends on, as far as cycles let it.
///
/// Question: who stands before whom, at a glance.
/// Method: arcs that close a cycle in a depth-first walk are set aside; a node's tier is the longest way to it from a
/// node on which nothing depends; within a tier nodes are ordered by the mean rank of their neighbours, in sweeps both
/// ways; tall tiers are broken into several columns. Nodes without arcs stand in columns of their own at the end.
/// @param arcs  from a dependent (`a`) to what it depends on (`b`)
/// @param order  further links, which say only who should stand near whom
/// @see K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981
/// @note O(n log n + m) for each of a fixed number of sweeps; deterministic; no two nodes at one point
std::vector<Point> lay_out_layered(std::size_t node_count, std::span<const Link> arcs, std::span<const Link> order);

}  // namespace chokepoint::detail
