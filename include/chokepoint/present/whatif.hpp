#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/whatif.hpp"

#include <cstddef>

namespace chokepoint {

/// How the answer is shown.
struct WhatIfStyle {
  bool people = false;     ///< tables that people read, the most important first; without: JSON with the causes
  std::size_t limit = 20;  ///< rows of a table; 0 for all
};

/// Never negative.
/// `result`: {"removed","enforced","without","in_force","layer","bounds":[{"variants","impossible","flows","unmet",
/// "capacity"}…],"lost_by_cause","reduced_by_cause","may_be_lost"}; with a policy also "baseline" and "adapted" (as
/// "bounds"), "responses", "response_history", "cut", "freed" and "notes"; with `why` also "why".
Answer whatif_answer(Session& session, WhatIfResult result, const WhatIfStyle& style = {});

}  // namespace chokepoint
