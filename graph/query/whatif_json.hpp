#pragma once

#include "chokepoint/analysis/whatif.hpp"
#include "query/names.hpp"

namespace chokepoint::detail {

/// The readings of one state: [{"variants","impossible","flows","unmet","capacity"}…].
Json state_json(const Snapshot& snapshot, const WhatIfState& state);

/// What the policies of an answer do: "baseline", "adapted", "responses", "response_history", "cut", "freed", "notes".
void set_policy_json(Json& result, Session& session, const Snapshot& snapshot, const WhatIf& answer);

/// Why a restriction could not be applied: `no-issuer`, `not-stated`, `no-flow`, `no-supplier`.
std::string_view to_string(PolicyGap gap);

}  // namespace chokepoint::detail
