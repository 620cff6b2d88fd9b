#pragma once

#include "chokepoint/analysis/coverage.hpp"
#include "chokepoint/query/evidence_summary.hpp"
#include "query/session/names.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// How well the rows behind an answer are sourced.
struct EvidenceCount {
  std::size_t edges = 0;
  std::size_t single_source = 0;                  ///< edges that cite one source only
  std::map<std::string, std::size_t> alone = {};  ///< source -> edges that rest on it alone
};

/// Edges whose sources are counted without being asked for.
inline constexpr std::size_t most_counted_edges = 20'000;

/// Counts the sources of edges, each edge once. O(edges · log), one look-up an edge
EvidenceCount count_evidence(const Session& session, const Snapshot& snapshot, std::span<const Arc> arcs);

/// How well the arcs are sourced.
EvidenceSummary summarise_evidence(const Session& session, const Snapshot& snapshot, std::span<const Arc> arcs);
/// The dependencies of the view at a node; nothing for one with more than `most`.
std::vector<Arc> dependency_arcs(const View& view, Vertex v, std::size_t most = 1000);
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
