#pragma once

#include "chokepoint/present/answer.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace chokepoint::detail {

/// The vertices and the edges of the view that join two of them. @param vertices  in any order, repeats allowed
/// @note O(edges at the vertices)
Subgraph induced_subgraph(const std::shared_ptr<const View>& view, std::vector<Vertex> vertices);

/// What lies on the dependency walks from `start` to any of `ends`, with both: the picture of how the ends carry it.
/// Where that is more than `most` vertices, `start` and `ends` alone.
/// @note O(n + m)
Subgraph subgraph_between(const std::shared_ptr<const View>& view, Vertex start, std::span<const Vertex> ends,
                          std::size_t most = 2000);

}  // namespace chokepoint::detail
