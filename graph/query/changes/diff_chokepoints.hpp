#pragma once

#include "chokepoint/query/diff.hpp"
#include "query/session/names.hpp"

namespace chokepoint::detail {

/// Adds to the answer which minimal cut sets of the targets appeared or vanished between two days, and because of
/// which edges. @throws NotFoundError, UsageError
void add_chokepoint_changes(Session& session, Names& names, const DiffParams& params, Date from, Date to,
                            Answer& answer);

}  // namespace chokepoint::detail
