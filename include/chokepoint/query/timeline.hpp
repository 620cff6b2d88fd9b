#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct TimelineParams {
  std::string node = {};           ///< by id, label, alias or code; empty: every measure
  std::string issuer = {};         ///< only measures of this node or, of a place, of those who have their seat there
  std::string market = {};         ///< only measures that restrict something there, or restrict it itself
  std::string from = {}, to = {};  ///< only entries dated in this period; undated ones are then left out
  bool everything = false;  ///< every relation of a measure, not only who issued, what it restricts and amends, and
                            ///< who adapted
  bool every_day = false;   ///< also what comes after the session's day
  ListParams list = {};     ///< types: of measures, or of their facts
};

/// The dates of a measure.
struct MeasureDates {
  std::string announced, effective, suspended, since, until;  ///< as written; empty where absent
  std::string first;                                          ///< the earliest of the first four
};

/// What a fact of a measure is to it.
enum class MeasureFact : std::uint8_t { issued, restricts, amends, amended_by, response, other };

/// A measure with its facts, or one dated fact.
struct TimelineEntry {
  std::optional<Date> day;      ///< absent: undated, at the end
  std::string date;             ///< as written; of a measure without one: of the first of what it restricts
  std::optional<Node> measure;  ///< absent: a fact, the one of `edges`
  MeasureDates dates;
  std::vector<Edge> edges;         ///< by what they are to the measure
  std::vector<MeasureFact> facts;  ///< one an edge; of a fact alone `other`
};

struct TimelineResult {
  std::string node;                    ///< id of what was asked for; empty: every measure
  std::vector<TimelineEntry> entries;  ///< by day; measures before facts
  std::size_t later = 0;               ///< left out: what comes after the session's day
};

/// Measures (what is issued, restricts, amends or is dated as announced or effective; by role, never by type) in order
/// of time, each with its facts. Of a node: the measures that touch it or, by role, what it is a variant of or its
/// variants; of a place also what those issued who have their seat there; the whole chain of amendments where it is a
/// measure itself; and its own dated facts between them. What begins after the session's day is out unless asked for;
/// facts of every status, and those that have ended, are told. @throws NotFoundError, UsageError
TimelineResult tell_timeline(Session& session, const TimelineParams& params);

}  // namespace chokepoint
