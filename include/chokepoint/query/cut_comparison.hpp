#pragma once

#include "chokepoint/query/chokepoints.hpp"

#include <string>
#include <vector>

namespace chokepoint {

/// Whose loss stops which of several targets: what `find_chokepoints` says of each, side by side. Without `among` the
/// rows are places; nearly fatal losses are those below `near`, by default 0.2.
/// `result`: {"columns":[ref…],"answers":[the result of each…],"rows":[{"node":ref,"cells":[{"target","effect":
/// alone|pair|near|none,"with":[id…],"low","high"}…]}…]}. Negative when no set stops any of them.
/// @throws NotFoundError, UsageError
Answer compare_chokepoints(Session& session, const ChokepointsParams& params, const std::vector<std::string>& targets);

}  // namespace chokepoint
