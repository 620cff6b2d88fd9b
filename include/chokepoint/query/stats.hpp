#pragma once

#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// How much of what the database holds: by node type, edge type, status and dataset, and how many facts count on the
/// session's day. Kept in the snapshot, not counted: O(types, days on which anything changes, contested edges)
Answer count_records(Session& session);

}  // namespace chokepoint
