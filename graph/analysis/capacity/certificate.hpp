#pragma once

#include "chokepoint/analysis/assessment.hpp"

#include <cstdint>
#include <vector>

namespace chokepoint {

/// Why one node failed: it was removed, or a group of it lost too many members.
struct CertificateStep {
  SystemNode node = no_vertex;
  GroupIndex group = no_group;    ///< no_group: removed, or limited to nothing
  bool is_starved = false;        ///< too little was left of the group, though members worked
  std::vector<MemberIndex> lost;  ///< the members that made it fail; their arcs are the evidence
};

/// A proof that a node is impossible: from what was removed to the node, causes before effects.
struct Certificate {
  std::vector<CertificateStep> steps;  ///< each failed member of a step has a step before it, unless its row was cut
                                       ///< or the two only hold each other up
};

/// @pre assessment.failed[node] != 0
/// @note O(size of the proof · log). As few members as fail a group are named, those that failed first.
Certificate certificate_of(const Situation& situation, const Assessment& assessment, SystemNode node);

}  // namespace chokepoint
