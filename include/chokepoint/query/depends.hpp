#pragma once

#include "chokepoint/query/view_params.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint {

struct DependsParams {
  std::string node;                          ///< id, label, alias or code
  bool dependents = false;                   ///< what depends on the node, instead of what it depends on
  std::optional<std::uint32_t> depth = {};   ///< largest tier
  std::vector<std::string> types = {};       ///< node types to list; walks still go through the others
  std::vector<std::string> edge_types = {};  ///< edge types to walk
  bool soft = false;                         ///< walk dependencies that are listed but never needed
  bool asked = false;                        ///< walk dependencies that count only when asked for
  bool through_places = false;               ///< walk on from places, not only from one that is asked for
  bool count = false;                        ///< only how many, by tier and type
  bool edges = true;                         ///< false: the nodes alone, without edges, groups and a subgraph
  bool rows = false;                         ///< without edges: the nodes as `Answer::rows`, not as values
  bool people = true;                        ///< false: only what programs read, nothing is drawn
  bool tree = false;                         ///< draw the whole tree, however long
  bool tiers = false;                        ///< tables by tier instead of the tree
  bool with_sources = false;
  ViewParams view = {};
};

/// What a node depends on, or what depends on it, by tier (the start is not among them): by default exactly what the
/// requirement rules read; see find_dependencies. With the requirement group of every edge: all of, any of, k of n,
/// choice of variants, soft.
/// `result`: {"node","nodes":[ref + "tier","soft"],"edges","groups","counts"}; with `rows` the nodes stand there. An
/// edge that a variant inherits from its generic, or a step from its whole, carries `via`, the id of that one. Coverage
/// counts what the walk came by.
/// @throws NotFoundError, UsageError
Answer follow_dependencies(Session& session, const DependsParams& params);

}  // namespace chokepoint
