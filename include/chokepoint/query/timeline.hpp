#pragma once

#include "chokepoint/query/list_params.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct TimelineParams {
  std::string node;         ///< by id, label, alias or code; empty: every measure
  std::string from, to;     ///< only entries dated in this period; undated ones are then left out
  bool everything = false;  ///< every relation of a measure, not only who issued, what it restricts and amends, and
                            ///< who adapted
  bool every_day = false;   ///< also what comes after the session's day
  ListParams list = {};     ///< types: of measures, or of their facts
  bool with_sources = false;
};

/// Measures (what is issued, restricts, amends or is dated as announced or effective; by role, never by type) in order
/// of time, each with its facts. Of a node: the measures that touch it or, by role, what it is a variant of or its
/// variants; of a place also what those issued who have their seat there; the whole chain of amendments where it is a
/// measure itself; and its own dated facts between them. What begins after the session's day is out unless asked for;
/// facts of every status, and those that have ended, are told. @throws NotFoundError, UsageError
Answer tell_timeline(Session& session, const TimelineParams& params);

}  // namespace chokepoint
