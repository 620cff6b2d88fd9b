#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/concentration.hpp"

namespace chokepoint {

/// `result`: [{"node","customer","layer","suppliers","share_sum","complete","hhi_low","hhi_high","top","top_share"}…].
/// Negative when nothing is recorded. Of one supply or customer lines above the table tell who holds how much, and what
/// figures there are of the market.
Answer concentration_answer(Session& session, const ConcentrationResult& found);

}  // namespace chokepoint
