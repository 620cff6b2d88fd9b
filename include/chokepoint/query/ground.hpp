#pragma once

#include "chokepoint/query/params.hpp"
#include "chokepoint/query/session.hpp"
#include "chokepoint/snapshot/delta_snapshot.hpp"

#include <functional>
#include <memory>

namespace chokepoint {

/// The facts of the session's day that count under `params`.
/// @throws UsageError for a status or number out of range; NotFoundError for an unknown source
/// @note O(n + m)
std::shared_ptr<const View> make_view(Session& session, const ViewParams& params);
/// The day and filters of a question. @throws UsageError for a status or a number that is none; NotFoundError
ViewOptions view_options(Session& session, const ViewParams& params);

/// What a question is asked of: the facts of a graph that count, or those of a part of it.
struct Ground {
  std::shared_ptr<const View> view;
  ViewCoverage left_out;  ///< of the whole graph
};
/// Picks the nodes that decide, with their edges, as a snapshot (part_of_loss, part_of_targets); nullptr where only the
/// whole will do. It sees a file that nobody verified. @param counts  of the whole
using PickPart = std::function<std::shared_ptr<const Snapshot>(const View& whole, const RecordCounts& counts)>;
/// The same of a graph that changed since its snapshot was made; `pick` is then asked of what this picks, too.
/// @param base  a view of the snapshot
using PickDeltaPart = std::function<std::shared_ptr<const Snapshot>(const DeltaSnapshot& whole, const View& base,
                                                                    const RecordCounts& counts)>;
/// The part that is picked, else the whole, verified. Where sources are left out it is the whole.
/// @throws as make_view
Ground make_ground(Session& session, const ViewParams& params, const PickPart& pick, const PickDeltaPart& pick_delta);

/// The same facts, looked at where a walk comes by (View::local) if the graph is so large that it matters.
std::shared_ptr<const View> make_local_view(Session& session, const ViewParams& params);

}  // namespace chokepoint
