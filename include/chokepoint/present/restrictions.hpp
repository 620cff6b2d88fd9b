#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/restrictions.hpp"

#include <cstddef>

namespace chokepoint {

/// How the answer is shown.
struct RestrictionsStyle {
  bool drawn = true;       ///< for a screen; else as tables
  std::size_t width = 80;  ///< columns of the screen
  std::size_t limit = 20;  ///< rows of each list; 0 for all
  bool with_sources = false;
};

/// `result`: {"market","item","issuer","restrictions":[{"state","restricted","policy","issuers","mode","since",
/// "suspended","edge"}…],"responses","replaced_by"}. Negative when nothing is restricted.
Answer restrictions_answer(Session& session, const RestrictionsResult& result, const RestrictionsStyle& style);

}  // namespace chokepoint
