#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"
#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <memory>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// The part of a graph in which the targets rest on the same as in the whole, whatever rules hand on sideways.
/// @param bases  views of the base as the question sees the graph, on one or several days
/// @return nullptr where it would be no small one
std::shared_ptr<const Snapshot> ruled_part_of_targets(const DeltaSnapshot& whole, std::span<const View> bases,
                                                      const std::vector<Vertex>& targets, const RecordCounts& counts);
/// The same of what the loss of some nodes may come to.
/// @param base  a view of the base as the question sees the graph
/// @param in_part  some of them may keep a part of what they give
std::shared_ptr<const Snapshot> ruled_part_of_loss(const DeltaSnapshot& whole, const View& base,
                                                   const std::vector<Vertex>& lost, bool in_part,
                                                   const RecordCounts& counts);
/// The same of a walk from a node, over whatever edges, that ends at places.
std::shared_ptr<const Snapshot> ruled_part_of_walk(const DeltaSnapshot& whole, Vertex node, bool dependents,
                                                   const RecordCounts& counts);

}  // namespace chokepoint::detail
