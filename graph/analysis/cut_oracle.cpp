#include "analysis/cut_oracle.hpp"

namespace chokepoint::detail {

bool CutOracle::prepare(std::span<const EventIndex> /*roots*/, const GoOn& /*go_on*/) { return true; }

void CutOracle::learn(std::span<const EventIndex> /*killers*/) {}

}  // namespace chokepoint::detail
