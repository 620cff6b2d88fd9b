#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/ownership.hpp"

#include <cstddef>

namespace chokepoint {

/// How the answer is shown.
struct OwnershipStyle {
  bool with_sources = false;
  std::size_t limit = 0;  ///< rows of the table; 0 for all
};

/// `result`: {"owners","threshold","owned":[ref + "tier","share_low","share_high","certain"],"edges"}. Negative when
/// they control nothing.
Answer ownership_answer(Session& session, const OwnershipResult& found, const OwnershipStyle& style = {});

}  // namespace chokepoint
