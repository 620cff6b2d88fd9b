#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/diff.hpp"

#include <cstddef>

namespace chokepoint {

/// What is told to people. JSON and data tables hold all.
struct DiffStyle {
  bool with_sources = false;
  std::size_t limit = 20;  ///< rows of each table; 0: all
};

/// First what changed in all, and the chokepoints that came and went; then the facts and figures.
/// `result`: {"from","to","began","ended","replaced","observations"} and "chokepoints":[{"target","appeared":
/// [{"members","variants","because":[edge…]}…],"vanished","complete"}…].
Answer diff_answer(Session& session, const DiffResult& changes, const DiffStyle& style = {});

}  // namespace chokepoint
