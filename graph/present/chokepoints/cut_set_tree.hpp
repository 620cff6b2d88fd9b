#pragma once

#include "chokepoint/export/fault_tree.hpp"
#include "chokepoint/query/chokepoints.hpp"

namespace chokepoint::detail {

/// The fault tree of a target: how the sets that stop it do so, with the evidence. First who can fail alone (actors and
/// places; things alone where there are none), then pairs and more, as many as one sheet of paper holds. Of the reading
/// in which any variant does, unless only the other finds sets.
FaultTreePicture cut_set_tree(Session& session, const CutSetsResult& found);

}  // namespace chokepoint::detail
