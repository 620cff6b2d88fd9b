#include "chokepoint/query/compare.hpp"

#include "chokepoint/query/claims.hpp"
#include "chokepoint/query/later.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "query/lists/side_by_side.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint {

namespace {

std::vector<std::string> resolve_all(Session& session, const std::vector<std::string>& names) {
  if (names.size() < 2) throw UsageError("compare needs two nodes or more");
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    std::string id = session.reader().resolve(name).id;
    if (std::ranges::find(ids, id) != ids.end()) throw UsageError(fmt::format("\"{}\" is named twice", id));
    ids.push_back(std::move(id));
  }
  return ids;
}

/// @param compares  a row of one node that says how it stands to another one
template <typename Rows, typename SlotsOf, typename Compares>
std::size_t drop_single(Rows& rows, bool keep, SlotsOf slots_of, Compares compares) {
  const auto single = [&](const auto& row) { return detail::filled(slots_of(row)) < 2 && !compares(row); };
  const auto count = static_cast<std::size_t>(std::ranges::count_if(rows, single));
  if (!keep) std::erase_if(rows, single);
  return count;
}

/// Reads figures and facts of the day, one list a node; counts relations and keeps the facts between the nodes.
void gather(Session& session, CompareResult& out, std::vector<std::vector<Observation>>& figures,
            std::vector<std::vector<Edge>>& edges) {
  const Reader reader = session.reader();
  std::set<std::string> seen;
  Later later(session);
  for (const std::string& id : out.nodes) {
    ObservationFilter filter;
    filter.subject = id;
    figures.push_back(reader.observations(filter));
    out.later_figures += std::erase_if(figures.back(), [&](const Observation& o) { return later.is_later(o); });
    edges.push_back(reader.edges_about(id));
    std::erase_if(edges.back(),
                  [&](const Edge& e) { return !holds_on(e.since, e.until, session.as_of()) || later.is_later(e); });
    const std::size_t number = edges.size() - 1;
    for (const Edge& edge : edges.back()) {
      if (edge.from == id || edge.to == id) {
        auto& counts = out.counts[{edge.type, edge.from == id}];
        counts.resize(out.nodes.size(), 0);
        ++counts[number];
      }
      const bool links = std::ranges::find(out.nodes, edge.from) != out.nodes.end() &&
                         std::ranges::find(out.nodes, edge.to) != out.nodes.end();
      if (links && seen.insert(edge.id).second) out.links.push_back(edge);
    }
  }
}

}  // namespace

CompareResult compare_nodes(Session& session, const CompareParams& params) {
  CompareResult out;
  out.nodes = resolve_all(session, params.nodes);
  out.everything = params.everything;
  std::vector<std::vector<Observation>> figures;
  std::vector<std::vector<Edge>> edges;
  gather(session, out, figures, edges);
  Claims claims(session);
  out.figures = detail::line_up(claims, figures);
  out.relations = detail::line_up(claims, out.nodes, edges);
  out.single_figures = drop_single(
      out.figures, params.everything, [](const ComparedFigure& r) { return r.values; },
      [&](const ComparedFigure& r) {
        return std::ranges::any_of(
            out.nodes, [&](const std::string& id) { return id == r.relative_to || id == r.item || id == r.market; });
      });
  out.single_relations = drop_single(
      out.relations, params.everything, [](const ComparedRelation& r) { return r.edges; },
      [](const ComparedRelation&) { return false; });
  return out;
}

}  // namespace chokepoint
