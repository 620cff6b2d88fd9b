#pragma once

#include "chokepoint/model/table.hpp"
#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// The table as people of the session's language read it: truth values are words. Programs read the table itself.
Table shown_table(const Session& session, const Table& table);

}  // namespace chokepoint
