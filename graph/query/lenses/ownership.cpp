#include "chokepoint/query/ownership.hpp"

#include "chokepoint/analysis/ownership.hpp"
#include "chokepoint/query/ground.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"

#include <set>

namespace chokepoint {

OwnershipResult find_owned(Session& session, const OwnershipParams& params) {
  OwnershipOptions options;
  if (params.threshold) options.threshold = *params.threshold;
  if (!(options.threshold > 0 && options.threshold <= 1)) throw UsageError("--threshold is a share above 0, at most 1");
  OwnershipResult found;
  found.threshold = options.threshold;
  found.view = make_view(session, params.view);
  const Snapshot& snapshot = found.view->snapshot();
  std::set<Vertex> owners;
  for (const std::string& name : params.owners) owners.insert(snapshot.find(session.reader().resolve(name).id).value());
  found.owners.assign(owners.begin(), owners.end());
  found.holdings = find_ownership(*found.view, found.owners, options);
  std::vector<std::int64_t> keys;
  for (const Arc e : found.holdings.arcs) keys.push_back(snapshot.columns().edge_key[e]);
  found.edges = session.reader().edges(keys);
  return found;
}

}  // namespace chokepoint
