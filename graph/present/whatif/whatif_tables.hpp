#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/table.hpp"
#include "present/whatif/whatif_readings.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Nodes and flows that become impossible, in each reading and each state.
Table impossible_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit);

/// What is left of the nodes and flows that lose something and go on, worst first.
Table capacity_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, const std::optional<Subject>& target,
                     RowLimit& limit);

Table unmet_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit);

/// Which rows of which flows policies cut, with where that was read.
Table cut_table(Names& names, const Snapshot& snapshot, const std::vector<PolicyCut>& cuts, std::string_view title);

/// Who answered a policy, since when, and what closed the answer.
Table response_table(Names& names, const Snapshot& snapshot, const WhatIf& answer);

}  // namespace chokepoint::detail
