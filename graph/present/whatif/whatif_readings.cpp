#include "present/whatif/whatif_readings.hpp"

#include "support/vertex_lists.hpp"

namespace chokepoint::detail {

const NodeCapacity* capacity_of(const WhatIfBound& bound, const Subject& subject) {
  const auto found = std::ranges::lower_bound(bound.capacity, subject, {}, &NodeCapacity::subject);
  return found == bound.capacity.end() || found->subject != subject ? nullptr : &*found;
}

Interval left_of(const WhatIfBound& bound, const Subject& subject) {
  const NodeCapacity* found = capacity_of(bound, subject);
  return found == nullptr ? Interval{} : Interval{found->low, found->high};
}

Interval left_in(const WhatIfState& state, const Subject& subject) {
  const Interval any = left_of(state.bounds[optimistic], subject), all = left_of(state.bounds[pessimistic], subject);
  return {std::min(any.low, all.low), std::max(any.high, all.high)};
}

std::vector<Subject> failures(std::initializer_list<const WhatIfState*> states) {
  std::vector<Subject> all;
  for (const WhatIfState* state : states) {
    if (state == nullptr) continue;
    for (const WhatIfBound& bound : state->bounds) {
      for (const Vertex v : bound.impossible) all.push_back(Subject{v});
      for (const Flow& flow : bound.flows) all.push_back(Subject{flow.item, flow.customer});
    }
  }
  sort_unique(all);
  return all;
}

}  // namespace chokepoint::detail
