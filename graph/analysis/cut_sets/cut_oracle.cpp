#include "analysis/cut_sets/cut_oracle.hpp"

namespace chokepoint::detail {

bool CutOracle::prepare(std::span<const EventIndex> /*roots*/, const GoOn& /*go_on*/) { return true; }

bool CutOracle::last_support(std::vector<EventIndex>& events, const GoOn& go_on) { return support(events, go_on); }

void CutOracle::learn(std::span<const EventIndex> /*killers*/) {}

}  // namespace chokepoint::detail
