#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/diff.hpp"

namespace chokepoint {

/// `result`: {"from","to","began","ended","replaced","observations"} and "chokepoints":[{"target","appeared":
/// [{"members","variants","because":[edge…]}…],"vanished","complete"}…].
Answer diff_answer(Session& session, const DiffResult& changes, bool with_sources = false);

}  // namespace chokepoint
