#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <memory>
#include <span>

namespace chokepoint {

/// Some nodes of a snapshot with all their edges, and whatever nodes these name, as a snapshot of its own: the same
/// keys, ids and facts of every day, in the same order. Names are left out; edges between two nodes that are only named
/// are not there.
/// @param nodes  sorted, each once
/// @throws DamagedSnapshot where the whole, if nobody verified it, names what is not there
/// @note O(edges at the nodes · log of their number)
std::shared_ptr<const Snapshot> part_around(const Snapshot& whole, std::span<const Vertex> nodes);

/// The same with the edges alone that begin and end at some of the nodes.
/// @note O(n / 8 bytes + edges that leave the nodes)
std::shared_ptr<const Snapshot> part_within(const Snapshot& whole, std::span<const Vertex> nodes);

}  // namespace chokepoint
