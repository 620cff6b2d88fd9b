#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

#include <iosfwd>

namespace chokepoint {

/// The versioned envelope of every JSON answer: `{"schema":"chokepoint.<command>/1","as_of","database","result",
/// "coverage"}`. The database is told by path, identity, revision and the datasets with their versions.
/// Without what stands in `answer.rows`.
Json envelope(Session& session, const Answer& answer);

/// The same as text, indented, with the rows; a long answer is never whole in memory.
void write_envelope(Session& session, const Answer& answer, std::ostream& out);

}  // namespace chokepoint
