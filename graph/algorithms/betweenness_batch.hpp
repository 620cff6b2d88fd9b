#pragma once

#include "algorithms/simple_graph.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Kinds of processor that the inner loops are compiled for.
enum class Processor : std::uint8_t { portable, avx2, avx512 };

/// Those that this one is, the plainest first.
std::vector<Processor> usable_processors();

/// One breadth-first search for a batch of sources at a time, and the way back: what Brandes' algorithm does for one.
///
/// An arc is read once for the whole batch, and its lanes, one a source, are added side by side. What a source knows of
/// a vertex at a tier is kept in the order of the visits, with zeros for the other sources, so that both passes read it
/// in a row and need no mask; only sums into the next tier are scattered. See M. Then et al., "The More the Merrier:
/// Efficient Multi-Source Graph Traversal", 2014.
class BetweennessBatch {
 public:
  /// Sources in a batch: eight numbers are one cache line, and one register where there is AVX-512.
  static constexpr std::size_t width = 8;

  explicit BetweennessBatch(const SimpleGraph& graph, Processor processor = usable_processors().back())
      : graph_(&graph), processor_(processor), sums_(graph.size()), seen_(graph.size(), 0), here_(graph.size(), 0) {}

  /// Adds what the sources contribute to each vertex. The sum is the same to the last bit on every processor: lanes are
  /// never added across, products never fused.
  /// @pre at most `width` different sources
  void add(std::span<const std::uint32_t> sources, std::vector<double>& betweenness);

 private:
  /// Which sources of a batch; bit b stands for lane b.
  using Lanes = std::uint32_t;
  using Numbers = double __attribute__((vector_size(width * sizeof(double))));
  using Mask = std::int64_t __attribute__((vector_size(width * sizeof(double))));
  /// One number for each source. How a vector is aligned depends on the processor compiled for; a row is the same for
  /// all.
  struct alignas(64) Row {
    Numbers lanes;
  };

  struct Visit {
    std::uint32_t vertex;
    Lanes lanes;  ///< sources that have the vertex at this tier
  };

  // Compiled once for each kind of processor; see the source.
  void add_portable(std::span<const std::uint32_t> sources, std::vector<double>& betweenness);
  void add_avx2(std::span<const std::uint32_t> sources, std::vector<double>& betweenness);
  void add_avx512(std::span<const std::uint32_t> sources, std::vector<double>& betweenness);
  inline void add_any(std::span<const std::uint32_t> sources, std::vector<double>& betweenness);
  inline void start(std::span<const std::uint32_t> sources);
  inline bool visit_next_tier();
  inline void collect_tier(std::size_t tier, std::vector<double>& betweenness);

  const SimpleGraph* graph_;
  Processor processor_;
  std::vector<Row> sums_;  ///< forward: walks into the next tier; backward: see collect_tier
  std::vector<Lanes> seen_;
  std::vector<Lanes> here_;  ///< forward: lanes that come into the next tier; backward: lanes of the tier beyond
  std::vector<Visit> visits_;
  std::vector<Row> walks_;               ///< [visits] shortest walks from each source; 0 for other lanes
  std::vector<std::size_t> tier_start_;  ///< into visits_; the last is their number
  std::vector<std::uint32_t> touched_;
  std::vector<Row> dependency_;
};

}  // namespace chokepoint::detail
