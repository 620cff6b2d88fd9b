#pragma once

#include "chokepoint/query/view_params.hpp"

#include <string>

namespace chokepoint {

struct CutParams {
  std::string from, to;  ///< ids, labels, aliases or codes
  bool soft = true;
  ViewParams view = {};
};

/// The fewest nodes, the ends excluded, that stand on every dependency path between two nodes (Menger), and those that
/// dominate the end on all of them. A lens: a path is not a recipe. Negative when no set cuts, or nothing connects
/// them. `result`: {"from","to","size","members":[id…],"dominators":[id…],"connected","adjacent"}
/// @throws NotFoundError, UsageError
Answer find_cut(Session& session, const CutParams& params);

}  // namespace chokepoint
