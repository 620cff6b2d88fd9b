#include "chokepoint/present/compare.hpp"
#include "chokepoint/query/claims.hpp"
#include "chokepoint/support/error.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/fact_table.hpp"
#include "present/words/headlines.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace chokepoint {

namespace {

using detail::Names;

/// Value over value of the first two nodes; nullopt unless both are plain numbers and the second is not zero.
std::optional<double> ratio(const ComparedFigure& row) {
  if (!row.values[0] || !row.values[1]) return std::nullopt;
  const auto a = row.values[0]->value.to_double(), b = row.values[1]->value.to_double();
  if (!a || !b || *b == 0) return std::nullopt;
  return *a / *b;
}

/// By how much the first is above the second, as exact as the figures are: `+1.5`, `-300`.
std::string gap_text(const Session& session, const ComparedFigure& row) {
  if (!row.values[0] || !row.values[1] || row.values[0]->value_high || row.values[1]->value_high) return {};
  const auto a = row.values[0]->value.to_double(), b = row.values[1]->value.to_double();
  if (!a || !b) return {};
  // Six significant digits hide the binary noise of a difference.
  const std::string digits = fmt::format("{:.6g}", *a - *b);
  double gap = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), gap);
  return (gap > 0 ? "+" : "") + detail::large_number_text(session, gap);
}

template <typename Record>
Json slots_json(const std::vector<std::optional<Record>>& slots) {
  Json list = Json::array();
  for (const auto& slot : slots) list.push(slot ? to_json(*slot) : Json());
  return list;
}

void set_text(Json& object, const char* key, const std::string& text) {
  if (!text.empty()) object.set(key, text);
}

Json figure_json(const ComparedFigure& row) {
  Json entry = Json::object();
  entry.set("indicator", row.indicator);
  set_text(entry, "item", row.item);
  set_text(entry, "market", row.market);
  set_text(entry, "relative_to", row.relative_to);
  set_text(entry, "unit", row.unit);
  entry.set("same_period", row.same_period);
  if (const auto value = ratio(row)) entry.set("ratio", *value);
  entry.set("values", slots_json(row.values));
  return entry;
}

Json relation_json(Names& names, const ComparedRelation& row) {
  Json entry = Json::object();
  entry.set("type", row.type);
  entry.set("direction", row.outgoing ? "from" : "to");
  entry.set("other", names.json(row.other));
  set_text(entry, "item", row.item);
  set_text(entry, "market", row.market);
  set_text(entry, "origin", row.origin);
  entry.set("edges", slots_json(row.edges));
  return entry;
}

Table link_table(Names& names, const CompareResult& comparison, bool with_sources) {
  const Session& session = names.session();
  Table table;
  table.title = fmt::format("{} ({})", detail::word(session, "Links"), comparison.links.size());
  table.columns = {detail::column(session, "fact", "Fact", true), detail::column(session, "when", "When"),
                   detail::column(session, "status", "Status")};
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  for (const Edge& edge : comparison.links) {
    std::vector<Cell> row{detail::sentence(names, edge), detail::when_text(session, edge.since, edge.until, edge.as_of),
                          detail::status_text(session, edge.status)};
    if (with_sources) row.emplace_back(detail::citations_text(edge.sources));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// One column a node, then what concerns the row as a whole.
Table side_table(Names& names, const CompareResult& comparison, std::string_view title, std::string_view first) {
  const Session& session = names.session();
  Table table;
  table.title = detail::word(session, title);
  table.columns = {detail::column(session, "what", first, true)};
  for (const std::string& id : comparison.nodes) table.columns.push_back({id, names.named(id), true});
  return table;
}

std::string figure_name(Names& names, const ComparedFigure& row) {
  Observation figure;
  figure.item = row.item;
  figure.market = row.market;
  figure.relative_to = row.relative_to;
  std::string text = detail::indicator_label(names.session(), row.indicator);
  detail::append_part(names.session(), text, detail::detail_text(names, figure));
  return text;
}

/// Whether it is said of what has not come about.
bool is_no_fact(Status status) {
  return status == Status::forecast || status == Status::planned || status == Status::recommended;
}

Table figure_table(Names& names, const CompareResult& comparison, bool with_sources) {
  const Session& session = names.session();
  Table table = side_table(names, comparison, "Figures", "Figure");
  table.columns.push_back(detail::column(session, "period", "When"));
  const bool two = comparison.nodes.size() == 2;
  if (two) table.columns.push_back(detail::column(session, "ratio", "Ratio"));
  if (two) table.columns.push_back(detail::column(session, "gap", "Gap"));
  if (with_sources) table.columns.push_back(detail::column(session, "sources", "Sources", true));
  // What can be compared as numbers stands first.
  std::vector<ComparedFigure> rows = comparison.figures;
  std::ranges::stable_partition(rows, [](const ComparedFigure& row) { return ratio(row).has_value(); });
  for (const ComparedFigure& row : rows) {
    std::vector<Cell> cells{figure_name(names, row)};
    std::string period, sources;
    for (const auto& value : row.values) {
      std::string text = value ? detail::value_text(session, *value) : std::string();
      if (value && !row.same_period) text += fmt::format(" ({})", figure_period(*value));
      if (value && is_no_fact(value->status)) text += fmt::format(" ({})", detail::status_text(session, value->status));
      if (value && row.same_period) period = figure_period(*value);
      if (value) detail::append_part(session, sources, detail::citations_text(value->sources));
      cells.emplace_back(std::move(text));
    }
    cells.emplace_back(std::move(period));
    if (two) cells.emplace_back(ratio(row) ? detail::ratio_text(*ratio(row)) : std::string());
    if (two) cells.emplace_back(gap_text(session, row));
    if (with_sources) cells.emplace_back(std::move(sources));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string relation_name(Names& names, const ComparedRelation& row) {
  Edge edge;
  edge.item = row.item;
  edge.market = row.market;
  edge.origin = row.origin;
  std::string text =
      fmt::format("{} {}", detail::relation_label(names.session(), row.type, row.outgoing), names.named(row.other));
  detail::append_part(names.session(), text, detail::detail_text(names, edge));
  return text;
}

Table relation_table(Names& names, const CompareResult& comparison) {
  const Session& session = names.session();
  Table table = side_table(names, comparison, "Side by side", "Relation");
  for (const ComparedRelation& row : comparison.relations) {
    std::vector<Cell> cells{relation_name(names, row)};
    for (const auto& edge : row.edges) {
      if (!edge) {
        cells.emplace_back();
        continue;
      }
      std::string text = detail::measure_text(session, *edge);
      if (text.empty()) text = detail::word(session, "yes");
      if (!edge->as_of.empty()) text += fmt::format(" ({})", edge->as_of);
      cells.emplace_back(std::move(text));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// Wide, with plain numbers: the figure, then value and period of each node.
Table figure_data(const CompareResult& comparison) {
  Table table = detail::data_table("figures", {"indicator", "item", "market", "relative_to", "unit"});
  for (const std::string& id : comparison.nodes) {
    table.columns.push_back({id, id});
    table.columns.push_back({id + ".period", id + ".period"});
    table.columns.push_back({id + ".status", id + ".status"});
  }
  table.columns.push_back({"ratio", "ratio"});
  for (const ComparedFigure& row : comparison.figures) {
    std::vector<Cell> cells{row.indicator, row.item, row.market, row.relative_to, row.unit};
    for (const auto& value : row.values) {
      cells.push_back(value ? detail::value_cell(value->value) : Cell{});
      cells.push_back(value ? Cell{figure_period(*value)} : Cell{});
      cells.push_back(value ? Cell{std::string(to_string(value->status))} : Cell{});
    }
    cells.push_back(ratio(row) ? Cell{*ratio(row)} : Cell{});
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// A row a relation: what it is to whom, then share, else amount, performance, or that it is so, of each node.
Table relation_data(const CompareResult& comparison) {
  Table table = detail::data_table("relations", {"relation", "direction", "other", "item", "market", "origin"});
  for (const std::string& id : comparison.nodes) {
    table.columns.push_back({id, id});
    table.columns.push_back({id + ".unit", id + ".unit"});
    table.columns.push_back({id + ".period", id + ".period"});
  }
  for (const ComparedRelation& row : comparison.relations) {
    std::vector<Cell> cells{row.type,  std::string(row.outgoing ? "from" : "to"), row.other, row.item, row.market,
                            row.origin};
    for (const auto& edge : row.edges) {
      if (!edge) {
        cells.resize(cells.size() + 3);
        continue;
      }
      cells.push_back(edge->share         ? Cell{*edge->share}
                      : edge->amount      ? Cell{*edge->amount}
                      : edge->performance ? Cell{*edge->performance}
                                          : Cell{true});
      cells.emplace_back(edge->share ? std::string("share") : edge->amount ? edge->unit : std::string());
      cells.emplace_back(edge->as_of);
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

/// `1,200 TWh [2]`.
std::string numbered_text(std::string text, const std::vector<std::size_t>& numbers) {
  std::string list;
  for (const std::size_t number : numbers) list += (list.empty() ? "" : ", ") + std::to_string(number);
  return list.empty() ? text : fmt::format("{} [{}]", text, list);
}

/// Nodes without figures in common are compared by how much is recorded of their relations.
void add_counts(Names& names, const CompareResult& comparison, Chart& chart) {
  const Session& session = names.session();
  std::size_t most = 0;
  for (const auto& [relation, counts] : comparison.counts) most = std::max(most, std::ranges::max(counts));
  if (most == 0) return;
  chart.frame.notes = {detail::say(session, "they have no figures in common: facts recorded of each, by relation")};
  for (const auto& [relation, counts] : comparison.counts) {
    ChartRow row{detail::relation_label(session, relation.first, relation.second)};
    for (std::size_t node = 0; node < counts.size(); ++node)
      row.bars.push_back({.from = 0,
                          .to = static_cast<double>(counts[node]) / static_cast<double>(most),
                          .series = node,
                          .lane = node,
                          .text = std::to_string(counts[node])});
    chart.rows.push_back(std::move(row));
  }
}

/// Every figure that two or more of the nodes have as a number; a row's longest bar is its largest value.
std::optional<Chart> chart_of(Names& names, const CompareResult& comparison) {
  const Session& session = names.session();
  Chart chart;
  std::string title;
  detail::PictureSources sources(session);
  for (const std::string& id : comparison.nodes) {
    chart.series.push_back(names.label(id));
    title += (title.empty() ? "" : " · ") + names.label(id);
  }
  chart.frame = detail::picture_frame(session, std::move(title));
  chart.frame.notes = {detail::word(session, "Every row has its own scale: its longest bar is its largest value.")};
  for (const ComparedFigure& figure : comparison.figures) {
    std::vector<std::pair<std::size_t, double>> values;
    for (std::size_t i = 0; i < figure.values.size(); ++i)
      if (figure.values[i])
        if (const auto value = figure.values[i]->value.to_double(); value && *value >= 0)
          values.emplace_back(i, *value);
    const double most =
        values.empty() ? 0 : std::ranges::max(values, {}, &std::pair<std::size_t, double>::second).second;
    if (values.size() < 2 || most <= 0) continue;
    ChartRow row{figure_name(names, figure)};
    for (const auto& [node, value] : values)
      row.bars.push_back({.from = 0,
                          .to = value / most,
                          .series = node,
                          .lane = node,
                          .text = numbered_text(detail::value_text(session, *figure.values[node]),
                                                sources.numbers_of(figure.values[node]->sources))});
    chart.rows.push_back(std::move(row));
  }
  if (chart.rows.empty()) add_counts(names, comparison, chart);
  sources.set(chart.frame);
  return chart.rows.empty() ? std::nullopt : std::optional(std::move(chart));
}

}  // namespace

Answer compare_answer(Session& session, const CompareResult& comparison, bool with_sources) {
  Names names(session);
  Answer answer{.command = "compare", .result = Json::object(), .coverage = Json::object()};
  Json nodes = Json::array(), figures = Json::array(), relations = Json::array();
  for (const std::string& id : comparison.nodes) nodes.push(names.json(id));
  for (const ComparedFigure& row : comparison.figures) figures.push(figure_json(row));
  for (const ComparedRelation& row : comparison.relations) relations.push(relation_json(names, row));
  answer.result.set("nodes", std::move(nodes));
  answer.result.set("links", detail::edges_json(comparison.links));
  answer.result.set("figures", std::move(figures));
  answer.result.set("relations", std::move(relations));
  answer.coverage.set("figures_of_one_only", std::uint64_t{comparison.single_figures});
  answer.coverage.set("relations_of_one_only", std::uint64_t{comparison.single_relations});
  answer.coverage.set("later_figures", std::uint64_t{comparison.later_figures});

  std::vector<std::string> compared;
  for (const std::string& id : comparison.nodes) compared.push_back(names.named(id));
  answer.title = detail::first_texts(session, compared, compared.size());
  answer.heading.push_back(detail::headline(names, answer.command, answer.result));
  if (!comparison.figures.empty()) answer.tables.push_back(figure_table(names, comparison, with_sources));
  if (!comparison.relations.empty()) answer.tables.push_back(relation_table(names, comparison));
  if (!comparison.links.empty()) answer.tables.push_back(link_table(names, comparison, with_sources));
  if (!comparison.everything && comparison.single_figures + comparison.single_relations > 0)
    answer.remarks.push_back(
        detail::say(session, "left out because only one of them has it: {} figures, {} relations; --all shows them",
                    comparison.single_figures, comparison.single_relations));
  answer.data = {figure_data(comparison), relation_data(comparison), detail::edge_data(comparison.links)};
  answer.data.back().title = "links";
  answer.pictures.push_back({"bars", [&session, comparison] {
                               Names again(session);
                               auto chart = chart_of(again, comparison);
                               if (!chart) throw UsageError("nothing can be drawn of what these nodes have in common");
                               return DrawnPicture(*std::move(chart));
                             }});
  return answer;
}

}  // namespace chokepoint
