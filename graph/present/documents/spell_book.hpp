#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// During which periods things held that were told period by period: from many sorted lists that differ little, one
/// entry for each unbroken run.
template <typename Thing>
class SpellBook {
 public:
  struct Entry {
    Thing thing;
    std::size_t first = 0, last = 0;  ///< numbers of periods, both inclusive
    std::uint8_t worlds = 0;          ///< bits of the worlds in which it held then
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  /// What holds in the next period. Sorts and makes unique. O(size log size)
  void put(std::vector<Thing> things) {
    std::ranges::sort(things);
    things.erase(std::unique(things.begin(), things.end()), things.end());
    std::vector<Thing> ended, begun;
    std::ranges::set_difference(now_, things, std::back_inserter(ended));
    std::ranges::set_difference(things, now_, std::back_inserter(begun));
    for (Thing& thing : ended) end(std::move(thing));
    for (Thing& thing : begun) since_.emplace(std::move(thing), period_);
    now_ = std::move(things);
    ++period_;
  }
  /// The next period is like the one before.
  void repeat() { ++period_; }

  /// Every run, sorted. The book is used up.
  /// @param world  the bit of all that was put
  std::vector<Entry> take(std::uint8_t world) {
    for (Thing& thing : now_) end(std::move(thing));
    for (Entry& entry : runs_) entry.worlds = world;
    std::ranges::sort(runs_);
    return std::move(runs_);
  }

 private:
  void end(Thing thing) {
    const auto at = since_.find(thing);
    runs_.push_back({std::move(thing), at->second, period_ - 1, 0});
    since_.erase(at);
  }

  std::vector<Thing> now_;
  std::map<Thing, std::size_t> since_;
  std::vector<Entry> runs_;
  std::size_t period_ = 0;
};

/// The runs of two worlds in one list: equal ones become one entry with the bits of both.
template <typename Entry>
std::vector<Entry> unite(std::vector<Entry> entries) {
  std::ranges::sort(entries);
  std::vector<Entry> out;
  for (Entry& entry : entries) {
    const bool is_known = !out.empty() && out.back().thing == entry.thing && out.back().first == entry.first &&
                          out.back().last == entry.last;
    if (is_known)
      out.back().worlds |= entry.worlds;
    else
      out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace chokepoint::detail
