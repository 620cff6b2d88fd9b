#pragma once

#include "chokepoint/query/diff.hpp"

namespace chokepoint::detail {

/// Sets which cut sets of the targets that `params` names appeared and vanished between the two days of `changes`.
/// @throws UsageError, NotFoundError
void compare_chokepoints(Session& session, const DiffParams& params, DiffResult& changes);

}  // namespace chokepoint::detail
