#include "analysis/witnesses.hpp"

#include <algorithm>

namespace chokepoint::detail {

Witnesses::Witnesses(const Cone& cone, SupportFinder& finder) : hits_(most, 0) {
  static_assert(most < 32);
  constexpr float dearer = 8;  // than what no support rests on yet
  std::vector<float> weights(cone.event_count(), 1);
  std::vector<std::uint32_t> sets(cone.event_count(), 0);
  std::vector<std::vector<EventIndex>> found;
  std::vector<EventIndex> support;
  while (found.size() < most) {
    finder.find([](ConeNode, ConeNode) { return true; }, support);
    if (std::find(found.begin(), found.end(), support) != found.end()) break;
    for (const EventIndex e : support) {
      sets[e] |= std::uint32_t{1} << found.size();
      weights[e] *= dearer;
    }
    found.push_back(support);
    finder.weigh(weights);
  }
  all_ = (std::uint32_t{1} << found.size()) - 1;
  sets_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(sets));
  finder.weigh(std::vector<float>(cone.event_count(), 1));
}

}  // namespace chokepoint::detail
