#include "query/checks.hpp"
#include "query/claims.hpp"
#include "query/fact_table.hpp"
#include "query/facts.hpp"
#include "query/measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace chokepoint::detail {

namespace {

/// Above this a sum of shares is no rounding any more (graph/SEMANTICS.md §3.2).
constexpr double largest_sum = 1.05;

/// A supplier group as one layer describes it; rows with different qualifiers speak of different markets.
struct SupplierGroup {
  Vertex dependent;
  std::uint16_t type;
  std::uint32_t group;
  Vertex item, market, origin;
  Layer layer;
  friend auto operator<=>(const SupplierGroup&, const SupplierGroup&) = default;
};

struct ShareSum {
  double sum = 0;
  std::vector<std::int64_t> keys;
};

std::string describe_group(Names& names, const Snapshot& snapshot, const SupplierGroup& group) {
  const auto id = [&](Vertex v) { return v == no_vertex ? std::string() : std::string(snapshot.id(v)); };
  Edge edge;
  edge.item = id(group.item);
  edge.market = id(group.market);
  edge.origin = id(group.origin);
  const EdgeType& type = snapshot.ontology().edge_types()[group.type];
  const bool incoming = type.dependency && !type.dependency->from_depends;
  std::string text = fmt::format("{} {}", id(group.dependent), relation_label(names.session(), type.id, !incoming));
  const std::string more = detail_text(names, edge);
  return more.empty() ? text : text + ": " + more;
}

}  // namespace

std::vector<Finding> find_share_sums(Session& session) {
  const auto snapshot = session.snapshot();
  const SnapshotColumns& columns = snapshot->columns();
  ViewOptions options;
  options.as_of = session.as_of();
  const View view(snapshot, std::move(options));
  std::map<SupplierGroup, ShareSum> sums;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    const auto& dependency = snapshot->type_of_edge(e).dependency;
    if (!view.has_edge(e) || std::isnan(columns.share[e]) || !dependency || dependency->group != GroupRule::any)
      continue;
    const Vertex dependent = dependency->from_depends ? columns.from[e] : columns.to[e];
    const Vertex supplier = dependency->from_depends ? columns.to[e] : columns.from[e];
    ShareSum& sum = sums[{dependent, columns.edge_type[e], columns.group[e], columns.item[e], columns.market[e],
                          columns.origin[e], snapshot->layer(supplier)}];
    // `at-most` says nothing about the least that the members have together.
    if (static_cast<Bound>(columns.bound[e]) != Bound::at_most) sum.sum += view.snapshot().share(e);
    sum.keys.push_back(columns.edge_key[e]);
  }
  Names names(session);
  std::vector<Finding> found;
  for (const auto& [group, sum] : sums) {
    // Shares are stored as floats: a hair above the limit is the limit.
    if (sum.sum <= largest_sum + 1e-6) continue;
    Finding finding{describe_group(names, *snapshot, group),
                    {},
                    fmt::format("the shares of {} {} suppliers add up to {:.4g}", sum.keys.size(),
                                to_string(group.layer), sum.sum)};
    for (const Edge& edge : session.reader().edges(sum.keys)) finding.ids.push_back(edge.id);
    found.push_back(std::move(finding));
  }
  return found;
}

std::vector<Finding> find_orphans(Session& session) {
  const auto snapshot = session.snapshot();
  const SnapshotColumns& columns = snapshot->columns();
  std::vector<bool> mentioned(snapshot->vertex_count());
  const auto mention = [&](Vertex v) {
    if (v != no_vertex) mentioned[v] = true;
  };
  for (Arc e = 0; e < snapshot->edge_count(); ++e)
    for (const Vertex v : {columns.from[e], columns.to[e], columns.item[e], columns.market[e], columns.origin[e]})
      mention(v);
  const auto mention_id = [&](const std::string& id) {
    if (!id.empty()) mention(snapshot->find(id).value_or(no_vertex));
  };
  session.reader().for_each_observation("", [&](const Observation& o) {
    for (const std::string* id : {&o.subject, &o.item, &o.market, &o.relative_to}) mention_id(*id);
  });
  std::vector<Finding> found;
  for (Vertex v = 0; v < snapshot->vertex_count(); ++v) {
    if (mentioned[v]) continue;
    const std::string id(snapshot->id(v));
    found.push_back({"node " + id, {id}, "no edge and no figure speaks of it"});
  }
  return found;
}

std::vector<Finding> find_open_repealed(Session& session) {
  // Which amendments repeal is the ontology's word for them; the other modes leave the earlier measure standing.
  constexpr std::string_view repeals = "repeals";
  const auto snapshot = session.snapshot();
  const SnapshotColumns& columns = snapshot->columns();
  std::map<Vertex, Vertex> repealed_by;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) {
    const EdgeType& type = snapshot->type_of_edge(e);
    if (type.role == Role::amend && columns.mode[e] < type.modes.size() && type.modes[columns.mode[e]] == repeals)
      repealed_by.emplace(columns.to[e], columns.from[e]);
  }
  std::vector<Finding> found;
  for (const auto& [measure, by] : repealed_by) {
    std::vector<std::int64_t> open;
    const auto range = snapshot->out_edges(measure);
    for (Arc e = range.first; e < range.last; ++e)
      if (snapshot->role(e) == Role::restrict && columns.valid_to[e] == day_open_to)
        open.push_back(columns.edge_key[e]);
    if (open.empty()) continue;
    const std::string id(snapshot->id(measure));
    Finding finding{
        "node " + id,
        {id},
        fmt::format("repealed by {}; restrictions of it without `until`: {}", snapshot->id(by), open.size())};
    for (const Edge& edge : session.reader().edges(open)) finding.ids.push_back(edge.id);
    found.push_back(std::move(finding));
  }
  return found;
}

std::vector<Finding> find_rivals(Session& session) {
  const auto snapshot = session.snapshot();
  // The snapshot numbers facts; only edges that share a number can be rivals.
  std::vector<Arc> order(snapshot->edge_count());
  std::iota(order.begin(), order.end(), Arc{0});
  const auto claim = [&](Arc e) { return snapshot->columns().claim[e]; };
  std::ranges::stable_sort(order, {}, claim);
  std::vector<std::int64_t> keys;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool same_as_last = i > 0 && claim(order[i - 1]) == claim(order[i]);
    const bool same_as_next = i + 1 < order.size() && claim(order[i + 1]) == claim(order[i]);
    if (same_as_last || same_as_next) keys.push_back(snapshot->columns().edge_key[order[i]]);
  }
  std::vector<Finding> found;
  Claims claims(session);
  const auto add = [&](const auto& records) {
    std::map<std::string, std::string> described;
    for (const auto& record : records) described.emplace(record.id, describe(record));
    for (auto& ids : contradictions(claims, std::span(records)))
      found.push_back({described.at(ids.front()), ids, fmt::format("{} claims contradict one another", ids.size())});
  };
  const std::vector<Edge> edges = session.reader().edges(keys);
  add(edges);
  const std::vector<Observation> observations = session.reader().observations(ObservationFilter{});
  add(observations);
  return found;
}

}  // namespace chokepoint::detail
