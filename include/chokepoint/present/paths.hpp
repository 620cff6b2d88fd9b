#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/paths.hpp"

namespace chokepoint {

/// `result`: {"from","to","paths":[{"nodes":[ref…],"edges":[…]}]}; parallel edges are all listed. Negative when there
/// is no path. @param with_sources  tables have the citations
Answer paths_answer(Session& session, const PathsResult& found, bool with_sources = false);

}  // namespace chokepoint
