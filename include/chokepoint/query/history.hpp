#pragma once

#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// Every change of the database, oldest first.
Answer list_revisions(Session& session);

}  // namespace chokepoint
