#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/snapshot/view.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace chokepoint {

/// How the members of a group count.
enum class MemberRule : std::uint8_t {
  all,     ///< each is needed
  any,     ///< one is needed
  some,    ///< `k` are needed
  choice,  ///< variants: one or all, as DependencyGroup::variants says
  soft,    ///< listed, and never needed
  asked,   ///< counts only when asked for
};
/// `all`, `any`, `k-of-n`, `choice`, `soft`, `asked`.
std::string_view to_string(MemberRule rule);

/// Edges by which one node depends on others and which count together.
struct DependencyGroup {
  Vertex dependent = no_vertex;
  std::uint16_t type = 0;   ///< number of the edge type in the ontology
  std::uint32_t name = 0;   ///< number of the group's name in the snapshot; 0: none
  Vertex item = no_vertex;  ///< of flows
  bool is_site = false;     ///< rows with a second role of the type (sites beside seats)
  MemberRule rule = MemberRule::all;
  Variants variants = Variants::unsettled;  ///< of a choice
  std::uint32_t k = 0;                      ///< how many of `members` are needed; 0: none
  std::uint32_t members = 0;                ///< distinct nodes, also those whose edges are not among `arcs`
  std::vector<Arc> arcs;                    ///< sorted
};

/// Ends of a dependency edge. @pre its type has a dependency
Vertex dependent_of(const Snapshot& snapshot, Arc e);
Vertex dependency_of(const Snapshot& snapshot, Arc e);

/// Dependency edges by group, sorted by (dependent, type, name, item). All members of a group are counted in the view,
/// also those that are not among `arcs`, so that `any of 3` is true whatever was walked.
std::vector<DependencyGroup> group_arcs(const View& view, std::span<const Arc> arcs);

}  // namespace chokepoint
