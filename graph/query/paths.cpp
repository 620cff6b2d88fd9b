#include "chokepoint/query/paths.hpp"

#include "chokepoint/analysis/paths.hpp"
#include "chokepoint/model/error.hpp"
#include "chokepoint/model/text.hpp"
#include "query/fact_table.hpp"
#include "query/types.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {

namespace {

using detail::Names;

constexpr std::array kinds{std::pair{std::string_view("depends"), PathKind::depends},
                           std::pair{std::string_view("dependents"), PathKind::dependents},
                           std::pair{std::string_view("stored"), PathKind::stored},
                           std::pair{std::string_view("either"), PathKind::either}};

PathKind require_kind(const std::string& text) {
  for (const auto& [name, kind] : kinds)
    if (name == text) return kind;
  throw UsageError(fmt::format("--along: \"{}\" is none of {}", text, fmt::join(path_kinds(), ", ")));
}

struct FoundPaths {
  NodeRef from, to;
  std::shared_ptr<const View> view;
  std::vector<GraphPath> paths;
  std::map<Arc, Edge> edges;
  [[nodiscard]] std::string id(Vertex v) const { return std::string(view->snapshot().id(v)); }
};

FoundPaths find(Session& session, const PathsParams& params) {
  FoundPaths found;
  found.from = session.reader().resolve(params.from);
  found.to = session.reader().resolve(params.to);
  PathOptions options{.kind = require_kind(params.along),
                      .count = params.count,
                      .max_hops = params.max_hops,
                      .edge_types = {},
                      .soft = params.soft,
                      .asked = params.asked};
  for (const std::string& type : params.edge_types)
    options.edge_types.push_back(detail::require_edge_type(session, type));
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

Json path_json(Names& names, const FoundPaths& found, const GraphPath& path) {
  Json nodes = Json::array(), edges = Json::array();
  for (const Vertex v : path.vertices) nodes.push(names.json(found.id(v)));
  for (const auto& hop : path.hops)
    for (const Arc e : hop) edges.push(to_json(found.edges.at(e)));
  Json out = Json::object();
  out.set("nodes", std::move(nodes));
  out.set("edges", std::move(edges));
  return out;
}

/// One row an edge; the hop is read in the direction of the path.
Table path_table(Names& names, const FoundPaths& found, const GraphPath& path, std::size_t number, bool with_sources) {
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
    const std::string from = found.id(path.vertices[i]), to = found.id(path.vertices[i + 1]);
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

Table data_table(const FoundPaths& found) {
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

Subgraph subgraph_of_paths(const FoundPaths& found) {
  Subgraph out;
  out.view = found.view;
  std::set<Vertex> vertices;
  for (const GraphPath& path : found.paths) vertices.insert(path.vertices.begin(), path.vertices.end());
  out.vertices.assign(vertices.begin(), vertices.end());
  for (const auto& [arc, edge] : found.edges) out.arcs.push_back(arc);
  for (const Vertex v : out.vertices) {
    const std::string id = found.id(v);
    out.marks.push_back(id == found.from.id || id == found.to.id ? Mark::subject : Mark::found);
  }
  return out;
}

}  // namespace

std::vector<std::string> path_kinds() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds) names.emplace_back(name);
  return names;
}

Answer list_paths(Session& session, const PathsParams& params) {
  if (params.count == 0) throw UsageError("--count is 1 or more");
  const FoundPaths found = find(session, params);
  Names names(session);
  Answer answer{.command = "paths", .result = Json::object(), .coverage = Json::object()};
  answer.negative = found.paths.empty();
  answer.result.set("from", session.ref(found.from));
  answer.result.set("to", session.ref(found.to));
  Json list = Json::array();
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    list.push(path_json(names, found, found.paths[i]));
    answer.tables.push_back(path_table(names, found, found.paths[i], i + 1, params.with_sources));
  }
  answer.result.set("paths", std::move(list));
  answer.data = data_table(found);
  answer.subgraph = subgraph_of_paths(found);
  answer.coverage = coverage_of(session, *found.view, answer.subgraph->vertices);
  if (found.paths.empty()) {
    answer.remarks.push_back(detail::say(session, "no path from {} to {} along `{}`",
                                         detail::named(session, found.from), detail::named(session, found.to),
                                         params.along));
    if (params.along != "either")
      answer.remarks.push_back(detail::say(session, "--along either looks at every edge in both directions"));
  }
  return answer;
}

}  // namespace chokepoint
