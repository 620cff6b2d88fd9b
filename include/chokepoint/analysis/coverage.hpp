#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

/// What an answer about some nodes stands on, and what nobody recorded. Lists are sorted.
struct RequirementCoverage {
  std::uint64_t nodes = 0;                    ///< stored nodes and flows that were looked at
  std::uint64_t supplier_groups = 0;          ///< groups with shares to add up
  std::uint64_t groups_of_unknown_share = 0;  ///< … of which a member's share is unknown; the list is taken as complete
  std::uint64_t rows_of_unknown_share = 0;
  std::uint64_t groups_with_rest = 0;    ///< … whose shares leave an anonymous rest
  std::vector<Subject> rescaled;         ///< owners of groups whose shares added up to more than 1.05
  std::vector<Subject> exceeded;         ///< owners of groups in which the parts of a supplier have more than it
  std::vector<Vertex> without_supplier;  ///< things of which nobody recorded who provides them
  std::vector<Vertex> taken_over;        ///< variants that stand on the suppliers of their generics
  std::vector<Vertex> unread;            ///< generics of which a recorded supplier is read nowhere
  std::vector<Subject> short_groups;     ///< owners of groups of which too few members count on this day
  std::vector<Subject> unsettled;        ///< generic things read as any (optimistic) and as all (pessimistic)
  std::vector<Arc> rivals;               ///< claims that lost to another on the same fact, ends among the nodes
  std::vector<Arc> superseded;           ///< measures of which a later (or earlier) one counts
};

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
