#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "analysis/requirements/flow_table.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// The nodes whose groups must be read so that a requirement system is right about some targets: what these and the
/// places depend on (the rest of a supply may lie in a place that fails), and whatever rules hand on sideways: generics
/// to their variants, wholes to their steps, flows to their items. Never fewer than the system rests on, perhaps some
/// more.
/// @param flows  nullptr where there are none
/// @param most  how many there may be
/// @return [vertices] 1: needed; nothing where there are more than `most`
/// @throws DamagedSnapshot where the snapshot, if nobody verified it, names what is not there
/// @note one byte a vertex, then O(edges at the nodes that are needed)
std::optional<std::vector<std::uint8_t>> relevant_nodes(const View& view, const std::vector<EdgeRule>& rules,
                                                        const FlowTable* flows, const RequirementOptions& options,
                                                        std::size_t most);

}  // namespace chokepoint::detail
