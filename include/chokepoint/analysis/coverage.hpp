#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

/// Counts over the nodes marked in `scope` [nodes]. O(size of the system)
RequirementCoverage coverage_of(const Requirements& requirements, const View& view,
                                std::span<const std::uint8_t> scope);

/// The edges by which the nodes marked in `scope` [nodes] have what they need; sorted, each once.
std::vector<Arc> evidence_of(const Requirements& requirements, std::span<const std::uint8_t> scope);

/// Marks [nodes] everything that `start` rests on, itself included. O(size of that part)
std::vector<std::uint8_t> upstream_of(const Requirements& requirements, std::span<const SystemNode> start);
/// Marks [nodes] everything that rests on `start`, itself included; a thing counts with its flows.
std::vector<std::uint8_t> downstream_of(const Requirements& requirements, std::span<const SystemNode> start);
/// … but goes on only from `start` and from nodes that have less than all, so that what holds by its alternatives is
/// marked and what rests on that is not. @param has_less  [nodes] 1: has less than all
std::vector<std::uint8_t> touched_from(const Requirements& requirements, std::span<const SystemNode> start,
                                       std::span<const std::uint8_t> has_less);

}  // namespace chokepoint
