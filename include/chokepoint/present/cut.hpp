#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/cut.hpp"

namespace chokepoint {

/// `result`: {"from","to","size","members":[id…],"dominators":[id…],"connected","adjacent"}. Negative when no set cuts,
/// or nothing connects them.
Answer cut_answer(Session& session, const CutResult& found);

}  // namespace chokepoint
