#include "chokepoint/present/show.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace chokepoint {

namespace {

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
    if (style.notes) row.emplace_back(detail::note_of(session, edge.attributes));
    if (style.with_sources) row.emplace_back(detail::citations_text(edge.sources));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Answer fact_list_answer(Session& session, const FactListResult& found, const ListStyle& style) {
  detail::Names names(session);
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
  answer.data = detail::record_data(found.edges, found.figures);
  return answer;
}

}  // namespace chokepoint
