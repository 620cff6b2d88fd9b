#pragma once

#include "chokepoint/query/list_params.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct SourcesParams {
  std::string source;        ///< id; empty lists all sources
  ListParams list = {};      ///< types: node, edge or observation; statuses do not apply
  bool only_source = false;  ///< of what rests on a source, only what rests on nothing else
};

/// All sources, or one with every record that rests on it.
/// @throws NotFoundError with suggestions for an unknown id
Answer list_sources(Session& session, const SourcesParams& params);

}  // namespace chokepoint
