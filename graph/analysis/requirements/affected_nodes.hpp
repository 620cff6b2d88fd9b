#pragma once

#include "chokepoint/analysis/requirements.hpp"
#include "analysis/requirements/roles.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint::detail {

/// The nodes whose groups must be read so that a requirement system is right about a loss: whatever may have less than
/// all, with the loss or without it. Those are what `options.affected_by` names, the owners of groups of which too few
/// members count on the day, all that rests on these by the rules as far as alternatives do not hold it, and what they
/// hold; where a place is among them, also everything of which an unnamed rest may lie there. Every other node has all
/// it needs in either world, so its groups are left out. Never fewer than that, perhaps some more.
/// @param has_generics  whether any node of the view is a variant of another
/// @param most  how many there may be
/// @return [vertices] 1: affected; nothing where there are more than `most`
/// @throws DamagedSnapshot where the snapshot, if nobody verified it, names what is not there
/// @note one byte a vertex, then O(edges at the affected), and O(m) where edges state a `k`, or shares and a place
/// fails
std::optional<std::vector<std::uint8_t>> affected_nodes(const View& view, const std::vector<EdgeRule>& rules,
                                                        bool has_generics, const RequirementOptions& options,
                                                        std::size_t most);

}  // namespace chokepoint::detail
