#pragma once

#include "chokepoint/export/event_line.hpp"
#include "chokepoint/query/timeline.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// Measures, facts and responses in order of time, with arcs for what amends, answers and closes what. At most so many
/// rows as a sheet holds, the latest.
/// @return nullopt where nothing is dated
std::optional<EventLine> event_picture(Names& names, const std::vector<TimelineEntry>& entries,
                                       const std::string& about);

}  // namespace chokepoint::detail
