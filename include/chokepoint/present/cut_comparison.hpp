#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/chokepoints.hpp"
#include "chokepoint/query/chokepoints.hpp"

namespace chokepoint {

/// `result`: {"columns":[ref…],"answers":[the result of each…],"rows":[{"node":ref,"cells":[{"target","effect":
/// alone|pair|near|none,"with":[id…],"low","high"}…]}…]}. Negative when no set stops any of them.
Answer comparison_answer(Session& session, const CutComparisonResult& found, const ChokepointsStyle& style = {});

}  // namespace chokepoint
