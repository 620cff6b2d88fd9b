#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// What decides about the requirements of the nodes of a page that shows a part of the graph.
struct PageScope {
  std::vector<std::uint8_t> nodes;           ///< [vertices] 1: its groups must be read
  std::vector<std::uint8_t> deciding_nodes;  ///< [vertices] 1: whether it is there may matter to these groups
  std::vector<std::uint8_t> deciding_arcs;   ///< [arcs] 1: whether it counts may matter to them
};

/// The shown nodes with their generics, variants, wholes and steps, and what is delivered to or by them; then every
/// edge that the requirement rules may read for these: their own, deliveries, variants and steps, and where they and
/// their neighbours lie or what they are part of. Perhaps more than matters, never less.
/// @param shown  [vertices] 1: the page shows it
/// @note O(n + m), and once more for each step of the longest chain of generics or places
PageScope page_scope(const Snapshot& snapshot, const std::vector<std::uint8_t>& shown);

}  // namespace chokepoint::detail
