#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/table.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/names.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

Table unmet_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit);

/// Who answered a policy, since when, and what closed the answer.
Table response_table(Names& names, const Snapshot& snapshot, const WhatIf& answer);

/// Since when there is an answer to a policy, as it was written.
std::string since_text(const Session& session, const Snapshot& snapshot, const PolicyResponse& response);
/// Since when a later policy has closed it: by its own dates, or those of what it restricts; empty where none has.
std::string closed_text(const Session& session, const Snapshot& snapshot, const PolicyResponse& response);
/// Whether the answer counts on the day.
bool is_open(const WhatIf& answer, const PolicyResponse& response);

/// Where some edges were read, each citation once; no arc is passed over.
std::string citations_of(const Session& session, const Snapshot& snapshot, const std::vector<Arc>& arcs);

}  // namespace chokepoint::detail
