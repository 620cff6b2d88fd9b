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

struct SearchResult {
  std::string text;                      ///< as it was asked for
  std::size_t limit = 0;                 ///< as it was asked for
  std::vector<SearchHit> hits;           ///< best first
  std::vector<std::string> indicators;   ///< ids of those of which id or label holds every word; with types none
  std::vector<std::string> suggestions;  ///< near ids where nothing is found
  std::size_t later = 0;                 ///< left out: nodes that begin after the session's day
  bool complete = true;                  ///< false: there are more than the limit
};

/// Nodes whose id, label, alias or code holds every word of the text. @throws UsageError for an unknown type
SearchResult search_nodes(Session& session, const SearchParams& params);

}  // namespace chokepoint
