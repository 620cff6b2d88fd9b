#pragma once

#include "analysis/cut_sets/fault_tree.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// What fails when several events happen together.
/// @param happens  [events]
/// @param fixed_point  least: what only holds itself up in a cycle fails
/// @return [nodes] 1: fails. O(size of the tree)
std::vector<std::uint8_t> failed_nodes(const FaultTree& tree, std::span<const std::uint8_t> happens,
                                       FixedPoint fixed_point);

/// The part of a tree that decides without some of its events; nothing where the rest cannot fail the target.
/// @param gone  events that are left out; each of them alone fails the target
std::optional<FaultTree> without_events(const FaultTree& tree, std::span<const EventIndex> gone,
                                        FixedPoint fixed_point);

}  // namespace chokepoint::detail
