#pragma once

#include "chokepoint/analysis/findings.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace chokepoint::detail {

/// The two readings of unsettled variants, as `WhatIfState::bounds` has them.
inline constexpr std::size_t optimistic = 0, pessimistic = 1;

/// Whether a node or flow fails in a reading. O(log)
inline bool fails(const WhatIfBound& bound, const Subject& subject) {
  return subject.customer == no_vertex ? std::ranges::binary_search(bound.impossible, subject.node)
                                       : std::ranges::binary_search(bound.flows, Flow{subject.node, subject.customer});
}

/// What a reading says of a node or flow that has less than the whole; null for others. O(log)
const NodeCapacity* capacity_of(const WhatIfBound& bound, const Subject& subject);
/// What is left in a reading. O(log)
Interval left_of(const WhatIfBound& bound, const Subject& subject);
/// What is left in both readings together. O(log)
Interval left_in(const WhatIfState& state, const Subject& subject);

/// What was left at the baseline in both readings together; all of it where nothing says otherwise. O(log)
Interval left_before(const WhatIfState& state, const Subject& subject);
/// Ends of the chain by which a loss is told: of what is left at best where that became less, which is what is lost for
/// certain; else of what is left at worst. O(1)
const std::vector<Subject>& telling_ends(const WhatIfBound& bound, const NodeCapacity& node);
/// The same of a subject, in the pessimistic reading where it lists it; none where nothing is less. O(log)
const std::vector<Subject>& binding_in(const WhatIfState& state, const Subject& subject);

/// Everything that fails in any reading of some states (null ones are passed over), flows included; sorted, each once.
std::vector<Subject> failures(std::initializer_list<const WhatIfState*> states);

/// Rows of a table, and how many more there are.
struct RowLimit {
  std::size_t most = 0;    ///< 0: all
  std::size_t hidden = 0;  ///< rows that were left out
};

/// Leaves as many as may be shown.
template <class Row>
void shorten(std::vector<Row>& rows, RowLimit& limit) {
  limit.hidden = limit.most > 0 && rows.size() > limit.most ? rows.size() - limit.most : 0;
  rows.erase(rows.end() - static_cast<std::ptrdiff_t>(limit.hidden), rows.end());
}

}  // namespace chokepoint::detail
