// The inner loops of betweenness, compiled for three kinds of processor, one of which is chosen at run time. Compiled
// without fused multiply-add (see CMakeLists.txt), so that all of them give the same numbers.
#include "algorithms/betweenness_batch.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::vector<Processor> usable_processors() {
  std::vector<Processor> usable{Processor::portable};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) usable.push_back(Processor::avx2);
  if (__builtin_cpu_supports("avx512f")) usable.push_back(Processor::avx512);
#endif
  return usable;
}

#define CHOKEPOINT_INLINE [[gnu::always_inline]] inline

CHOKEPOINT_INLINE void BetweennessBatch::start(std::span<const std::uint32_t> sources) {
  std::fill(seen_.begin(), seen_.end(), 0);
  visits_.clear();
  walks_.clear();
  tier_start_.assign(1, 0);
  for (std::size_t b = 0; b < sources.size(); ++b) {
    const Lanes lane = Lanes{1} << b;
    Row one{};
    one.lanes[b] = 1;
    seen_[sources[b]] = lane;
    visits_.push_back({sources[b], lane});
    walks_.push_back(one);
  }
  tier_start_.push_back(visits_.size());
}

/// @return false when no source reaches further
CHOKEPOINT_INLINE bool BetweennessBatch::visit_next_tier() {
  const std::size_t begin = tier_start_[tier_start_.size() - 2];
  const std::size_t end = tier_start_.back();
  Lanes* const seen = seen_.data();
  Lanes* const here = here_.data();
  Row* const sums = sums_.data();
  touched_.clear();
  for (std::size_t i = begin; i < end; ++i) {
    const Visit visit = visits_[i];
    const Numbers walks = walks_[i].lanes;
    for (const std::uint32_t w : graph_->next(visit.vertex)) {
      if ((visit.lanes & ~seen[w]) == 0) continue;
      if (here[w] == 0) {
        sums[w].lanes = walks;
        touched_.push_back(w);
      } else {
        sums[w].lanes += walks;
      }
      here[w] |= visit.lanes;
    }
  }
  constexpr Mask bits = {1, 2, 4, 8, 16, 32, 64, 128};
  for (const std::uint32_t w : touched_) {
    const Lanes fresh = here[w] & ~seen[w];
    here[w] = 0;
    seen[w] |= fresh;
    const Mask is_fresh = (bits & static_cast<std::int64_t>(fresh)) != 0;
    visits_.push_back({w, fresh});
    walks_.push_back({is_fresh ? sums[w].lanes : Numbers{}});
  }
  tier_start_.push_back(visits_.size());
  return !touched_.empty();
}

/// What depends on the vertices of a tier, from what depends on the tier beyond: `sums_` holds (1 + dependency) / walks
/// of that tier's visits, 0 for other lanes, and `here_` their lanes.
CHOKEPOINT_INLINE void BetweennessBatch::collect_tier(std::size_t tier, std::vector<double>& betweenness) {
  const std::size_t begin = tier_start_[tier];
  const std::size_t end = tier_start_[tier + 1];
  Lanes* const here = here_.data();
  Row* const sums = sums_.data();
  dependency_.resize(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    const Visit visit = visits_[i];
    Numbers sum{};
    for (const std::uint32_t w : graph_->next(visit.vertex)) {
      if ((here[w] & visit.lanes) != 0) sum += sums[w].lanes;
    }
    const Numbers dependency = sum * walks_[i].lanes;
    dependency_[i - begin].lanes = dependency;
    double all = 0;
    for (std::size_t b = 0; b < width; ++b) all += dependency[b];
    betweenness[visit.vertex] += all;
  }
  // A vertex may be visited on both tiers for different sources, so the tier beyond is let go only now.
  const std::size_t beyond = tier + 2 < tier_start_.size() ? tier_start_[tier + 2] : end;
  for (std::size_t i = end; i < beyond; ++i) here[visits_[i].vertex] = 0;
  const Numbers zero{};
  const Numbers one = zero + 1.0;
  for (std::size_t i = begin; i < end; ++i) {
    const Visit visit = visits_[i];
    here[visit.vertex] = visit.lanes;
    const Numbers walks = walks_[i].lanes;
    // Lanes without a walk give 0 / 1.
    const Numbers is_visited = walks > zero ? one : zero;
    sums[visit.vertex].lanes = (is_visited + dependency_[i - begin].lanes) / (walks + (one - is_visited));
  }
}

CHOKEPOINT_INLINE void BetweennessBatch::add_any(std::span<const std::uint32_t> sources,
                                                 std::vector<double>& betweenness) {
  start(sources);
  while (visit_next_tier()) {
  }
  for (std::size_t tier = tier_start_.size() - 1; tier-- > 1;) collect_tier(tier, betweenness);
  for (std::size_t i = tier_start_[1]; i < visits_.size(); ++i) here_[visits_[i].vertex] = 0;
}

#undef CHOKEPOINT_INLINE

void BetweennessBatch::add_portable(std::span<const std::uint32_t> sources, std::vector<double>& betweenness) {
  add_any(sources, betweenness);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void BetweennessBatch::add_avx2(std::span<const std::uint32_t> sources,
                                                                std::vector<double>& betweenness) {
  add_any(sources, betweenness);
}

__attribute__((target("avx512f"))) void BetweennessBatch::add_avx512(std::span<const std::uint32_t> sources,
                                                                     std::vector<double>& betweenness) {
  add_any(sources, betweenness);
}
#endif

void BetweennessBatch::add(std::span<const std::uint32_t> sources, std::vector<double>& betweenness) {
#if defined(__x86_64__)
  switch (processor_) {
    case Processor::avx512: return add_avx512(sources, betweenness);
    case Processor::avx2: return add_avx2(sources, betweenness);
    case Processor::portable: break;
  }
#endif
  add_portable(sources, betweenness);
}

}  // namespace chokepoint::detail
