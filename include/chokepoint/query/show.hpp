#pragma once

#include "chokepoint/query/list_params.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct ShowParams {
  std::string node;           ///< id, label, alias or code
  bool every_day = false;     ///< also facts that do not hold on the session's day
  bool with_sources = false;  ///< citations in the tables too
  ListParams list = {};       ///< types: of the relation, or of the node at its other end
};

/// One node with its facts in both directions, the facts that name it as item, market or origin, its figures and
/// the sources of all of them. Rival claims stand side by side and are marked.
/// @throws NotFoundError, UsageError for a name that is unknown or ambiguous
Answer show_node(Session& session, const ShowParams& params);

}  // namespace chokepoint
