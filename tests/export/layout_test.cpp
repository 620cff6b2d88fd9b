#include "export/layout/layout.hpp"

#include "export/layout/quadtree.hpp"
#include "tests/support/seeds.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

namespace chokepoint::detail {
namespace {

std::vector<Link> random_links(std::mt19937& random, std::size_t nodes, std::size_t links) {
  std::vector<Link> result;
  for (std::size_t i = 0; i < links; ++i)
    result.push_back({static_cast<std::uint32_t>(random() % nodes), static_cast<std::uint32_t>(random() % nodes)});
  return result;
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

void expect_finite_and_distinct(const std::vector<Point>& points, std::size_t count) {
  ASSERT_EQ(points.size(), count);
  std::set<std::pair<double, double>> seen;
  for (const Point& point : points) {
    EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y));
    EXPECT_TRUE(seen.insert({point.x, point.y}).second);
  }
}

TEST(Quadtree, AgreesWithTheSumOverAllPoints) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random = test::seeded(seed);
    std::uniform_real_distribution<double> place(-100, 100), weight(0.5, 9);
    std::vector<Point> points(1 + random() % 60);
    std::vector<double> masses;
    for (Point& point : points) {
      point = {place(random), place(random)};
      masses.push_back(weight(random));
    }
    if (points.size() > 3) points[1] = points[0];  // two at one place
    Quadtree tree;
    tree.build(points, masses);
    for (const Point& p : points) {
      Point sum;
      double size = 0;
      for (std::size_t j = 0; j < points.size(); ++j) {
        const double dx = p.x - points[j].x, dy = p.y - points[j].y, squared = dx * dx + dy * dy;
        if (squared == 0) continue;
        sum = {sum.x + masses[j] * dx / squared, sum.y + masses[j] * dy / squared};
        size += masses[j] / std::sqrt(squared);
      }
      const Point exact = tree.repulsion(p, 0);
      EXPECT_NEAR(exact.x, sum.x, 1e-9 * (1 + size));
      EXPECT_NEAR(exact.y, sum.y, 1e-9 * (1 + size));
      const Point approximate = tree.repulsion(p, 1.0);
      EXPECT_LT(distance(approximate, sum), size + 1e-9);
    }
  }
}

TEST(Quadtree, StopsAtPointsThatAreNearlyOne) {
  std::vector<Point> points = {{0, 0}, {1, 1}, {1e-300, 0}, {0, 1e-300}, {1e-15, 1e-15}};
  Quadtree tree;
  tree.build(points, std::vector<double>(points.size(), 1));
  EXPECT_TRUE(std::isfinite(tree.repulsion({0, 0}, 1).x));
  tree.build(std::vector<Point>(1000, Point{3, 4}), std::vector<double>(1000, 1));
  EXPECT_EQ(tree.repulsion({3, 4}, 1), (Point{0, 0}));
}

TEST(Layout, GivesEveryNodeAPlaceOfItsOwn) {
  EXPECT_TRUE(lay_out(0, {}, 1).empty());
  expect_finite_and_distinct(lay_out(1, {}, 1), 1);
  expect_finite_and_distinct(lay_out(2, {}, 1), 2);
  expect_finite_and_distinct(lay_out(100, {}, 1), 100);
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random = test::seeded(seed);
    const std::size_t nodes = 1 + random() % 80;
    expect_finite_and_distinct(lay_out(nodes, random_links(random, nodes, random() % 200), seed), nodes);
  }
}

TEST(Layout, KeepsNodesApartByTwoFifthsOfACell) {
  std::mt19937 random = test::seeded(3);
  const std::size_t nodes = 300;
  const std::vector<Point> points = lay_out(nodes, random_links(random, nodes, 900), 1);
  for (std::size_t i = 0; i < nodes; ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_GT(distance(points[i], points[j]), 11.8);
}

TEST(Layout, IsTheSameForTheSameSeed) {
  std::mt19937 random = test::seeded(5);
  const std::vector<Link> links = random_links(random, 50, 120);
  EXPECT_EQ(lay_out(50, links, 1), lay_out(50, links, 1));
  EXPECT_NE(lay_out(50, links, 1), lay_out(50, links, 2));
}

TEST(Layout, PutsLinkedNodesNearerThanOthers) {
  // Eight cliques of ten nodes, each tied to the next by one link.
  std::vector<Link> links;
  for (std::uint32_t clique = 0; clique < 8; ++clique) {
    for (std::uint32_t a = 0; a < 10; ++a)
      for (std::uint32_t b = 0; b < a; ++b) links.push_back({10 * clique + a, 10 * clique + b});
    links.push_back({10 * clique, 10 * ((clique + 1) % 8)});
  }
  const std::vector<Point> points = lay_out(80, links, 1);
  double inside = 0, outside = 0;
  int insides = 0, outsides = 0;
  for (std::size_t i = 0; i < 80; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const bool same = i / 10 == j / 10;
      (same ? inside : outside) += distance(points[i], points[j]);
      ++(same ? insides : outsides);
    }
  EXPECT_LT(inside / insides, 0.4 * outside / outsides);
}

TEST(Layout, StaysOnTheDiscForLargeGraphs) {
  std::mt19937 random = test::seeded(9);
  const std::size_t nodes = 60'000;
  expect_finite_and_distinct(lay_out(nodes, random_links(random, nodes, 100'000), 1), nodes);
}

TEST(Layout, TakesALongPathWithoutRecursion) {
  const std::uint32_t nodes = 1'000'000;
  std::vector<Link> links;
  for (std::uint32_t i = 1; i < nodes; ++i) links.push_back({i - 1, i});
  EXPECT_EQ(lay_out(nodes, links, 1).size(), nodes);
}

}  // namespace
}  // namespace chokepoint::detail
