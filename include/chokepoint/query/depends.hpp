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
  bool soft = true;                          ///< walk dependencies that are listed but never needed
  bool asked = false;                        ///< walk dependencies that count only when asked for
  bool count = false;                        ///< only how many, by tier and type
  bool edges = true;                         ///< false: the nodes alone, without edges, groups and a subgraph
  bool rows = false;                         ///< without edges: the nodes as `Answer::rows`, not as values
  bool tree = false;                         ///< draw the tree for people
  bool with_sources = false;
  ViewParams view = {};
};

/// What a node depends on, or what depends on it, by tier (plain reachability along dependencies; the start is not
/// among them), with the requirement group of every edge: all of, any of, k of n, choice of variants, soft.
/// `result`: {"node","nodes":[ref + "tier","soft"],"edges","groups","counts"}; with `rows` the nodes stand there.
/// Coverage counts what the walk came by.
/// @throws NotFoundError, UsageError
Answer follow_dependencies(Session& session, const DependsParams& params);

}  // namespace chokepoint
