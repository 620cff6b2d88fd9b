#pragma once

#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct SourcesParams {
  std::string source;        ///< id; empty lists all sources
  bool only_source = false;  ///< of what rests on a source, only what rests on nothing else
};

/// All sources, or one with every record that rests on it.
/// @throws NotFoundError with suggestions for an unknown id
Answer list_sources(Session& session, const SourcesParams& params);

}  // namespace chokepoint
