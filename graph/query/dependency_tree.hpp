#pragma once

#include "chokepoint/analysis/reach.hpp"
#include "query/groups.hpp"
#include "query/names.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// `all`, `any of 3`, `2 of 3`, `choice of 2 (any)`, `soft`: how a group counts, in the session's language.
std::string mark_text(const Session& session, const ShownGroup& group);

/// The tree of what `root` depends on (or of what depends on it) as lines for a terminal, unescaped. Each line shows
/// how the edge counts for the dependent. A subtree that was drawn before is cut, and so is what lies deeper than 64
/// levels. @param hops  who stands below whom @note no recursion
std::vector<std::string> draw_tree(Names& names, const View& view, Vertex root, bool dependents,
                                   std::span<const ShownGroup> groups, std::span<const DependencyHop> hops);

}  // namespace chokepoint::detail
