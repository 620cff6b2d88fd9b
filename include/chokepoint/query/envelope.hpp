#pragma once

#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// The versioned envelope of every JSON answer: `{"schema":"chokepoint.<command>/1","as_of","database","result",
/// "coverage"}`. The database is told by path, identity, revision and the datasets with their versions.
Json envelope(Session& session, const Answer& answer);

}  // namespace chokepoint
