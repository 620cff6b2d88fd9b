#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/stats.hpp"

namespace chokepoint {

/// `result`: {"nodes",…,"node_types":[{"type","count"}…],"edge_types","edge_statuses","on_day"}.
Answer stats_answer(Session& session, const StatsResult& totals);

}  // namespace chokepoint
