// Question: how many vertices does each vertex reach? One search after the other costs n (n + m).
// Method: vertices of one strong component reach the same, so that an acyclic graph of components is left. Numbered so
// that arcs go to smaller numbers, a component reaches itself and what its successors reach: one pass in the order of
// the numbers settles 512 targets for all components. Blocks of targets are independent of each other and shared out to
// threads.
#include "algorithms/closure_sizes.hpp"

#include "algorithms/simple_graph.hpp"
#include "algorithms/strong_search.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

namespace chokepoint {

namespace {

using Number = std::uint32_t;  ///< of a component

/// The graph of the components, each numbered behind all that it reaches.
struct Condensation {
  std::vector<Number> number;       ///< by vertex
  std::vector<std::uint32_t> size;  ///< vertices, by number
  std::vector<std::size_t> offset;  ///< [count + 1] into successors, by number
  std::vector<Number> successors;   ///< smaller numbers, each once
  [[nodiscard]] Number count() const { return static_cast<Number>(size.size()); }
};

Condensation condense(const detail::SimpleGraph& graph) {
  // A component is finished after all those it leads to.
  const detail::StrongSearch search(graph.size(), [&](Vertex v) { return graph.next(v); });
  Condensation out;
  out.number.resize(graph.size());
  out.size.assign(search.count, 0);
  for (Vertex v = 0; v < graph.size(); ++v) ++out.size[out.number[v] = search.of[v]];
  std::vector<std::pair<Number, Number>> arcs;
  for (Vertex v = 0; v < graph.size(); ++v)
    for (const Vertex w : graph.next(v))
      if (out.number[v] != out.number[w]) arcs.emplace_back(out.number[v], out.number[w]);
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  out.offset.assign(out.count() + std::size_t{1}, 0);
  out.successors.reserve(arcs.size());
  for (const auto& [from, to] : arcs) {
    ++out.offset[from + std::size_t{1}];
    out.successors.push_back(to);
  }
  std::partial_sum(out.offset.begin(), out.offset.end(), out.offset.begin());
  return out;
}

constexpr std::size_t words = 8;
constexpr Number width = words * 64;
using Mask = std::array<std::uint64_t, words>;

/// Adds to what each component reaches what it reaches of one block of targets.
class BlockCounter {
 public:
  explicit BlockCounter(const Condensation& graph)
      : graph_(&graph), masks_(graph.count()), reaches_(graph.count(), 0), sums_(graph.count(), 0) {}

  void count(Number block) {
    const Number first = block * width, end = std::min(graph_->count(), first + width);
    large_.clear();
    for (Number target = first; target < end; ++target)
      if (graph_->size[target] > 1) large_.push_back(target - first);
    // Nothing in front of a target reaches it.
    for (Number c = first; c < graph_->count(); ++c) {
      Mask mask{};
      bool any = false;
      for (std::size_t i = graph_->offset[c]; i < graph_->offset[c + std::size_t{1}]; ++i) {
        const Number to = graph_->successors[i];
        if (to < first || reaches_[to] == 0) continue;
        any = true;
        for (std::size_t w = 0; w < words; ++w) mask[w] |= masks_[to][w];
      }
      if (c < end) {
        mask[(c - first) / 64] |= std::uint64_t{1} << (c - first) % 64;
        any = true;
      }
      reaches_[c] = any ? 1 : 0;
      if (!any) continue;
      masks_[c] = mask;
      sums_[c] += vertices_in(mask, first);
    }
  }
  [[nodiscard]] const std::vector<std::uint32_t>& sums() const { return sums_; }

 private:
  [[nodiscard]] std::uint32_t vertices_in(const Mask& mask, Number first) const {
    std::uint32_t sum = 0;
    for (const std::uint64_t word : mask) sum += static_cast<std::uint32_t>(std::popcount(word));
    for (const Number place : large_)
      if ((mask[place / 64] >> place % 64 & 1U) != 0) sum += graph_->size[first + place] - 1;
    return sum;
  }

  const Condensation* graph_;
  std::vector<Mask> masks_;
  std::vector<std::uint8_t> reaches_;  ///< any of the block; else the mask is of an earlier one
  std::vector<std::uint32_t> sums_;
  std::vector<Number> large_;  ///< targets of the block, from its first on, that are several vertices
};

}  // namespace

std::vector<std::uint32_t> count_reachable(const ArcGraph& graph, unsigned threads) {
  assert(threads >= 1);
  const detail::SimpleGraph simple = detail::make_simple(graph);
  const Condensation condensed = condense(simple);
  const Number blocks = (condensed.count() + width - 1) / width;
  std::vector<std::uint32_t> sums(condensed.count(), 0);
  std::atomic<Number> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      BlockCounter counter(condensed);
      for (Number block; (block = next++) < blocks;) counter.count(block);
      const std::lock_guard lock(mutex);
      for (Number c = 0; c < condensed.count(); ++c) sums[c] += counter.sums()[c];
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  for (Number i = 1; i < std::min<Number>(threads, blocks); ++i) others.emplace_back(work);
  work();
  others.clear();
  if (failure) std::rethrow_exception(failure);
  std::vector<std::uint32_t> counts;
  counts.reserve(simple.size());
  for (const Number number : condensed.number) counts.push_back(sums[number] - 1);
  return detail::spread(simple, counts, graph.vertex_count());
}

}  // namespace chokepoint
