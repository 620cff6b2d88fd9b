#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/present/answer.hpp"
#include "present/words/names.hpp"

#include <memory>
#include <string_view>

namespace chokepoint::detail {

/// Sets one state of the answer in `out.result`: [{"variants","impossible","flows","unmet","capacity"}…]. Long lists
/// are put into `out.lists`, which keep hold of the answer.
/// @param state  part of `found`
void set_state_json(Answer& out, const char* key, const std::shared_ptr<const Snapshot>& snapshot,
                    const std::shared_ptr<const WhatIf>& found, const WhatIfState& state);

/// What the policies of an answer do: "baseline", "adapted", "responses", "response_history", "cut", "freed", "notes".
void set_policy_json(Answer& out, Session& session, const std::shared_ptr<const Snapshot>& snapshot,
                     const std::shared_ptr<const WhatIf>& found);

/// Why things are lost and reduced, and what may be: "lost_by_cause", "reduced_by_cause", "may_be_lost"; nothing where
/// very much has less, see `most_by_cause`.
void set_causes_json(Answer& out, const View& view, const WhatIf& answer, bool keep_minor);

/// Why a restriction could not be applied: `no-issuer`, `not-stated`, `no-flow`, `no-supplier`.
std::string_view to_string(PolicyGap gap);

}  // namespace chokepoint::detail
