#pragma once

#include "analysis/support_finder.hpp"

#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

namespace chokepoint::detail {

/// Supports that keep clear of each other as far as they can. A set that misses one of them is no cut set, which is
/// said much faster than by spreading the failure. Copies share the supports.
class Witnesses {
 public:
  static constexpr std::size_t most = 24;

  /// @note O(size of the cone) for each support
  Witnesses(const Cone& cone, SupportFinder& finder);

  void push(EventIndex e) { count(e, 1); }
  void pop(EventIndex e) { count(e, -1); }
  /// Whether some support has none of what was pushed, nor `e`.
  [[nodiscard]] bool survives(EventIndex e) const {
    return (sets_of(e) | hit_) != all_;
  }

 private:
  /// Bit i: support i has the event.
  [[nodiscard]] std::uint32_t sets_of(EventIndex e) const { return (*sets_)[e]; }
  void count(EventIndex e, int by) {
    for (std::uint32_t rest = sets_of(e); rest != 0; rest &= rest - 1) {
      const auto i = static_cast<std::uint32_t>(std::countr_zero(rest));
      hits_[i] += by;
      const std::uint32_t bit = std::uint32_t{1} << i;
      hit_ = hits_[i] > 0 ? hit_ | bit : hit_ & ~bit;
    }
  }

  std::shared_ptr<const std::vector<std::uint32_t>> sets_;  ///< [events]
  std::vector<int> hits_;  ///< [supports] how many of their candidates are pushed
  std::uint32_t hit_ = 0;  ///< bit i: hits_[i] > 0
  std::uint32_t all_ = 0;
};

}  // namespace chokepoint::detail
