#include "analysis/cut_sets/known_sets.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace chokepoint::detail {

void KnownSets::set(std::size_t size, std::span<const EventIndex> members) {
  const std::size_t each = size - 1;  // rows of an event in a set: its partner, or both orders of the other two
  std::vector<std::size_t>& offset = size == 2 ? pair_offset_ : triple_offset_;
  std::fill(offset.begin(), offset.end(), 0);
  for (const EventIndex e : members) offset[e + std::size_t{1}] += each;
  std::partial_sum(offset.begin(), offset.end(), offset.begin());
  std::vector<std::size_t> next = offset;
  if (size == 2) {
    pair_.resize(members.size());
    for (std::size_t i = 0; i < members.size(); i += 2) {
      pair_[next[members[i]]++] = members[i + 1];
      pair_[next[members[i + 1]]++] = members[i];
    }
    return;
  }
  triple_.resize(members.size() * 2);
  for (std::size_t i = 0; i < members.size(); i += 3) {
    for (std::size_t j = 0; j < 3; ++j) {
      const EventIndex e = members[i + j], second = members[i + (j + 1) % 3], third = members[i + (j + 2) % 3];
      triple_[next[e]++] = {second, third};
      triple_[next[e]++] = {third, second};
    }
  }
  for (std::size_t e = 0; e + 1 < offset.size(); ++e) {
    std::sort(triple_.begin() + static_cast<std::ptrdiff_t>(offset[e]),
              triple_.begin() + static_cast<std::ptrdiff_t>(offset[e + 1]),
              [](const Rest& a, const Rest& b) { return std::pair(a.second, a.third) < std::pair(b.second, b.third); });
  }
}

void Blocked::change(EventIndex e, int by) {
  count_[e] += by;
  for (const EventIndex other : known_->partners(e)) count_[other] += by;
  const auto rests = known_->rests(e);
  if (rests.empty()) return;
  for (const EventIndex p : pushed_) {
    const auto first =
        std::lower_bound(rests.begin(), rests.end(), p,
                         [](const KnownSets::Rest& rest, EventIndex event) { return rest.second < event; });
    for (auto each = first; each != rests.end() && each->second == p; ++each) count_[each->third] += by;
  }
}

}  // namespace chokepoint::detail
