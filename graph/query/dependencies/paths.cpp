#include "chokepoint/query/paths.hpp"

#include "chokepoint/query/ground.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "analysis/lenses/paths.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace chokepoint {

namespace {

constexpr std::array kinds{std::pair{std::string_view("depends"), PathKind::depends},
                           std::pair{std::string_view("dependents"), PathKind::dependents},
                           std::pair{std::string_view("stored"), PathKind::stored},
                           std::pair{std::string_view("either"), PathKind::either}};

PathKind require_kind(const std::string& text) {
  for (const auto& [name, kind] : kinds)
    if (name == text) return kind;
  throw UsageError(fmt::format("--along: \"{}\" is none of {}", text, fmt::join(path_kinds(), ", ")));
}

}  // namespace

std::vector<std::string> path_kinds() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds) names.emplace_back(name);
  return names;
}

PathsResult list_paths(Session& session, const PathsParams& params) {
  if (params.count == 0) throw UsageError("--count is 1 or more");
  PathsResult found;
  found.along = params.along;
  found.from = session.reader().resolve(params.from);
  found.to = session.reader().resolve(params.to);
  PathOptions options{.kind = require_kind(params.along),
                      .count = params.count,
                      .max_hops = params.max_hops,
                      .edge_types = {},
                      .soft = params.soft,
                      .asked = params.asked};
  for (const std::string& type : params.edge_types) options.edge_types.push_back(require_edge_type(session, type));
  found.view = make_view(session, params.view);
  const Snapshot& snapshot = found.view->snapshot();
  found.paths =
      find_paths(*found.view, snapshot.find(found.from.id).value(), snapshot.find(found.to.id).value(), options);
  std::set<Arc> arcs;
  for (const GraphPath& path : found.paths)
    for (const auto& hop : path.hops) arcs.insert(hop.begin(), hop.end());
  std::vector<std::int64_t> keys;
  for (const Arc e : arcs) keys.push_back(snapshot.columns().edge_key[e]);
  auto records = session.reader().edges(keys);
  std::size_t next = 0;
  for (const Arc e : arcs) found.edges[e] = std::move(records[next++]);
  return found;
}

}  // namespace chokepoint
