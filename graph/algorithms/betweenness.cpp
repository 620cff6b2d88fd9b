// Question: how many shortest walks pass each vertex?
// Method: Brandes. One breadth-first search a source counts the shortest walks; going back in reverse order collects
// what depends on each vertex. Boost's version counts in integers by default and gives NaN on 40 diamonds in a row.
#include "chokepoint/algorithms/centrality.hpp"

#include "algorithms/simple_graph.hpp"

#include <cstddef>
#include <limits>

namespace chokepoint {

namespace {

constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

/// What one source adds; the arrays are kept from source to source and only what was touched is cleared.
class SourceSearch {
 public:
  explicit SourceSearch(const detail::SimpleGraph& graph)
      : graph_(graph), distance_(graph.size(), unseen), walks_(graph.size(), 0), dependency_(graph.size(), 0) {
    order_.reserve(graph.size());
  }

  void add(std::uint32_t source, std::vector<double>& betweenness) {
    count_walks(source);
    // Backwards: the part of the walks from the source that passes v on to w, and all that lies behind w.
    for (std::size_t i = order_.size(); i-- > 0;) {
      const std::uint32_t v = order_[i];
      double sum = 0;
      for (const std::uint32_t w : graph_.next(v)) {
        if (distance_[w] == distance_[v] + 1) sum += (1 + dependency_[w]) / walks_[w];
      }
      dependency_[v] = sum * walks_[v];
      if (v != source) betweenness[v] += dependency_[v];
    }
    for (const std::uint32_t v : order_) {
      distance_[v] = unseen;
      walks_[v] = 0;
    }
  }

 private:
  void count_walks(std::uint32_t source) {
    order_.assign(1, source);
    distance_[source] = 0;
    walks_[source] = 1;
    for (std::size_t next = 0; next < order_.size(); ++next) {
      const std::uint32_t v = order_[next];
      for (const std::uint32_t w : graph_.next(v)) {
        if (distance_[w] == unseen) {
          distance_[w] = distance_[v] + 1;
          order_.push_back(w);
        }
        if (distance_[w] == distance_[v] + 1) walks_[w] += walks_[v];
      }
    }
  }

  const detail::SimpleGraph& graph_;
  std::vector<std::uint32_t> distance_;
  std::vector<double> walks_;
  std::vector<double> dependency_;
  std::vector<std::uint32_t> order_;
};

}  // namespace

std::vector<double> find_betweenness(const ArcGraph& graph) {
  const detail::SimpleGraph simple = detail::make_simple(graph);
  std::vector<double> betweenness(simple.size(), 0);
  SourceSearch search(simple);
  for (std::uint32_t source = 0; source < simple.size(); ++source) search.add(source, betweenness);
  if (graph.is_undirected()) {
    for (double& value : betweenness) value /= 2;
  }
  return detail::spread(simple, betweenness, graph.vertex_count());
}

}  // namespace chokepoint
