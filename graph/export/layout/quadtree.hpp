#pragma once

#include "export/layout/layout.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Points with masses, summed up by square, so that the pull of far ones is found without visiting each.
/// @see J. Barnes, P. Hut, "A hierarchical O(N log N) force-calculation algorithm", Nature 324, 1986
class Quadtree {
 public:
  /// O(n log n) for points that are spread out; at most 32 levels whatever they are.
  void build(std::span<const Point> points, std::span<const double> masses);

  /// Σ mass_j · (p − p_j) / |p − p_j|² over all points; squares that look smaller than `opening` times their
  /// distance count as one mass. Points at `p` itself exert nothing. O(log n)
  [[nodiscard]] Point repulsion(Point p, double opening) const;

 private:
  struct Square {
    double mass = 0;
    Point centre;             ///< of mass; a sum until the tree is complete
    std::uint32_t child = 0;  ///< first of four, 0 for none
    Point only;               ///< where its only point lies, while it has one
    double only_mass = 0;
  };

  void insert(Point point, double mass);
  void split(std::uint32_t square, Point middle);

  std::vector<Square> squares_;
  Point corner_;
  double side_ = 0;
};

}  // namespace chokepoint::detail
