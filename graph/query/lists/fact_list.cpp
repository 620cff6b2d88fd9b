#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/query/resolve.hpp"
#include "chokepoint/query/show.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/list_filter.hpp"

#include <algorithm>
#include <tuple>

namespace chokepoint {

namespace {

/// Whether both ends fit the node types that were named: one does where only one type is.
bool has_ends(const detail::ListFilter& filter, NodeRefs& nodes, const Edge& edge) {
  return filter.names_node_type(nodes.ref(edge.from).type) || filter.names_node_type(nodes.ref(edge.to).type);
}

}  // namespace

FactListResult list_facts(Session& session, const ShowParams& params) {
  if (params.list.types.empty() && params.list.statuses.empty())
    throw UsageError("show what? Name a node, or which facts of all nodes: --type TYPE or --status STATUS");
  NodeRefs nodes(session);
  const detail::ListFilter filter(session, params.list);
  Later later(session);
  FactListResult found;
  session.reader().for_each_edge("", [&](const Edge& edge) {
    if (!filter.has_status(edge.status)) return;
    if (filter.has_edge_types() && !filter.names_edge_type(edge.type)) return;
    if (filter.has_node_types() && !has_ends(filter, nodes, edge)) return;
    const bool holds = params.every_day || (holds_on(edge.since, edge.until, session.as_of()) && !later.is_later(edge));
    holds ? found.edges.push_back(edge) : void(++found.of_other_days);
  });
  std::ranges::sort(found.edges, {}, [](const Edge& e) { return std::tie(e.type, e.from, e.to, e.id); });
  if (filter.has_types()) return found;
  session.reader().for_each_observation("", [&](const Observation& figure) {
    if (!filter.has_status(figure.status)) return;
    const bool holds = params.every_day || !later.is_later(figure);
    holds ? found.figures.push_back(figure) : void(++found.of_other_days);
  });
  return found;
}

}  // namespace chokepoint
