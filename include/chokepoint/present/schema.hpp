#pragma once

#include "chokepoint/present/answer.hpp"
#include "chokepoint/query/session.hpp"

#include <string>

namespace chokepoint {

struct SchemaParams {
  std::string type;  ///< a node or edge type by id or label; empty: all of them
};

/// The ontology: node types with their layers, edge types with allowed ends, role and group rule, units, indicators.
/// @throws UsageError with suggestions for an unknown type
Answer schema_answer(Session& session, const SchemaParams& params);

}  // namespace chokepoint
