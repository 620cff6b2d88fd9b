#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"
#include "chokepoint/analysis/whatif.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint {

/// What fails when one node alone is removed. What fails anyway, and the node itself, do not count.
struct RemovalImpact {
  std::uint32_t nodes = 0;  ///< stored nodes that become impossible
  std::uint32_t flows = 0;  ///< flows that fail
  friend bool operator==(const RemovalImpact&, const RemovalImpact&) = default;
};

/// The impacts of many nodes in one situation, one by one ("N-1 contingency analysis"), exactly as `assess_possible`
/// would give them.
/// @param situation  what has happened already, and the reading of variants
/// @param candidates  stored nodes, in any order
/// @param threads  at least 1; the numbers are the same for any
/// @return [candidates]
/// @pre cycles hold themselves up, there is no threshold
/// @note Linear preparations; then, for each candidate, the cost of what fails beyond the largest impact known to be a
///       part of its own. A path of 10^6 nodes, any tree and what leads into one large cycle take about linear time;
///       in the worst case it is candidates times size. About 20 bytes a node and 4 a group for each thread.
std::vector<RemovalImpact> removal_impacts(const Situation& situation, std::span<const Vertex> candidates,
                                           unsigned threads);

/// Impacts in both readings of variants.
struct RemovalImpacts {
  std::vector<RemovalImpact> any, all;  ///< [candidates]; equal where nothing unsettled is met
};

/// What `what_if` would say of each candidate's removal: each is judged in the layer of its own (places among places,
/// everything else among actors), with the policies in force.
/// @param view  should include derived edges
/// @param scenario  its policies in force, its terms and `keep_minor`; it removes and enforces nothing
/// @param candidates  stored nodes of the view, in any order
/// @param threads  at least 1; the numbers are the same for any
/// @note One requirement system for each layer that occurs, one after the other
RemovalImpacts removal_impacts(const View& view, const Scenario& scenario, std::span<const Vertex> candidates,
                               unsigned threads);

}  // namespace chokepoint
