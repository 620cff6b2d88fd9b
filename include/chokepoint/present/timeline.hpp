#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/list_style.hpp"
#include "chokepoint/query/timeline.hpp"

namespace chokepoint {

/// `result`: [{"kind":"measure","date","node","announced",…,"issued","restricts","amends","amended_by","responses",
/// "other"} or {"kind":"fact","date","edge"}…].
Answer timeline_answer(Session& session, const TimelineResult& found, const ListStyle& style = {});

}  // namespace chokepoint
