#pragma once

#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct DiffParams {
  std::string from, to;  ///< partial dates mean their last day; an empty `to` is the session's day
  std::string node;      ///< only facts about this node; empty: all
  bool with_sources = false;
};

/// What changed between two days: facts that began, facts that ended, measures of one fact that were replaced, and
/// figures dated in between. Every status takes part. @throws UsageError for dates that are none, or in wrong order
Answer diff_days(Session& session, const DiffParams& params);

}  // namespace chokepoint
