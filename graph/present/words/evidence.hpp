#pragma once

#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/query/evidence_summary.hpp"
#include "present/words/names.hpp"

#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// `one source: yuekai-2026; unknown shares: 3`; nothing where several sources agree and every share is known.
std::string evidence_text(const Session& session, const EvidenceSummary& summary);
Json evidence_json(const EvidenceSummary& summary);

/// What requirement logic stands on, as JSON: counts, and the first hundred names of what nobody recorded.
/// `edges_on_one_source` is null where more than 20,000 edges would have to be looked at.
/// @param arcs  the rows the answer stands on, see evidence_of
Json coverage_json(const Session& session, const Snapshot& snapshot, const RequirementCoverage& coverage,
                   std::span<const Arc> arcs);

/// The sentences below a table about the same, most important first; none where nothing is missing.
std::vector<std::string> coverage_remarks(const Session& session, const RequirementCoverage& coverage);

}  // namespace chokepoint::detail
