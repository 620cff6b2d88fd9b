#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/compare.hpp"

namespace chokepoint {

/// `result`: {"nodes":[ref…],"links","figures","relations"}.
Answer compare_answer(Session& session, const CompareResult& comparison, bool with_sources = false);

}  // namespace chokepoint
