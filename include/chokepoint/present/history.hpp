#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// Every change of the database, oldest first.
Answer history_answer(Session& session);

}  // namespace chokepoint
