#pragma once

#include "chokepoint/snapshot/record_counts.hpp"
#include "chokepoint/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chokepoint::detail {

/// How many nodes a part may have to be less work than the whole: one in eight, or a few thousand.
/// @param vertices  of the whole
std::size_t most_of_a_part(std::size_t vertices);
/// The same, where what is at hand may be a part itself. @param counts  of the whole
std::size_t most_of_a_part(const RecordCounts& counts);

/// The marked nodes. @param marks  [vertices]
std::vector<Vertex> marked_nodes(const std::vector<std::uint8_t>& marks);

}  // namespace chokepoint::detail
