#pragma once

#include "chokepoint/analysis/policy.hpp"
#include "chokepoint/model/json.hpp"
#include "chokepoint/query/session.hpp"

#include <vector>

namespace chokepoint::detail {

/// When each policy acts by its attributes `effective` and `suspended`, by vertex; policies with neither are left out.
/// `suspended` is a date (from then on), an interval as text (`2025-05/2025-08`, an open end left empty) or as
/// `{"since","until"}`, or a list of these; ends are read as `since` and `until` are. What cannot be read is no term.
/// @note one scan of the snapshot's edges, and a look at the row of each node that restricts anything
std::vector<PolicyTerms> policy_terms(Session& session, const Snapshot& snapshot);

/// The intervals of an attribute `suspended`.
std::vector<Validity> suspensions(const Json& value);

}  // namespace chokepoint::detail
