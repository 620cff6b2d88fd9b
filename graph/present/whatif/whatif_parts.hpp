#pragma once

#include "chokepoint/present/whatif.hpp"
#include "present/words/names.hpp"

#include <memory>
#include <optional>
#include <string>

namespace chokepoint::detail {

/// What alone is shown; nothing: everything.
inline std::optional<Subject> only_target(const WhatIfResult& result) {
  return result.target_was_named ? result.scenario.target : std::nullopt;
}

/// `without Taiwan (tw)`: what was asked.
std::string causes_text(Names& names, const WhatIfResult& result);

/// Nodes that lose something, with policies, answers and what is cut; sorted. O(n)
std::vector<Vertex> touched_nodes(const WhatIfResult& result);
/// The nodes that lose something, with policies, answers and what is cut; their values as columns.
Subgraph subgraph_of(const WhatIfResult& result);

/// What is left in each state; of a target also the fault tree that leads to it, which stands first where it fails.
void offer_pictures(Session& session, const std::shared_ptr<const WhatIfResult>& result, Answer& answer);

}  // namespace chokepoint::detail
