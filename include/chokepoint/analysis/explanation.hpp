#pragma once

#include "chokepoint/analysis/assessment.hpp"
#include "chokepoint/analysis/requirements.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

/// One member that a group lost, or that sets its value.
struct LinkMember {
  Subject subject;
  Arc arc = no_arc;     ///< the evidence
  bool is_cut = false;  ///< its row is cut, by a policy or as asked for
};

/// One link of a chain from cause to effect.
struct ChainLink {
  Subject subject;
  std::optional<GroupKind> group;  ///< kind of the group that failed or sets the value; absent: removed
  Subject owner;                   ///< whose group it is: the node itself, its whole, or its item
  std::string group_name;          ///< as in the data, empty for the default group
  std::uint32_t needed = 0;        ///< members that must work
  std::uint32_t of = 0;            ///< … of so many
  double capacity = 0;             ///< of the node, on the side that is explained
  bool is_starved = false;         ///< the group fell below the threshold
  std::vector<LinkMember> members;
};

/// Why a node is impossible (causes first), or what sets its capacity (from the node to the ends of the chain).
struct NodeFate {
  bool is_impossible = false;
  double low = 1, high = 1;
  bool is_by_low = true;         ///< the chain sets `low`, else `high`
  std::vector<ChainLink> chain;  ///< empty where nothing is lost
};

/// The chain behind a node's fate, with the edges that say so.
/// @param by_low  of what is possible: whether what sets `low` is told, else what sets `high`
/// @pre the node has failed, or the assessment has capacities
/// @note O(size of the chain · log)
NodeFate explain(const Situation& situation, const Assessment& assessment, SystemNode node, bool by_low = true);

}  // namespace chokepoint
