#pragma once

#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/compare.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// How many of the slots are filled.
template <typename Record>
std::size_t filled(const std::vector<std::optional<Record>>& slots) {
  std::size_t count = 0;
  for (const auto& slot : slots) count += slot ? 1U : 0U;
  return count;
}

/// Figures of each node, lined up. Rows are sorted by (indicator, item, market, relative_to, unit).
std::vector<ComparedFigure> line_up(Claims& claims, std::span<const std::vector<Observation>> figures);

/// Facts of each node, lined up by (type, direction, other end, item, market, origin, role); links between
/// the compared nodes are not among them. Of several edges of one node the one that counts stands.
std::vector<ComparedRelation> line_up(Claims& claims, std::span<const std::string> nodes,
                                      std::span<const std::vector<Edge>> edges);

}  // namespace chokepoint::detail
