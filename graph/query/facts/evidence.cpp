#include "chokepoint/query/evidence_summary.hpp"
#include "chokepoint/store/reader.hpp"

#include <cmath>
#include <set>

namespace chokepoint {

EvidenceCount count_evidence(const Session& session, const Snapshot& snapshot, std::span<const Arc> arcs) {
  EvidenceCount count;
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(snapshot.columns().edge_key[e]);
  for (const Edge& edge : session.reader().edges(keys)) {
    std::set<std::string> sources;
    for (const Citation& citation : edge.sources) sources.insert(citation.source);
    ++count.edges;
    if (sources.size() != 1) continue;
    ++count.single_source;
    ++count.alone[*sources.begin()];
  }
  return count;
}

EvidenceSummary summarise_evidence(const Session& session, const Snapshot& snapshot, std::span<const Arc> arcs) {
  EvidenceSummary summary;
  const EvidenceCount count = count_evidence(session, snapshot, arcs);
  summary.edges = count.edges;
  summary.on_one_source = count.single_source;
  if (count.edges > 0 && count.single_source == count.edges && count.alone.size() == 1)
    summary.only_source = count.alone.begin()->first;
  for (const Arc e : arcs) {
    if (static_cast<Significance>(snapshot.columns().significance[e]) == Significance::minor) ++summary.minor;
    if (snapshot.role(e) == Role::supply && std::isnan(snapshot.share(e))) ++summary.unknown;
  }
  return summary;
}

std::vector<Arc> dependency_arcs(const View& view, Vertex v, std::size_t most) {
  const Snapshot& snapshot = view.snapshot();
  std::vector<Arc> arcs;
  const auto add = [&](Arc e) {
    if (arcs.size() <= most && view.has_edge(e) && snapshot.type_of_edge(e).dependency) arcs.push_back(e);
  };
  const auto out = snapshot.out_edges(v);
  for (Arc e = out.first; e < out.last; ++e) add(e);
  for (const Arc e : snapshot.in_edges(v)) add(e);
  if (arcs.size() > most) arcs.clear();
  return arcs;
}

}  // namespace chokepoint
