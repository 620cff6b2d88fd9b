#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct SqlParams {
  std::string query;
};

/// The rows of a read-only SQL query. @throws UsageError for anything that writes or does not compile
Answer sql_answer(Session& session, const SqlParams& params);

}  // namespace chokepoint
