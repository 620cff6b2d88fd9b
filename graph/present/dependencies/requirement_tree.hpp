#pragma once

#include "chokepoint/export/fault_tree.hpp"
#include "present/dependencies/dependency_tree.hpp"

namespace chokepoint::detail {

/// What must hold for a node as a tree of gates, with the shares and the sources of every input: what `depends` lists.
/// Where an actor is stands below its name. As many tiers as one sheet of paper holds; a note says how many.
FaultTreePicture requirement_tree(Names& names, const View& view, const TreeQuestion& question);

}  // namespace chokepoint::detail
