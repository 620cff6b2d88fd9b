#include "present/whatif/whatif_readings.hpp"

#include "support/vertex_lists.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

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

Interval left_before(const WhatIfState& state, const Subject& subject) {
  Interval left{1, 0};
  for (const WhatIfBound& bound : state.bounds) {
    const auto found = std::ranges::lower_bound(bound.before, subject, {}, &PriorCapacity::subject);
    const bool is_listed = found != bound.before.end() && found->subject == subject;
    left = {std::min(left.low, is_listed ? found->left.low : 1), std::max(left.high, is_listed ? found->left.high : 1)};
  }
  return left;
}

const std::vector<Subject>& telling_ends(const WhatIfBound& bound, const NodeCapacity& node) {
  const std::vector<Subject>& at_best = bound.ends(node.binding_high);
  return node.is_less_high && !at_best.empty() ? at_best : bound.ends(node.binding);
}

const std::vector<Subject>& binding_in(const WhatIfState& state, const Subject& subject) {
  for (const std::size_t reading : {pessimistic, optimistic}) {
    const WhatIfBound& bound = state.bounds[reading];
    const NodeCapacity* found = capacity_of(bound, subject);
    if (found == nullptr) continue;
    if (!found->is_less()) break;
    return telling_ends(bound, *found);
  }
  return state.bounds[pessimistic].ends(0);
}

std::vector<Subject> failures(std::initializer_list<const WhatIfState*> states) {
  // There may be millions of nodes, in sorted lists that are mostly the same.
  std::vector<Vertex> nodes, both;
  std::vector<Subject> flows;
  for (const WhatIfState* state : states) {
    if (state == nullptr) continue;
    for (const WhatIfBound& bound : state->bounds) {
      if (nodes != bound.impossible) {
        both.clear();
        std::ranges::set_union(nodes, bound.impossible, std::back_inserter(both));
        std::swap(nodes, both);
      }
      for (const Flow& flow : bound.flows) flows.push_back(Subject{flow.item, flow.customer});
    }
  }
  sort_unique(flows);
  std::vector<Subject> things, all;
  things.reserve(nodes.size());
  for (const Vertex v : nodes) things.push_back(Subject{v});
  if (flows.empty()) return things;
  all.reserve(things.size() + flows.size());
  std::ranges::merge(things, flows, std::back_inserter(all));
  return all;
}

}  // namespace chokepoint::detail
