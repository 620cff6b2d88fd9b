#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/depends.hpp"

namespace chokepoint {

/// How the answer is shown.
struct DependsStyle {
  bool people = true;         ///< false: only what programs read, nothing is drawn
  bool count = false;         ///< only how many, by tier and type
  bool rows = false;          ///< without edges: the nodes as `Answer::rows`, not as values
  bool tree = false;          ///< draw the whole tree, however long
  bool tiers = false;         ///< tables by tier instead of the tree
  bool with_sources = false;  ///< with citations
  bool page = false;          ///< for a page, which opens with what stops it, whatever else was asked for
};

/// `result`: {"node","nodes":[ref + "tier","soft"],"edges","groups","counts","stops":{"alone","alone_if_all"}}; with
/// `rows` the nodes stand there; "stops" where it is known: see DependsResult. An edge that a variant inherits from its
/// generic, or a step from its whole, carries `via`, the id of that one. Coverage counts what the walk came by.
/// @throws NotFoundError, UsageError as follow_dependencies
Answer depends_answer(Session& session, const DependsParams& params, const DependsStyle& style = {});

}  // namespace chokepoint
