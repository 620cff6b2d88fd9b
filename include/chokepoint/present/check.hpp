#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/check.hpp"

namespace chokepoint {

/// `result`: {"ok","problems":[{"check","severity","record","ids","message"}…],"notes","counts"}. Negative when it is
/// not ok.
Answer check_answer(Session& session, const CheckResult& found);

}  // namespace chokepoint
