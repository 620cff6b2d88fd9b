#pragma once

#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

struct SearchParams {
  std::string text;
  std::vector<std::string> types;  ///< ids or labels of node types; empty: every type
  std::size_t limit = 20;          ///< 0: all
};

/// Nodes whose id, label, alias or code holds every word of the text, best first. Negative when there is none; then
/// the remarks name near ids. @throws UsageError for an unknown type
Answer search_nodes(Session& session, const SearchParams& params);

}  // namespace chokepoint
