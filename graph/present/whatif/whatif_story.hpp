#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/model/table.hpp"
#include "present/whatif/whatif_tables.hpp"
#include "present/words/names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// What an answer says to people, the most important first. Things stand before deliveries, these before actors, and
/// places last.

/// `135 nodes and 37 deliveries become impossible`, both readings where they differ; how many more nodes have less for
/// certain.
std::string loss_sentence(const Session& session, const WhatIf& answer, const std::string& causes);

/// Where the chains end that make things impossible, and what is lost with each: one row a cause.
Table cause_table(Names& names, const View& view, const WhatIf& answer);

/// Where the chains end by which something is certainly left with less, though not nothing: one row a cause.
Table reduced_table(Names& names, const View& view, const WhatIf& answer);

/// Each node and delivery that is lost, and for want of what.
Table lost_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, RowLimit& limit);

/// What may be lost, since nobody recorded how much of a supply is lost: one sentence a supply.
Table doubt_table(Names& names, const View& view, const WhatIf& answer, bool keep_minor, RowLimit& limit);

/// What is certainly left with less, worst first.
Table left_table(Names& names, const Snapshot& snapshot, const WhatIf& answer, const std::optional<Subject>& target,
                 RowLimit& limit);

/// Who no longer delivers what to whom, one row a delivery.
Table arrival_table(Names& names, const Snapshot& snapshot, const std::vector<PolicyCut>& cuts, std::string_view title,
                    RowLimit& limit);

}  // namespace chokepoint::detail
