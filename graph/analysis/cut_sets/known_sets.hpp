#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// Minimal cut sets of two and of three events, found by a search for larger ones: what must not be contained in them.
/// Built once, then read by all threads.
class KnownSets {
 public:
  explicit KnownSets(std::size_t event_count) : pair_offset_(event_count + 1, 0), triple_offset_(event_count + 1, 0) {}

  /// Takes in all sets of one size, replacing those of that size.
  /// @param members  `size` events a set, one set after the other; 2 or 3
  void set(std::size_t size, std::span<const EventIndex> members);

  /// The other events of pairs that contain `e`.
  [[nodiscard]] std::span<const EventIndex> partners(EventIndex e) const {
    return std::span(pair_).subspan(pair_offset_[e], pair_offset_[e + std::size_t{1}] - pair_offset_[e]);
  }
  /// The other two events of a triple.
  struct Rest {
    EventIndex second, third;
  };
  /// The other events of triples that contain `e`; each triple is there in both orders, sorted.
  [[nodiscard]] std::span<const Rest> rests(EventIndex e) const {
    return std::span(triple_).subspan(triple_offset_[e], triple_offset_[e + std::size_t{1}] - triple_offset_[e]);
  }

 private:
  std::vector<std::size_t> pair_offset_, triple_offset_;
  std::vector<EventIndex> pair_;
  std::vector<Rest> triple_;
};

/// Events that would complete a known set, or a branch taken before, as removals are stacked.
class Blocked {
 public:
  Blocked(const KnownSets& known, std::size_t event_count) : known_(&known), count_(event_count, 0) {}

  void push(EventIndex e) {
    change(e, 1);
    pushed_.push_back(e);
  }
  void pop() {
    const EventIndex e = pushed_.back();
    pushed_.pop_back();
    change(e, -1);
  }
  /// Says that the event is not to be used, until it is allowed as often again.
  void forbid(EventIndex e) { ++count_[e]; }
  void allow(EventIndex e) { --count_[e]; }
  [[nodiscard]] bool has(EventIndex e) const { return count_[e] != 0; }
  [[nodiscard]] const std::vector<EventIndex>& pushed() const { return pushed_; }

 private:
  void change(EventIndex e, int by);

  const KnownSets* known_;
  std::vector<std::int32_t> count_;  ///< [events] reasons not to use it
  std::vector<EventIndex> pushed_;
};

}  // namespace chokepoint::detail
