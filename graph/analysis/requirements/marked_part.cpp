#include "analysis/requirements/marked_part.hpp"

#include <algorithm>
#include <numeric>

namespace chokepoint::detail {

std::size_t most_of_a_part(std::size_t vertices) {
  constexpr std::size_t one_in = 8, few = 4096;
  return std::max<std::size_t>(vertices / one_in, few);
}

std::size_t most_of_a_part(const RecordCounts& counts) {
  return most_of_a_part(
      static_cast<std::size_t>(std::accumulate(counts.node_types.begin(), counts.node_types.end(), std::int64_t{0})));
}

std::vector<Vertex> marked_nodes(const std::vector<std::uint8_t>& marks) {
  std::vector<Vertex> nodes;
  for (Vertex v = 0; v < marks.size(); ++v)
    if (marks[v] != 0) nodes.push_back(v);
  return nodes;
}

}  // namespace chokepoint::detail
