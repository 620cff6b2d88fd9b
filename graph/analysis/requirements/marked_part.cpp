#include "analysis/requirements/marked_part.hpp"

#include "chokepoint/snapshot/part.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::size_t most_of_a_part(const Snapshot& snapshot) {
  constexpr std::size_t one_in = 8, few = 4096;
  return std::max<std::size_t>(snapshot.vertex_count() / one_in, few);
}

std::shared_ptr<const Snapshot> part_of(const Snapshot& snapshot,
                                        const std::optional<std::vector<std::uint8_t>>& marks) {
  if (!marks) return nullptr;
  std::vector<Vertex> nodes;
  for (Vertex v = 0; v < marks->size(); ++v)
    if ((*marks)[v] != 0) nodes.push_back(v);
  return part_around(snapshot, nodes);
}

}  // namespace chokepoint::detail
