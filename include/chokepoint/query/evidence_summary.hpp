#pragma once

#include "chokepoint/analysis/findings.hpp"
#include "chokepoint/query/session.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

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
}  // namespace chokepoint
