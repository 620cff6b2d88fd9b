// Question: how many shortest walks pass each vertex?
// Method: Brandes, for batches of sources side by side (see BetweennessBatch), on as many threads as asked for. Batches
// are dealt in portions whose sums are added up in their order, so that the numbers do not depend on the threads.
// Sources with a popular successor in common stand side by side: their searches come to the same vertices at the same
// tiers, and what is visited once for all of them is saved. Boost's version counts in integers by default and gives NaN
// on 40 diamonds in a row.
#include "algorithms/betweenness_batch.hpp"
#include "algorithms/centrality.hpp"
#include "algorithms/simple_graph.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <limits>
#include <mutex>
#include <random>
#include <span>
#include <thread>
#include <tuple>
#include <utility>

namespace chokepoint {

namespace {

using Sources = std::vector<std::uint32_t>;

/// Sums are gathered over so many sources before they are added up; any number, but the same on every run.
constexpr std::size_t portion = 16 * detail::BetweennessBatch::width;

/// Leaves out sources from which nothing is reached, and puts together those that are alike.
Sources in_good_order(const detail::SimpleGraph& graph, const Sources& sources) {
  std::vector<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>> keys;
  for (const std::uint32_t source : sources) {
    std::uint64_t most = 0;
    std::uint32_t popular = 0;
    for (const std::uint32_t w : graph.next(source)) {
      if (graph.next(w).size() + 1 <= most) continue;
      most = graph.next(w).size() + 1;
      popular = w;
    }
    if (most > 0) keys.emplace_back(std::numeric_limits<std::uint64_t>::max() - most, popular, source);
  }
  std::sort(keys.begin(), keys.end());
  Sources ordered;
  for (const auto& key : keys) ordered.push_back(std::get<2>(key));
  return ordered;
}

/// Adds up portions in their order, whichever thread has them.
class OrderedSum {
 public:
  explicit OrderedSum(std::size_t size) : total_(size, 0) {}

  /// Waits for its turn. @param part  set to zero
  void add(std::size_t number, std::vector<double>& part) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return next_ == number || failure_; });
    if (failure_) return;
    for (std::size_t i = 0; i < part.size(); ++i) {
      total_[i] += part[i];
      part[i] = 0;
    }
    ++next_;
    turn_.notify_all();
  }
  void fail(std::exception_ptr why) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(why);
    turn_.notify_all();
  }
  std::vector<double> take() && {
    if (failure_) std::rethrow_exception(failure_);
    return std::move(total_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  std::size_t next_ = 0;
  std::vector<double> total_;
  std::exception_ptr failure_;
};

std::vector<double> sum_over(const detail::SimpleGraph& graph, const Sources& sources, unsigned threads) {
  OrderedSum sum(graph.size());
  std::atomic<std::size_t> next = 0;
  const std::size_t portions = (sources.size() + portion - 1) / portion;
  const auto work = [&] {
    try {
      detail::BetweennessBatch batch(graph);
      std::vector<double> part(graph.size(), 0);
      for (std::size_t number; (number = next++) < portions;) {
        const auto mine =
            std::span(sources).subspan(number * portion, std::min(portion, sources.size() - number * portion));
        for (std::size_t i = 0; i < mine.size(); i += detail::BetweennessBatch::width)
          batch.add(mine.subspan(i, std::min(detail::BetweennessBatch::width, mine.size() - i)), part);
        sum.add(number, part);
      }
    } catch (...) {
      sum.fail(std::current_exception());
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, portions); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return std::move(sum).take();
}

/// `count` different vertices below `n`, sorted; the same for the same seed everywhere. R. W. Floyd's way.
Sources draw(std::uint32_t n, std::uint32_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<bool> is_drawn(n, false);
  for (std::uint32_t last = n - count; last < n; ++last) {
    // The remainder is off an even chance by less than 2^-32.
    const auto v = static_cast<std::uint32_t>(random() % (std::uint64_t{last} + 1));
    is_drawn[is_drawn[v] ? last : v] = true;
  }
  Sources drawn;
  for (std::uint32_t v = 0; v < n; ++v) {
    if (is_drawn[v]) drawn.push_back(v);
  }
  return drawn;
}

}  // namespace

std::vector<double> find_betweenness(const ArcGraph& graph, const BetweennessOptions& options) {
  return sample_betweenness(graph, no_vertex, options).values;
}

SampledBetweenness sample_betweenness(const ArcGraph& graph, std::uint32_t sources, const BetweennessOptions& options) {
  const detail::SimpleGraph simple = detail::make_simple(graph);
  const std::uint32_t n = simple.size();
  SampledBetweenness sampled;
  sampled.sources = std::min(n, std::max(sources, std::uint32_t{1}));
  sampled.of_sources = n;
  const Sources drawn = draw(n, sampled.sources, options.seed);
  std::vector<double> values = sum_over(simple, in_good_order(simple, drawn), options.threads);
  const double scale = (n > 0 ? static_cast<double>(n) / sampled.sources : 1) * (graph.is_undirected() ? 0.5 : 1);
  if (scale != 1) {
    for (double& value : values) value *= scale;
  }
  if (sampled.sources < n) {
    const double k = sampled.sources;
    const double left_out = 1 - (k - 1) / n;
    const double part = std::sqrt(left_out * std::log(2.0 * n / options.failure_chance) / (2 * k));
    const double most = static_cast<double>(n) * (static_cast<double>(n) - 2) * (graph.is_undirected() ? 0.5 : 1);
    sampled.error_bound = part * std::max(0.0, most);
  }
  sampled.values = detail::spread(simple, values, graph.vertex_count());
  return sampled;
}

}  // namespace chokepoint
