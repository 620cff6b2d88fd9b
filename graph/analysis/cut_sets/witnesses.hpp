#pragma once

#include "analysis/cut_sets/support_finder.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Supports that differ as far as they can, found before anything is removed. A set that misses one of them is no cut
/// set, which is said much faster than by spreading the failure. Copies share the supports.
class Witnesses {
 public:
  static constexpr std::size_t most = 63;

  /// @param may_use  as in SupportFinder::find, of the tree as it is
  /// @param gain  no more are looked for when eight in a row leave out fewer events than this that all before have
  /// @note O(size of the tree) for the first ones, O(size of the support) for the others
  template <class MayUse>
  Witnesses(const FaultTree& tree, SupportFinder& finder, std::size_t gain, const MayUse& may_use)
      : Witnesses(
            tree, finder, gain,
            [&](std::vector<EventIndex>& events, std::uint32_t salt) { finder.find(may_use, events, salt); }, Tag{}) {}

  void push(EventIndex e) { change(e, 1); }
  void pop(EventIndex e) { change(e, -1); }
  /// Whether some support has none of what was pushed, nor `e`.
  [[nodiscard]] bool survives(EventIndex e) const { return (shared_->sets_of[e] | hit_) != shared_->all; }
  /// Whether some support has none of what was pushed.
  [[nodiscard]] bool stands() const { return hit_ != shared_->all; }
  /// Events, sorted, that are in every support that has none of what was pushed: those that may fail the target alone.
  /// @pre stands()
  void critical(std::vector<EventIndex>& events) const;

 private:
  struct Tag {};
  using Find = std::function<void(std::vector<EventIndex>&, std::uint32_t)>;
  Witnesses(const FaultTree& tree, SupportFinder& finder, std::size_t gain, const Find& find, Tag tag);

  void change(EventIndex e, int by) {
    for (std::uint64_t rest = shared_->sets_of[e]; rest != 0; rest &= rest - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(rest));
      hits_[i] += by;
      const std::uint64_t bit = std::uint64_t{1} << i;
      hit_ = hits_[i] > 0 ? hit_ | bit : hit_ & ~bit;
    }
  }

  struct Supports {
    std::vector<std::uint64_t> sets_of;           ///< [events] bit i: support i has the event
    std::vector<std::vector<EventIndex>> events;  ///< of each support, the smallest first
    std::uint64_t all = 0;
  };
  std::shared_ptr<const Supports> shared_;
  std::array<int, most> hits_{};  ///< how many events of each support are pushed
  std::uint64_t hit_ = 0;         ///< bit i: hits_[i] > 0
};

}  // namespace chokepoint::detail
