#include "chokepoint/query/show.hpp"

#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/store/reader.hpp"
#include "query/facts/list_filter.hpp"

#include <algorithm>
#include <span>

namespace chokepoint {

namespace {

/// Edges of the day unless every day was asked for; outgoing, incoming, mentioned.
void read_relations(Session& session, const ShowParams& params, const detail::ListFilter& filter, ShowResult& found) {
  const std::string& id = found.node.id;
  std::vector<Edge>& edges = found.edges;
  edges = session.reader().edges_about(id);
  const auto whole = edges.size();
  Later later(session);
  if (!params.every_day) {
    std::erase_if(edges,
                  [&](const Edge& e) { return !holds_on(e.since, e.until, session.as_of()) || later.is_later(e); });
    Claims(session).drop_later_measures(edges);
  }
  found.of_other_days = whole - edges.size();
  NodeRefs others(session);
  found.of_other_types =
      std::erase_if(edges, [&](const Edge& e) { return !filter.has(others, e, e.from == id ? e.to : e.from); });
  const auto incoming = std::stable_partition(edges.begin(), edges.end(), [&](const Edge& e) { return e.from == id; });
  const auto mentioned = std::stable_partition(incoming, edges.end(), [&](const Edge& e) { return e.to == id; });
  found.outgoing = static_cast<std::size_t>(incoming - edges.begin());
  found.incoming = static_cast<std::size_t>(mentioned - incoming);
}

void read_figures_of(Session& session, const ShowParams& params, const detail::ListFilter& filter, ShowResult& found) {
  ObservationFilter wanted;
  wanted.subject = found.node.id;
  found.figures = session.reader().observations(wanted);
  found.of_other_types += std::erase_if(
      found.figures, [&](const Observation& o) { return !filter.has_status(o.status) || filter.has_types(); });
  Later later(session);
  if (!params.every_day)
    found.later_figures = std::erase_if(found.figures, [&](const Observation& o) { return later.is_later(o); });
}

}  // namespace

ShowResult show_node(Session& session, const ShowParams& params) {
  const Reader reader = session.reader();
  ShowResult found;
  found.node = reader.node(reader.resolve(params.node).id).value();
  const detail::ListFilter filter(session, params.list);
  read_relations(session, params, filter, found);
  read_figures_of(session, params, filter, found);
  Claims claims(session);
  found.rival_edges = contradictions(claims, std::span<const Edge>(found.edges));
  found.rival_figures = contradictions(claims, std::span<const Observation>(found.figures));
  found.datasets = reader.datasets_of("node", found.node.id);
  found.is_filtered = !params.list.types.empty() || !params.list.statuses.empty();
  found.is_later = Later(session).is_later(found.node);
  return found;
}

}  // namespace chokepoint
