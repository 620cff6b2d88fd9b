#include "export/layout/quadtree.hpp"

#include <algorithm>
#include <array>

namespace chokepoint::detail {

namespace {

constexpr int deepest = 32;

std::uint32_t quarter(Point point, Point middle) {
  return (point.x >= middle.x ? 1U : 0U) + (point.y >= middle.y ? 2U : 0U);
}

void step_into(std::uint32_t which, Point& middle, double& half) {
  half /= 2;
  middle.x += (which & 1U) != 0 ? half : -half;
  middle.y += (which & 2U) != 0 ? half : -half;
}

}  // namespace

void Quadtree::build(std::span<const Point> points, std::span<const double> masses) {
  squares_.clear();
  squares_.emplace_back();
  if (points.empty()) return;
  Point low = points.front(), high = points.front();
  for (const Point& point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  corner_ = low;
  side_ = std::max({high.x - low.x, high.y - low.y, 1e-9});
  for (std::size_t i = 0; i < points.size(); ++i) insert(points[i], masses[i]);
  for (Square& square : squares_)
    if (square.mass > 0) square.centre = {square.centre.x / square.mass, square.centre.y / square.mass};
}

void Quadtree::split(std::uint32_t square, Point middle) {
  const auto first = static_cast<std::uint32_t>(squares_.size());
  squares_.resize(squares_.size() + 4);
  squares_[square].child = first;
  const Point point = squares_[square].only;
  const double mass = squares_[square].only_mass;
  Square& below = squares_[first + quarter(point, middle)];
  below.mass = below.only_mass = mass;
  below.only = point;
  below.centre = {mass * point.x, mass * point.y};
}

void Quadtree::insert(Point point, double mass) {
  double half = side_ / 2;
  Point middle = {corner_.x + half, corner_.y + half};
  std::uint32_t at = 0;
  for (int depth = 0;; ++depth) {
    const bool was_empty = squares_[at].mass == 0;
    const bool same_place = !was_empty && squares_[at].child == 0 && squares_[at].only == point;
    squares_[at].mass += mass;
    squares_[at].centre.x += mass * point.x;
    squares_[at].centre.y += mass * point.y;
    if (was_empty) {
      squares_[at].only = point;
      squares_[at].only_mass = mass;
      return;
    }
    if (same_place) squares_[at].only_mass += mass;
    // Too deep: the points are nearly one, and one mass stands for them.
    if (same_place || depth == deepest) return;
    if (squares_[at].child == 0) split(at, middle);
    const std::uint32_t which = quarter(point, middle);
    at = squares_[at].child + which;
    step_into(which, middle, half);
  }
}

Point Quadtree::repulsion(Point p, double opening) const {
  Point sum;
  struct Visit {
    std::uint32_t square;
    double side;
  };
  // Four children a level, of which one is opened next: three wait.
  std::array<Visit, 3 * (deepest + 2) + 1> stack;
  std::size_t waiting = 0;
  stack[waiting++] = {0, side_};
  while (waiting > 0) {
    const Visit visit = stack[--waiting];
    const Square& square = squares_[visit.square];
    if (square.mass == 0) continue;
    const double dx = p.x - square.centre.x, dy = p.y - square.centre.y;
    const double squared = dx * dx + dy * dy;
    if (square.child == 0 || visit.side * visit.side < opening * opening * squared) {
      if (squared > 1e-12) {
        sum.x += square.mass * dx / squared;
        sum.y += square.mass * dy / squared;
      }
      continue;
    }
    for (std::uint32_t i = 0; i < 4; ++i) stack[waiting++] = {square.child + i, visit.side / 2};
  }
  return sum;
}

}  // namespace chokepoint::detail
