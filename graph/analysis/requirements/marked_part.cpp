#include "analysis/requirements/marked_part.hpp"

#include <algorithm>

namespace chokepoint::detail {

std::size_t most_of_a_part(const Snapshot& snapshot) {
  constexpr std::size_t one_in = 8, few = 4096;
  return std::max<std::size_t>(snapshot.vertex_count() / one_in, few);
}

std::vector<Vertex> marked_nodes(const std::vector<std::uint8_t>& marks) {
  std::vector<Vertex> nodes;
  for (Vertex v = 0; v < marks.size(); ++v)
    if (marks[v] != 0) nodes.push_back(v);
  return nodes;
}

}  // namespace chokepoint::detail
