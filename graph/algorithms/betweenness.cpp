// Question: how many shortest walks pass each vertex?
// Method: Brandes, with a batch of sources at a time: one breadth-first search counts the shortest walks of all of
// them, one pass back collects what depends on each vertex. An arc is read once for the whole batch and its lanes are
// added side by side, which the compiler turns into vector instructions; twice as fast as one source at a time. See
// M. Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal", 2014. Boost's version counts in
// integers by default and gives NaN on 40 diamonds in a row.
#include "chokepoint/algorithms/centrality.hpp"

#include "algorithms/simple_graph.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace chokepoint {

namespace {

/// Which sources of a batch; bit b stands for lane b.
using Lanes = std::uint32_t;

/// Sources in a batch. Eight numbers are one cache line; 16 and 32 were slower as soon as the cache was shared.
constexpr std::size_t width = 8;

/// One number for each source of a batch.
struct alignas(64) Row {
  std::array<double, width> lane{};

  double& operator[](std::size_t b) { return lane[b]; }
  void add(const Row& other) {
    for (std::size_t b = 0; b < width; ++b) lane[b] += other.lane[b];
  }
};

class BatchSearch {
 public:
  explicit BatchSearch(const detail::SimpleGraph& graph)
      : graph_(graph), walks_(graph.size()), scratch_(graph.size()), seen_(graph.size()), here_(graph.size()) {}

  /// Adds what the sources [first, last) contribute. @pre at most `width` of them
  void add(std::uint32_t first, std::uint32_t last, std::vector<double>& betweenness) {
    std::fill(seen_.begin(), seen_.end(), 0);
    visits_.clear();
    level_start_.assign(1, 0);
    for (std::uint32_t source = first; source < last; ++source) {
      const Lanes lane = Lanes{1} << (source - first);
      walks_[source][source - first] = 1;
      seen_[source] = lane;
      visits_.push_back({source, lane});
    }
    level_start_.push_back(visits_.size());
    while (count_walks_of_next_level()) {
    }
    for (std::size_t level = level_start_.size() - 1; level-- > 1;) collect_level(level, betweenness);
    for (std::size_t i = level_start_[1]; i < visits_.size(); ++i) here_[visits_[i].vertex] = 0;
  }

 private:
  /// A vertex at one distance from those sources.
  struct Visit {
    std::uint32_t vertex;
    Lanes lanes;
  };

  /// @return false when no source reaches further
  bool count_walks_of_next_level() {
    const std::size_t begin = level_start_[level_start_.size() - 2];
    const std::size_t end = level_start_.back();
    touched_.clear();
    for (std::size_t i = begin; i < end; ++i) {
      const auto [v, lanes] = visits_[i];
      Row walks;
      for (std::size_t b = 0; b < width; ++b) walks[b] = (lanes >> b & 1U) != 0 ? walks_[v][b] : 0;
      for (const std::uint32_t w : graph_.next(v)) {
        if ((lanes & ~seen_[w]) == 0) continue;
        if (here_[w] == 0) {
          scratch_[w] = Row{};
          touched_.push_back(w);
        }
        here_[w] |= lanes;
        scratch_[w].add(walks);
      }
    }
    for (const std::uint32_t w : touched_) {
      const Lanes fresh = here_[w] & ~seen_[w];
      here_[w] = 0;
      seen_[w] |= fresh;
      for (std::size_t b = 0; b < width; ++b) {
        if ((fresh >> b & 1U) != 0) walks_[w][b] = scratch_[w][b];
      }
      visits_.push_back({w, fresh});
    }
    level_start_.push_back(visits_.size());
    return !touched_.empty();
  }

  /// What depends on the vertices of a level, from what depends on the level beyond: `scratch_` holds
  /// (1 + dependency) / walks of that level's visits, and `here_` their lanes.
  void collect_level(std::size_t level, std::vector<double>& betweenness) {
    const std::size_t begin = level_start_[level];
    const std::size_t end = level_start_[level + 1];
    dependency_.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const auto [v, lanes] = visits_[i];
      Row sum;
      for (const std::uint32_t w : graph_.next(v)) {
        if ((here_[w] & lanes) != 0) sum.add(scratch_[w]);
      }
      Row& dependency = dependency_[i - begin];
      double all = 0;
      for (std::size_t b = 0; b < width; ++b) {
        dependency[b] = (lanes >> b & 1U) != 0 ? sum[b] * walks_[v][b] : 0;
        all += dependency[b];
      }
      betweenness[v] += all;
    }
    // A vertex may be visited on both levels for different sources, so the level beyond is let go only now.
    const std::size_t beyond = level + 2 < level_start_.size() ? level_start_[level + 2] : end;
    for (std::size_t i = end; i < beyond; ++i) here_[visits_[i].vertex] = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const auto [v, lanes] = visits_[i];
      here_[v] = lanes;
      for (std::size_t b = 0; b < width; ++b) {
        scratch_[v][b] = (lanes >> b & 1U) != 0 ? (1 + dependency_[i - begin][b]) / walks_[v][b] : 0;
      }
    }
  }

  const detail::SimpleGraph& graph_;
  std::vector<Row> walks_;    ///< shortest walks from each source
  std::vector<Row> scratch_;  ///< forward: walks into the next level; backward: see collect_level
  std::vector<Lanes> seen_;
  std::vector<Lanes> here_;  ///< forward: lanes that come into the next level; backward: lanes of the level beyond
  std::vector<Visit> visits_;
  std::vector<std::size_t> level_start_;  ///< into visits_; the last is their number
  std::vector<std::uint32_t> touched_;
  std::vector<Row> dependency_;
};

}  // namespace

std::vector<double> find_betweenness(const ArcGraph& graph) {
  const detail::SimpleGraph simple = detail::make_simple(graph);
  std::vector<double> betweenness(simple.size(), 0);
  BatchSearch search(simple);
  for (std::uint32_t first = 0; first < simple.size(); first += width) {
    search.add(first, std::min(first + static_cast<std::uint32_t>(width), simple.size()), betweenness);
  }
  if (graph.is_undirected()) {
    for (double& value : betweenness) value /= 2;
  }
  return detail::spread(simple, betweenness, graph.vertex_count());
}

}  // namespace chokepoint
