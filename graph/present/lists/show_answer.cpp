#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/present/show.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace chokepoint {

namespace {

using detail::Names;

std::string joined_lines(const std::vector<std::string>& texts) { return fmt::format("{}", fmt::join(texts, ", ")); }

/// @param whole  with the description; who asks for some facts knows it
std::vector<std::string> heading(const Session& session, const Node& node, bool whole) {
  const NodeRef ref{.key = 0, .id = node.id, .type = node.type, .labels = node.labels};
  std::vector<std::string> lines{
      fmt::format("{} · {}", detail::named(session, ref), detail::node_type_label(session, node.type))};
  if (!whole) return lines;
  const std::string when = detail::when_text(session, node.since, node.until, "");
  if (!node.description.empty())
    lines.push_back("  " + detail::said_of(session, node.attributes, "description", node.description) +
                    (when.empty() ? "" : " (" + when + ")"));
  else if (!when.empty())
    lines.push_back("  " + when);
  return lines;
}

/// What the record says of itself, for those who check it: below the facts.
std::vector<std::string> record_lines(const Session& session, const Node& node,
                                      const std::vector<std::string>& datasets) {
  std::vector<std::string> lines{detail::word(session, "Record")};
  const auto add = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) lines.push_back(fmt::format("  {}: {}", detail::word(session, name), text));
  };
  std::vector<std::string> labels, codes;
  for (const auto& [language, label] : node.labels) labels.push_back(language + " " + label);
  for (const auto& [scheme, code] : node.codes) codes.push_back(scheme + " " + code);
  add("Label", joined_lines(labels));
  add("aliases", joined_lines(node.aliases));
  add("codes", joined_lines(codes));
  if (!node.attributes.empty()) {
    const Json attributes = parse_json(node.attributes);
    for (const auto& [name, value] : attributes.as_object()) {
      if (is_translation(attributes, name, {"description"})) continue;
      const std::string text = value.is_string() ? detail::word(session, value.as_string()) : to_text(value);
      add(name, detail::said_of(session, node.attributes, name, text));
    }
  }
  add("datasets", joined_lines(datasets));
  add("sources", detail::citations_text(node.sources));
  return lines;
}

std::vector<Cell> tail(const Session& session, const Edge& edge, const std::map<std::string, std::string>& notes,
                       const ListStyle& style) {
  const auto note = notes.find(edge.id);
  std::vector<Cell> cells{detail::when_text(session, edge.since, edge.until, edge.as_of),
                          detail::status_text(session, edge.status),
                          note == notes.end() ? std::string() : note->second};
  if (style.notes) cells.emplace_back(detail::note_of(session, edge.attributes));
  if (style.with_sources) cells.emplace_back(detail::citations_text(edge.sources));
  return cells;
}

void add_tail_columns(const Session& session, Table& table, const ListStyle& style) {
  table.columns.push_back(detail::column(session, "when", "When"));
  table.columns.push_back(detail::column(session, "status", "Status"));
  table.columns.push_back(detail::column(session, "note", "Note"));
  if (style.notes) table.columns.push_back(detail::column(session, "remark", "Remark", true));
  if (style.with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
}

Table fact_table(Names& names, const ShowResult& facts, const std::map<std::string, std::string>& notes,
                 const ListStyle& style) {
  const Session& session = names.session();
  Table table;
  table.title = fmt::format("{} ({})", detail::word(session, "Facts"), facts.outgoing + facts.incoming);
  table.columns = {detail::column(session, "relation", "Relation"), detail::column(session, "node", "Node", true),
                   detail::column(session, "detail", "Detail", true)};
  add_tail_columns(session, table, style);
  for (std::size_t i = 0; i < facts.outgoing + facts.incoming; ++i) {
    const Edge& edge = facts.edges[i];
    const bool outgoing = i < facts.outgoing;
    std::vector<Cell> row{detail::relation_label(session, edge.type, outgoing),
                          names.named(outgoing ? edge.to : edge.from), detail::detail_text(names, edge)};
    std::ranges::move(tail(session, edge, notes, style), std::back_inserter(row));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table mention_table(Names& names, const ShowResult& facts, const std::map<std::string, std::string>& notes,
                    const ListStyle& style) {
  const Session& session = names.session();
  Table table;
  const std::size_t first = facts.outgoing + facts.incoming;
  table.title = fmt::format("{} ({})", detail::word(session, "Mentioned in"), facts.edges.size() - first);
  table.columns = {detail::column(session, "fact", "Fact", true)};
  add_tail_columns(session, table, style);
  for (std::size_t i = first; i < facts.edges.size(); ++i) {
    std::vector<Cell> row{detail::sentence(names, facts.edges[i])};
    std::ranges::move(tail(session, facts.edges[i], notes, style), std::back_inserter(row));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_show_tables(Names& names, const ShowResult& facts, const detail::CitedSources& sources, const ListStyle& style,
                     Answer& answer) {
  const Session& session = names.session();
  auto notes = detail::rival_notes(session, facts.rival_edges);
  notes.merge(detail::rival_notes(session, facts.rival_figures));
  if (facts.outgoing + facts.incoming > 0) answer.tables.push_back(fact_table(names, facts, notes, style));
  if (facts.edges.size() > facts.outgoing + facts.incoming)
    answer.tables.push_back(mention_table(names, facts, notes, style));
  if (!facts.figures.empty()) {
    Table table = detail::figure_table(names, facts.figures, notes, false, style.with_sources);
    table.title = fmt::format("{} ({})", detail::word(session, "Figures"), facts.figures.size());
    answer.tables.push_back(std::move(table));
  }
  if (style.with_sources) answer.tables.push_back(sources.table(session));
  std::size_t left_out = 0;
  for (Table& table : answer.tables) left_out += detail::shorten(table, style.limit);
  if (left_out > 0) answer.remarks.push_back(detail::say(session, "{} more rows; --limit 0 lists all", left_out));
}

void add_show_remarks(Names& names, const ShowResult& facts, Answer& answer) {
  const Session& session = names.session();
  if (facts.of_other_types > 0)
    answer.remarks.push_back(detail::say(session, "not listed, of other types or status: {}", facts.of_other_types));
  if (facts.of_other_days > 0)
    answer.remarks.push_back(detail::say(session, "facts that do not hold on {}: {}; --all-days shows them",
                                         to_string(session.as_of()), facts.of_other_days));
  if (facts.is_later)
    answer.remarks.push_back(detail::say(session, "{} is not there on {}: it begins later", names.named(facts.node.id),
                                         to_string(session.as_of())));
  if (facts.later_figures > 0)
    answer.remarks.push_back(detail::say(session, "figures about days after {}: {}; --all-days shows them",
                                         to_string(session.as_of()), facts.later_figures));
}

/// What the record says of itself, a row a field.
Table node_data(const ShowResult& facts) {
  Table table = detail::data_table("record", {"id", "field", "value"});
  const Json record = to_json(facts.node);
  for (const auto& [field, value] : record.as_object())
    table.rows.push_back({facts.node.id, field, value.is_string() ? value.as_string() : to_text(value)});
  table.rows.push_back({facts.node.id, std::string("datasets"), fmt::format("{}", fmt::join(facts.datasets, " "))});
  return table;
}

}  // namespace

Answer show_answer(Session& session, const ShowResult& facts, const ListStyle& style) {
  Names names(session);
  detail::CitedSources sources;
  sources.add(facts.node.sources);
  for (const Edge& edge : facts.edges) sources.add(edge.sources);
  for (const Observation& figure : facts.figures) sources.add(figure.sources);
  Answer answer{.command = "show", .result = Json::object(), .coverage = Json::object()};
  answer.result.set("node", to_json(facts.node));
  Json dataset_ids = Json::array();
  for (const std::string& id : facts.datasets) dataset_ids.push(id);
  answer.result.set("datasets", std::move(dataset_ids));
  answer.result.set("edges", detail::edges_json(facts.edges));
  answer.result.set("observations", detail::observations_json(facts.figures));
  answer.result.set("sources", sources.json(session));
  answer.coverage.set("facts_of_other_days", std::uint64_t{facts.of_other_days});
  answer.coverage.set("later_figures", std::uint64_t{facts.later_figures});
  answer.coverage.set("rival_edges", detail::id_lists(facts.rival_edges));
  answer.coverage.set("rival_observations", detail::id_lists(facts.rival_figures));
  answer.heading = heading(session, facts.node, !facts.is_filtered);
  answer.drawing = record_lines(session, facts.node, facts.datasets);
  add_show_tables(names, facts, sources, style, answer);
  add_show_remarks(names, facts, answer);
  answer.data = detail::record_data(facts.edges, facts.figures);
  for (Table& table : answer.data)
    detail::add_rival_column(table, table.title == "facts" ? facts.rival_edges : facts.rival_figures);
  answer.data.push_back(node_data(facts));
  return answer;
}

}  // namespace chokepoint
