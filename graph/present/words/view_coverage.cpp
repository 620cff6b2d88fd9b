#include "chokepoint/present/view_coverage.hpp"

#include "chokepoint/store/reader.hpp"

#include <algorithm>

namespace chokepoint {

namespace {

Json named_claims(Session& session, const Snapshot& snapshot, const std::vector<Arc>& arcs) {
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(snapshot.columns().edge_key[e]);
  Json ids = Json::array();
  if (keys.empty()) return ids;
  for (const Edge& edge : session.reader().edges(keys)) ids.push(edge.id);
  return ids;
}

/// Those with both ends among `vertices`, which are sorted.
std::vector<Arc> between(const Snapshot& snapshot, const std::vector<Arc>& arcs, const std::vector<Vertex>& vertices) {
  const SnapshotColumns& columns = snapshot.columns();
  std::vector<Arc> inner;
  for (const Arc e : arcs)
    if (std::ranges::binary_search(vertices, columns.from[e]) && std::ranges::binary_search(vertices, columns.to[e]))
      inner.push_back(e);
  return inner;
}

Json counts_of(const ViewCoverage& coverage) {
  Json out = Json::object();
  out.set("edges_of_other_days", coverage.edges_of_other_days);
  out.set("edges_of_other_status", coverage.edges_of_other_status);
  out.set("edges_below_confidence", coverage.edges_below_confidence);
  out.set("superseded_edges", std::uint64_t{coverage.superseded.size()});
  out.set("rival_edges", std::uint64_t{coverage.rivals.size()});
  return out;
}

}  // namespace

Json coverage_of(Session& session, const Snapshot& snapshot, const ViewCoverage& coverage) {
  Json out = counts_of(coverage);
  out.set("superseded", named_claims(session, snapshot, coverage.superseded));
  out.set("rivals", named_claims(session, snapshot, coverage.rivals));
  return out;
}

Json coverage_of(Session& session, const View& view, const std::vector<Vertex>& vertices) {
  return coverage_of(session, view, vertices, view.coverage());
}

Json coverage_of(Session& session, const View& view, const std::vector<Vertex>& vertices, const ViewCoverage& whole) {
  const ViewCoverage& coverage = view.coverage();
  Json out = counts_of(whole);
  const Snapshot& snapshot = view.snapshot();
  out.set("superseded", named_claims(session, snapshot, between(snapshot, coverage.superseded, vertices)));
  out.set("rivals", named_claims(session, snapshot, between(snapshot, coverage.rivals, vertices)));
  return out;
}

}  // namespace chokepoint
