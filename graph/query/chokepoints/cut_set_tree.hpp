#pragma once

#include "chokepoint/analysis/cut_sets.hpp"
#include "chokepoint/analysis/explanation.hpp"
#include "chokepoint/export/fault_tree.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace chokepoint::detail {

/// Cut sets of one target with what proves each.
struct ProvedCutSets {
  Vertex target = no_vertex;
  std::vector<CutSet> sets;                        ///< by size, then members
  std::function<NodeFate(std::size_t set)> prove;  ///< the chain from the set to the target
};

/// The fault tree of a target: how the sets that stop it do so, with the evidence. First who can fail alone (actors and
/// places; things alone where there are none), then pairs and more, as many as one sheet of paper holds.
FaultTree cut_set_tree(Session& session, std::shared_ptr<const Snapshot> snapshot, const ProvedCutSets& found);

}  // namespace chokepoint::detail
