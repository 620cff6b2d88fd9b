#include "chokepoint/query/show.hpp"
#include "chokepoint/support/error.hpp"
#include "query/facts/fact_table.hpp"
#include "query/facts/later.hpp"
#include "query/facts/list_filter.hpp"
#include "query/facts/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

/// Whether both ends fit the node types that were named: one does where only one type is.
bool has_ends(const detail::ListFilter& filter, detail::Names& names, const Edge& edge) {
  return filter.names_node_type(names.ref(edge.from).type) || filter.names_node_type(names.ref(edge.to).type);
}

struct ListedFacts {
  std::vector<Edge> edges;
  std::vector<Observation> figures;
  std::size_t of_other_days = 0;
};

ListedFacts read(Session& session, detail::Names& names, const ShowParams& params) {
  const detail::ListFilter filter(session, params.list);
  detail::Later later(session);
  ListedFacts found;
  session.reader().for_each_edge("", [&](const Edge& edge) {
    if (!filter.has_status(edge.status)) return;
    if (filter.has_edge_types() && !filter.names_edge_type(edge.type)) return;
    if (filter.has_node_types() && !has_ends(filter, names, edge)) return;
    const bool holds =
        params.every_day || (detail::holds_on(edge.since, edge.until, session.as_of()) && !later.is_later(edge));
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

Table table_of(detail::Names& names, const std::vector<Edge>& edges, const ListStyle& style) {
  const Session& session = names.session();
  const bool is_one = std::ranges::all_of(edges, [&](const Edge& e) { return e.type == edges.front().type; });
  Table table;
  table.title = fmt::format(
      "{} ({})", is_one ? detail::relation_label(session, edges.front().type, true) : detail::word(session, "Facts"),
      edges.size());
  table.columns = {detail::column(session, "from", "From", true), detail::column(session, "to", "To", true),
                   detail::column(session, "detail", "Detail", true), detail::column(session, "when", "When"),
                   detail::column(session, "status", "Status")};
  if (!is_one) table.columns.insert(table.columns.begin() + 1, detail::column(session, "relation", "Relation"));
  if (style.notes) table.columns.push_back(detail::column(session, "remark", "Remark", true));
  if (style.with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  for (const Edge& edge : edges) {
    std::vector<Cell> row{names.named(edge.from)};
    if (!is_one) row.emplace_back(detail::relation_label(session, edge.type, true));
    row.insert(row.end(), {names.named(edge.to), detail::detail_text(names, edge),
                           detail::when_text(session, edge.since, edge.until, edge.as_of),
                           detail::status_text(session, edge.status)});
    if (style.notes) row.emplace_back(detail::note_of(edge.attributes));
    if (style.with_sources) row.emplace_back(detail::citations_text(edge.sources));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Answer list_facts(Session& session, const ShowParams& params, const ListStyle& style) {
  if (params.list.types.empty() && params.list.statuses.empty())
    throw UsageError("show what? Name a node, or which facts of all nodes: --type TYPE or --status STATUS");
  detail::Names names(session);
  const ListedFacts found = read(session, names, params);
  Answer answer{.command = "show", .result = Json::object(), .coverage = Json::object()};
  detail::CitedSources sources;
  for (const Edge& edge : found.edges) sources.add(edge.sources);
  for (const Observation& figure : found.figures) sources.add(figure.sources);
  answer.result.set("edges", detail::edges_json(found.edges));
  answer.result.set("observations", detail::observations_json(found.figures));
  answer.result.set("sources", sources.json(session));
  answer.coverage.set("facts_of_other_days", std::uint64_t{found.of_other_days});
  answer.negative = found.edges.empty() && found.figures.empty();
  if (!found.edges.empty()) answer.tables.push_back(table_of(names, found.edges, style));
  if (!found.figures.empty()) {
    Table table = detail::figure_table(names, found.figures, {}, true, style.with_sources);
    table.title = fmt::format("{} ({})", detail::word(session, "Figures"), found.figures.size());
    answer.tables.push_back(std::move(table));
  }
  if (style.with_sources && !answer.negative) answer.tables.push_back(sources.table(session));
  std::size_t left_out = 0;
  for (Table& table : answer.tables) left_out += detail::shorten(table, style.limit);
  if (left_out > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", left_out));
  if (answer.negative) answer.remarks.push_back(detail::say(session, "no such fact is recorded"));
  if (found.of_other_days > 0)
    answer.remarks.push_back(detail::say(session, "facts that do not hold on {}: {}; --all-days shows them",
                                         to_string(session.as_of()), found.of_other_days));
  answer.data = detail::edge_data(found.edges);
  return answer;
}

}  // namespace chokepoint
