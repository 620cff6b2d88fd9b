#include "chokepoint/query/diff.hpp"

#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/changes/diff_chokepoints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

/// @param few  edges are looked at one by one
View view_on(const std::shared_ptr<const Snapshot>& snapshot, Date day, bool few) {
  ViewOptions options;
  options.as_of = day;
  options.include = {Status::forecast, Status::planned, Status::recommended};
  options.include_derived = true;
  return few ? View::local(snapshot, std::move(options)) : View(snapshot, std::move(options));
}

/// Whether an edge names a node anywhere; `no_vertex`: any will do.
bool is_about(const SnapshotColumns& columns, Arc e, Vertex node) {
  return node == no_vertex || columns.from[e] == node || columns.to[e] == node || columns.item[e] == node ||
         columns.market[e] == node || columns.origin[e] == node;
}

auto relation_key(const Edge& e) { return std::tie(e.type, e.from, e.to, e.item, e.market, e.origin, e.group, e.unit); }

/// Edges of one fact that stand on both sides are one measure in place of another.
void pair_up(DiffResult& changes) {
  const auto less = [](const Edge* a, const Edge* b) { return relation_key(*a) < relation_key(*b); };
  std::multimap<const Edge*, std::size_t, decltype(less)> open(less);
  for (std::size_t i = 0; i < changes.ended.size(); ++i) open.emplace(&changes.ended[i], i);
  std::vector<Edge> began, ended;
  std::vector<bool> paired(changes.ended.size());
  for (Edge& after : changes.began) {
    const auto before = open.find(&after);
    if (before == open.end()) {
      began.push_back(std::move(after));
      continue;
    }
    const std::size_t index = before->second;
    paired[index] = true;
    open.erase(before);
    changes.replaced.push_back({changes.ended[index], std::move(after)});
  }
  for (std::size_t i = 0; i < changes.ended.size(); ++i)
    if (!paired[i]) ended.push_back(changes.ended[i]);
  changes.began = std::move(began);
  changes.ended = std::move(ended);
}

void read_changes(Session& session, const std::string& node, DiffResult& changes) {
  const auto snapshot = session.snapshot();
  const View before = view_on(snapshot, changes.from, !node.empty()),
             after = view_on(snapshot, changes.to, !node.empty());
  const Vertex about = node.empty() ? no_vertex : snapshot->find(node).value();
  std::vector<std::int64_t> began, ended;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    if (!is_about(snapshot->columns(), e, about) || before.has_edge(e) == after.has_edge(e)) continue;
    (after.has_edge(e) ? began : ended).push_back(snapshot->columns().edge_key[e]);
  }
  changes.began = session.reader().edges(began);
  changes.ended = session.reader().edges(ended);
  pair_up(changes);
  ObservationFilter filter;
  filter.subject = node;
  changes.figures = session.reader().observations(filter);
  std::erase_if(changes.figures, [&](const Observation& o) {
    const auto day = figure_day(o);
    return !day || *day <= changes.from || *day > changes.to;
  });
}

}  // namespace

DiffResult diff_days(Session& session, const DiffParams& params) {
  DiffResult changes;
  changes.from = require_day(params.from, "FROM");
  changes.to = params.to.empty() ? session.as_of() : require_day(params.to, "TO");
  if (changes.to < changes.from)
    throw UsageError(
        fmt::format("{} comes before {}; put the earlier day first", to_string(changes.to), to_string(changes.from)));
  read_changes(session, params.node.empty() ? std::string() : session.reader().resolve(params.node).id, changes);
  if (params.chokepoints || !params.targets.empty()) detail::compare_chokepoints(session, params, changes);
  return changes;
}

}  // namespace chokepoint
