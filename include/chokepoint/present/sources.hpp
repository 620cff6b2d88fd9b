#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/present/list_style.hpp"
#include "chokepoint/query/sources.hpp"

namespace chokepoint {

/// `result`: [source + "records"…], or {"source","records":[{"kind","id","description","locator","read",
/// "only_source"}…]}.
Answer sources_answer(Session& session, const SourcesResult& found, const ListStyle& style = {});

}  // namespace chokepoint
