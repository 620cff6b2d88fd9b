#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

namespace chokepoint {

/// The datasets with version, licence and how much each holds.
Answer datasets_answer(Session& session);

}  // namespace chokepoint
