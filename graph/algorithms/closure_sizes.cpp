// Question: how many vertices does each vertex reach? One search after the other costs n (n + m).
// Method: vertices of one strong component reach the same, so that an acyclic graph of components is left. Numbered so that
// arcs go to smaller numbers, a component reaches itself and what its successors reach: one pass in the order of the
// numbers settles 512 targets for all components. Blocks of targets are independent of each other and shared out to threads.
#include "chokepoint/algorithms/closure_sizes.hpp"

#include "chokepoint/algorithms/components.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace chokepoint {

namespace {

using Number = std::uint32_t;  ///< of a component

/// The graph of the components, each numbered behind all that it reaches.
struct Condensation {
  std::vector<Number> number;            ///< by component
  std::vector<std::uint32_t> size;       ///< vertices, by number
  std::vector<std::size_t> offset;       ///< [count + 1] into successors, by number
  std::vector<Number> successors;        ///< smaller numbers, each once
  [[nodiscard]] Number count() const { return static_cast<Number>(size.size()); }
};

using Arcs = std::vector<std::pair<Number, Number>>;

/// Arcs between components, each once, sorted.
Arcs arcs_between(const ArcGraph& graph, const Components& components) {
  Arcs arcs;
  for (Vertex v = 0; v < graph.vertex_count(); ++v) {
    const Number from = components.of[v];
    if (from == no_component) continue;
    for (const ArcStep step : graph.out(v)) {
      const Number to = components.of[step.target];
      if (to != no_component && to != from) arcs.emplace_back(from, to);
    }
  }
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  return arcs;
}

/// Numbers the components from the ends of the arcs on. @param arcs  sorted
/// @see A. B. Kahn, "Topological sorting of large networks", 1962
std::vector<Number> numbers_from_the_ends(const Arcs& arcs, Number count) {
  std::vector<std::size_t> begin(count + std::size_t{1}, 0);
  std::vector<std::uint32_t> open(count, 0);  // successors without a number
  for (const auto& [from, to] : arcs) {
    ++begin[to + std::size_t{1}];
    ++open[from];
  }
  for (std::size_t i = 0; i < count; ++i) begin[i + 1] += begin[i];
  std::vector<Number> predecessors(arcs.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (const auto& [from, to] : arcs) predecessors[next[to]++] = from;
  std::vector<Number> order;
  order.reserve(count);
  for (Number c = 0; c < count; ++c)
    if (open[c] == 0) order.push_back(c);
  for (std::size_t done = 0; done < order.size(); ++done) {
    const Number c = order[done];
    for (std::size_t i = begin[c]; i < begin[c + std::size_t{1}]; ++i)
      if (--open[predecessors[i]] == 0) order.push_back(predecessors[i]);
  }
  assert(order.size() == count);
  std::vector<Number> number(count);
  for (Number i = 0; i < count; ++i) number[order[i]] = i;
  return number;
}

Condensation condense(const ArcGraph& graph, const Components& components) {
  Condensation out;
  Arcs arcs = arcs_between(graph, components);
  out.number = numbers_from_the_ends(arcs, components.count());
  out.size.resize(components.count());
  for (Number c = 0; c < components.count(); ++c) out.size[out.number[c]] = components.size[c];
  for (auto& [from, to] : arcs) {
    from = out.number[from];
    to = out.number[to];
  }
  std::sort(arcs.begin(), arcs.end());
  out.offset.assign(components.count() + std::size_t{1}, 0);
  out.successors.reserve(arcs.size());
  for (const auto& [from, to] : arcs) {
    ++out.offset[from + std::size_t{1}];
    out.successors.push_back(to);
  }
  for (std::size_t i = 0; i < components.count(); ++i) out.offset[i + 1] += out.offset[i];
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
  const Components components = find_strong_components(graph);
  const Condensation condensed = condense(graph, components);
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
  std::vector<std::uint32_t> counts(graph.vertex_count(), 0);
  for (Vertex v = 0; v < graph.vertex_count(); ++v)
    if (components.of[v] != no_component) counts[v] = sums[condensed.number[components.of[v]]] - 1;
  return counts;
}

}  // namespace chokepoint
