#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/rank.hpp"

namespace chokepoint {

/// `result`: [{"id","value","rests_on"}…], for `stops` also "value_all", "flows" and "flows_all"; `coverage.sample`
/// tells how far off a sample may be.
Answer rank_answer(Session& session, const RankResult& found);

}  // namespace chokepoint
