#pragma once

#include "analysis/cut_sets/cone.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// What fails when several events happen together.
/// @param happens  [events]
/// @param needs_grounds  whether what only holds itself up in a cycle fails: the least fixed point, else the greatest
/// @return [nodes] 1: fails. O(size of the cone)
std::vector<std::uint8_t> nodes_that_fall(const Cone& cone, std::span<const std::uint8_t> happens, bool needs_grounds);

/// The part of a cone that decides without some of its events; nothing where the rest cannot fail the target.
/// @param gone  events that are left out; each of them alone fails the target
std::optional<Cone> without_events(const Cone& cone, std::span<const EventIndex> gone, bool needs_grounds);

}  // namespace chokepoint::detail
