#include "chokepoint/present/rank.hpp"
#include "chokepoint/present/view_coverage.hpp"
#include "present/pictures/country_map.hpp"
#include "present/pictures/picture_sources.hpp"
#include "present/words/evidence.hpp"
#include "present/words/facts.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

namespace {

std::string ranked_id(const RankResult& found, const RankedNode& row) {
  return std::string(found.view->snapshot().id(row.vertex));
}

Json ranked_json(detail::Names& names, const RankResult& found) {
  Json list = Json::array();
  for (const RankedNode& row : found.rows) {
    Json entry = names.json(ranked_id(found, row));
    entry.set("value", row.value);
    for (std::size_t i = 0; i < found.more.size(); ++i) entry.set(found.more[i].key, row.more[i]);
    entry.set("rests_on", detail::evidence_json(row.rests_on));
    list.push(std::move(entry));
  }
  return list;
}

/// Without the further numbers that say nothing.
Table ranked_table(detail::Names& names, const RankResult& found, std::string_view value_heading) {
  const Session& session = names.session();
  Table table;
  table.columns = {detail::column(session, "id", "Node", true), detail::column(session, "type", "Type"),
                   detail::column(session, "value", value_heading)};
  for (const RankColumn& more : found.more)
    if (more.is_telling) table.columns.push_back(detail::column(session, more.key, more.heading));
  table.columns.push_back(detail::column(session, "rests_on", "Rests on", true));
  for (const RankedNode& row : found.rows) {
    const std::string id = ranked_id(found, row);
    std::vector<Cell> cells{names.named(id), names.type_label(id), row.value};
    for (std::size_t i = 0; i < found.more.size(); ++i)
      if (found.more[i].is_telling) cells.emplace_back(row.more[i]);
    cells.emplace_back(detail::evidence_text(session, row.rests_on));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table ranked_data(detail::Names& names, const RankResult& found) {
  Table data;
  data.columns = {{"id", "id"}, {"type", "type"}, {"label", "label"}, {"value", found.by}};
  for (const RankColumn& more : found.more) data.columns.push_back({more.name, more.name});
  for (const RankedNode& row : found.rows) {
    const std::string id = ranked_id(found, row);
    std::vector<Cell> cells{id, found.view->snapshot().type(row.vertex).id, names.label(id), row.value};
    cells.insert(cells.end(), row.more.begin(), row.more.end());
    data.rows.push_back(std::move(cells));
  }
  return data;
}

/// The listed nodes, and the edges between them.
Subgraph ranked_subgraph(const RankResult& found) {
  const Snapshot& snapshot = found.view->snapshot();
  Subgraph subgraph;
  subgraph.view = found.view;
  std::vector<const RankedNode*> rows;
  for (const RankedNode& row : found.rows) rows.push_back(&row);
  std::ranges::sort(rows, {}, &RankedNode::vertex);
  for (const RankedNode* row : rows) subgraph.vertices.push_back(row->vertex);
  for (Arc e = 0; e < snapshot.edge_count(); ++e)
    if (found.view->has_edge(e) && std::ranges::binary_search(subgraph.vertices, snapshot.columns().from[e]) &&
        std::ranges::binary_search(subgraph.vertices, snapshot.columns().to[e]))
      subgraph.arcs.push_back(e);
  auto& values = subgraph.columns.by_name[found.by];
  for (const RankedNode* row : rows) values.emplace_back(row->value);
  for (std::size_t i = 0; i < found.more.size(); ++i) {
    auto& column = subgraph.columns.by_name[found.more[i].name];
    for (const RankedNode* row : rows) column.emplace_back(row->more[i]);
  }
  return subgraph;
}

/// A bar a node.
constexpr std::size_t most_bars = 40;

Chart ranked_bars(detail::Names& names, const RankResult& found, std::string_view measure) {
  const Session& session = names.session();
  Chart chart;
  chart.frame = detail::picture_frame(session, detail::say(session, "Ranked by: {}", detail::word(session, measure)));
  chart.high = 0;
  for (const RankedNode& row : found.rows) {
    if (chart.rows.size() == most_bars) break;
    const double unit = std::abs(row.value) < 10 ? 1e4 : 10;
    ChartRow bars{names.named(ranked_id(found, row))};
    bars.bars.push_back({.from = 0, .to = row.value, .text = detail::number_text(std::round(row.value * unit) / unit)});
    chart.high = std::max(chart.high, row.value);
    chart.rows.push_back(std::move(bars));
  }
  if (chart.high <= 0) chart.high = 1;
  chart.series = {detail::word(session, measure)};
  const std::size_t beyond = std::max(found.valued, found.rows.size()) - chart.rows.size();
  if (beyond > 0)
    chart.frame.notes.push_back(detail::say(session, "{} more have a value above 0 and are not drawn", beyond));
  detail::set_computed_source(session, chart.frame);
  return chart;
}

/// The part of a result that a picture shows.
RankResult shown_of(const RankResult& found) {
  RankResult shown;
  shown.by = found.by;
  shown.view = found.view;
  shown.valued = std::max(found.valued, found.rows.size());
  const auto count = static_cast<std::ptrdiff_t>(std::min(found.rows.size(), std::size_t{most_bars}));
  shown.rows.assign(found.rows.begin(), found.rows.begin() + count);
  return shown;
}

/// What a reader must know of a sampled value.
void tell_of_sample(const Session& session, const RankSample& found, Answer& answer) {
  Json sample = Json::object();
  sample.set("sources", static_cast<std::int64_t>(found.sources));
  sample.set("of", static_cast<std::int64_t>(found.of_sources));
  sample.set("error_bound", found.error_bound);
  sample.set("confidence", found.confidence);
  answer.coverage.set("sample", std::move(sample));
  answer.remarks.push_back(
      detail::say(session, "estimated from {} of {} sources: with 95 % confidence no value is off by more than {}",
                  found.sources, found.of_sources, fmt::format("{:.3g}", found.error_bound)));
}

/// Places that were ranked, on a map.
void offer_map(Session& session, const RankResult& found, std::string_view measure, Answer& answer) {
  const Snapshot& snapshot = found.view->snapshot();
  const auto is_place = [&](const RankedNode& row) { return snapshot.layer(row.vertex) == Layer::place; };
  if (found.rows.empty() || !std::ranges::all_of(found.rows, is_place)) return;
  answer.pictures.push_back({"map", [&session, shown = shown_of(found), measure] {
                               detail::Names again(session);
                               std::map<std::string, detail::PlaceValue> values;
                               for (const RankedNode& row : shown.rows)
                                 if (row.value > 0)
                                   values[ranked_id(shown, row)] = {row.value, detail::number_text(row.value)};
                               const std::string what = detail::word(session, measure);
                               return DrawnPicture(
                                   detail::country_map(again, values,
                                                       {.title = detail::say(session, "Ranked by: {}", what),
                                                        .colour = "#d55e00",
                                                        .what = what,
                                                        .none = detail::say(session, "nothing recorded")}));
                             }});
}

}  // namespace

Answer rank_answer(Session& session, const RankResult& found) {
  const RankMeasureText measure = rank_measure_text(found.by);
  detail::Names names(session);
  Answer answer{.command = "rank", .result = ranked_json(names, found), .coverage = Json::object()};
  answer.title = detail::say(session, "Ranked by: {}", detail::word(session, measure.heading));
  answer.tables.push_back(ranked_table(names, found, measure.heading));
  answer.data.push_back(ranked_data(names, found));
  if (found.valued > found.rows.size())
    answer.remarks.push_back(
        detail::say(session, "{} more have a value above 0; --limit 0 lists all", found.valued - found.rows.size()));
  answer.remarks.push_back(detail::say(session, measure.remark));
  if (found.policies_in_force > 0)
    answer.remarks.push_back(detail::say(session, "policies in force on {}, as in `whatif`: {}",
                                         to_string(session.as_of()), found.policies_in_force));
  Subgraph subgraph = ranked_subgraph(found);
  answer.coverage = coverage_of(session, *found.view, subgraph.vertices);
  answer.coverage.set("valued", std::uint64_t{std::max(found.valued, found.rows.size())});
  answer.coverage.set("policies_in_force", std::uint64_t{found.policies_in_force});
  answer.subgraph = [subgraph = std::move(subgraph)] { return subgraph; };
  if (found.sample) tell_of_sample(session, *found.sample, answer);
  if (!found.rows.empty())
    answer.pictures.push_back({"bars", [&session, shown = shown_of(found), column = measure.heading] {
                                 detail::Names again(session);
                                 return DrawnPicture(ranked_bars(again, shown, column));
                               }});
  offer_map(session, found, measure.heading, answer);
  return answer;
}

}  // namespace chokepoint
