#pragma once

#include "chokepoint/export/event_line.hpp"
#include "chokepoint/model/record.hpp"
#include "query/facts/measures.hpp"
#include "query/session/names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What a time line tells of: a measure with its facts, or one dated fact.
struct ToldEntry {
  const Node* measure = nullptr;  ///< null: a fact
  MeasureDates dates;
  std::string date;  ///< as written
  const std::vector<Edge>* edges = nullptr;
};

/// Measures, facts and responses in order of time, with arcs for what amends, answers and closes what. At most so many
/// rows as a sheet holds, the latest.
/// @return nullopt where nothing is dated
std::optional<EventLine> event_picture(Names& names, const std::vector<ToldEntry>& entries, const std::string& about);

}  // namespace chokepoint::detail
