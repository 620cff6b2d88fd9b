#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// A set of hashes in 11 to 22 bytes each. They are taken for random: their lowest bits say where they lie.
class HashSet {
 public:
  /// @return whether it is new. O(1)
  bool insert(std::uint64_t hash) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    std::uint64_t& slot = slot_of(hash == 0 ? 1 : hash);
    if (slot != 0) return false;
    slot = hash == 0 ? 1 : hash;
    ++size_;
    return true;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::uint64_t& slot_of(std::uint64_t hash) {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    constexpr std::size_t least = 64;
    std::vector<std::uint64_t> before(std::max(least, 2 * slots_.size()));
    std::swap(before, slots_);
    for (const std::uint64_t hash : before)
      if (hash != 0) slot_of(hash) = hash;
  }

  std::vector<std::uint64_t> slots_;  ///< a power of two of them; 0 for an empty one
  std::size_t size_ = 0;
};

}  // namespace chokepoint::detail
