#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace chokepoint::detail {

/// How many nodes a part may have to be less work than the whole: one in eight, or a few thousand.
std::size_t most_of_a_part(const Snapshot& snapshot);

/// The marked nodes with all their edges (part_around). @param marks  [vertices]; nothing where there were too many
/// @return nullptr for nothing
std::shared_ptr<const Snapshot> part_of(const Snapshot& snapshot,
                                        const std::optional<std::vector<std::uint8_t>>& marks);

}  // namespace chokepoint::detail
