#pragma once

#include "chokepoint/export/share_flow.hpp"
#include "chokepoint/query/depends.hpp"
#include "present/words/names.hpp"

#include <map>
#include <span>

namespace chokepoint::detail {

/// Whether there is anything to draw: a supply of the node, or of what it requires directly.
bool has_supply_flow(const View& view, Vertex node, std::span<const DependencyGroup> groups);

/// One supply chain by shares: the node, what it requires directly (as much each, since no fact says how much), who
/// supplies these and what part, and where they are. Shares of which nobody says anything are equal parts, drawn as
/// unknown; what is missing to a whole is the rest.
ShareFlow supply_flow(Names& names, const View& view, Vertex node, std::span<const DependencyGroup> groups,
                      const std::map<Arc, Edge>& edges);

}  // namespace chokepoint::detail
