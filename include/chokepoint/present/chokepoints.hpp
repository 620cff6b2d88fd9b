#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/chokepoints.hpp"

#include <cstddef>
#include <vector>

namespace chokepoint {

/// How the answer is shown.
struct ChokepointsStyle {
  bool people = false;     ///< headlines and trees
  bool why = false;        ///< a certificate for each set, as many as there is room for
  std::size_t limit = 50;  ///< rows of a table; 0 for all
};

/// Negative when there is no set, unless the target is impossible as things stand.
/// `result`: {"target","layer","in_force","without","bounds":[{"variants","cut_sets":[[id…]…],"reasons",
/// "already_impossible":{"policies":[id…]},"remainder_sets":[[id…]…],"certificates_left_out","certificates","near":[{"id","low","high"}…]}…],"complete","order_done"}.
/// The certificates are those of the first sets: 1,000 at most, fewer where they are long or the graph is large.
Answer chokepoints_answer(Session& session, const CutSetsResult& found, const ChokepointsStyle& style = {});
/// The same of several targets, one answer each; what they share is worked out once.
std::vector<Answer> chokepoints_answers(Session& session, const std::vector<CutSetsResult>& found,
                                        const ChokepointsStyle& style);

}  // namespace chokepoint
