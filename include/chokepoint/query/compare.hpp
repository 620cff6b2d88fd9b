#pragma once

#include "chokepoint/query/session.hpp"

#include <string>
#include <vector>

namespace chokepoint {

struct CompareParams {
  std::vector<std::string> nodes;  ///< two or more, by id, label, alias or code
  bool everything = false;         ///< also figures and relations that only one of them has
  bool with_sources = false;
};

/// Nodes side by side: the facts that link them, the same relation to the same node, and figure by figure (same
/// indicator, item, market, what it is relative to, unit). Of each series the figures of the latest period that
/// both have stand side by side, else the one of each that counts on the session's day; the dates are shown.
/// @throws UsageError for fewer than two nodes or one named twice; NotFoundError
Answer compare_nodes(Session& session, const CompareParams& params);

}  // namespace chokepoint
