#pragma once

#include "chokepoint/model/json.hpp"
#include "chokepoint/query/session.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <vector>

namespace chokepoint {

/// What a walk met that the view hides, as JSON, like the next.
Json coverage_of(Session& session, const Snapshot& snapshot, const ViewCoverage& coverage);

/// What the view left out or chose, as JSON. Claims that lost are named when an end of theirs is among `vertices`
/// (sorted), others only counted.
Json coverage_of(Session& session, const View& view, const std::vector<Vertex>& vertices);
/// The same where the view is of a part of a graph, of whose whole the counts are. @param whole  of the graph's view
Json coverage_of(Session& session, const View& view, const std::vector<Vertex>& vertices, const ViewCoverage& whole);

}  // namespace chokepoint
