#pragma once

#include "chokepoint/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// How many nodes a part may have to be less work than the whole: one in eight, or a few thousand.
std::size_t most_of_a_part(const Snapshot& snapshot);

/// The marked nodes. @param marks  [vertices]
std::vector<Vertex> marked_nodes(const std::vector<std::uint8_t>& marks);

}  // namespace chokepoint::detail
