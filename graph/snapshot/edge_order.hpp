#pragma once

#include "snapshot/edge_ids.hpp"
#include "snapshot/snapshot_data.hpp"

namespace chokepoint::detail {

/// How to sort edges by (from, type, to, id); nothing where they are sorted already. O(m log d), d the largest number
/// of edges that leave a node, and O(m) where they are sorted.
/// @pre `from` and `to` are numbers of nodes
Order edge_order(const SnapshotData& data, const EdgeIds& ids);

/// Moves every column of the edges. Empty columns stay so.
void sort_edges(SnapshotData& data, const Order& order);

}  // namespace chokepoint::detail
