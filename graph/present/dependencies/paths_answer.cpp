#include "chokepoint/present/paths.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

std::string path_node(const PathsResult& found, Vertex v) { return std::string(found.view->snapshot().id(v)); }

Json path_json(Names& names, const PathsResult& found, const GraphPath& path) {
  Json nodes = Json::array(), edges = Json::array();
  for (const Vertex v : path.vertices) nodes.push(names.json(path_node(found, v)));
  for (const auto& hop : path.hops)
    for (const Arc e : hop) edges.push(to_json(found.edges.at(e)));
  Json out = Json::object();
  out.set("nodes", std::move(nodes));
  out.set("edges", std::move(edges));
  return out;
}

/// One row an edge; the hop is read in the direction of the path.
Table path_table(Names& names, const PathsResult& found, const GraphPath& path, std::size_t number, bool with_sources) {
  const Session& session = names.session();
  Table table;
  table.title = fmt::format("{} {} ({}: {})", detail::word(session, "Path"), number, detail::word(session, "hops"),
                            path.hops.size());
  table.columns = {detail::column(session, "hop", "Hop"),
                   detail::column(session, "from", "From", true),
                   detail::column(session, "relation", "Relation"),
                   detail::column(session, "to", "To", true),
                   detail::column(session, "detail", "Detail", true),
                   detail::column(session, "when", "When")};
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  for (std::size_t i = 0; i < path.hops.size(); ++i) {
    const std::string from = path_node(found, path.vertices[i]), to = path_node(found, path.vertices[i + 1]);
    for (const Arc e : path.hops[i]) {
      const Edge& edge = found.edges.at(e);
      std::vector<Cell> row{static_cast<std::int64_t>(i + 1),
                            names.named(from),
                            detail::relation_label(session, edge.type, edge.from == from),
                            names.named(to),
                            detail::detail_text(names, edge),
                            detail::when_text(session, edge.since, edge.until, edge.as_of)};
      if (with_sources) row.emplace_back(detail::citations_text(edge.sources));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table data_table(const PathsResult& found) {
  std::vector<Edge> edges;
  std::vector<std::pair<std::int64_t, std::int64_t>> places;
  for (std::size_t p = 0; p < found.paths.size(); ++p)
    for (std::size_t h = 0; h < found.paths[p].hops.size(); ++h)
      for (const Arc e : found.paths[p].hops[h]) {
        edges.push_back(found.edges.at(e));
        places.emplace_back(p + 1, h + 1);
      }
  Table table = detail::edge_data(edges);
  table.columns.insert(table.columns.begin(), {{"path", "path"}, {"hop", "hop"}});
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    table.rows[i].insert(table.rows[i].begin(), {places[i].first, places[i].second});
  return table;
}

Subgraph subgraph_of_paths(const PathsResult& found) {
  Subgraph out;
  out.view = found.view;
  std::set<Vertex> vertices;
  for (const GraphPath& path : found.paths) vertices.insert(path.vertices.begin(), path.vertices.end());
  out.vertices.assign(vertices.begin(), vertices.end());
  for (const auto& [arc, edge] : found.edges) out.arcs.push_back(arc);
  for (const Vertex v : out.vertices) {
    const std::string id = path_node(found, v);
    out.marks.push_back(id == found.from.id || id == found.to.id ? Mark::subject : Mark::found);
  }
  return out;
}

}  // namespace

Answer paths_answer(Session& session, const PathsResult& found, bool with_sources) {
  Names names(session);
  Answer answer{.command = "paths", .result = Json::object(), .coverage = Json::object()};
  answer.title =
      detail::say(session, "Paths from {} to {}", detail::named(session, found.from), detail::named(session, found.to));
  answer.negative = found.paths.empty();
  answer.result.set("from", detail::ref_json(session, found.from));
  answer.result.set("to", detail::ref_json(session, found.to));
  Json list = Json::array();
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    list.push(path_json(names, found, found.paths[i]));
    answer.tables.push_back(path_table(names, found, found.paths[i], i + 1, with_sources));
  }
  answer.result.set("paths", std::move(list));
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  answer.data.push_back(data_table(found));
  Subgraph subgraph = subgraph_of_paths(found);
  answer.coverage = coverage_of(session, *found.view, subgraph.vertices);
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  if (found.paths.empty() && found.along != "either")
    answer.remarks.push_back(detail::say(session, "--along either looks at every edge in both directions"));
  return answer;
}

}  // namespace chokepoint
