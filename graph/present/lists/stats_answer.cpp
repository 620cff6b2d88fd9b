#include "chokepoint/present/stats.hpp"
#include "present/words/names.hpp"
#include "present/words/wording.hpp"

#include <utility>

namespace chokepoint {

namespace {

Json tally_json(const RecordTally& counts, const char* key) {
  Json list = Json::array();
  for (const auto& [name, count] : counts) {
    Json entry = Json::object();
    entry.set(key, name);
    entry.set("count", count);
    list.push(std::move(entry));
  }
  return list;
}

Table total_table(const Session& session, const StatsResult& totals) {
  Table table;
  table.columns = {detail::column(session, "what", "What"), detail::column(session, "count", "Count")};
  for (const auto& [kind, count] : totals.records) table.rows.push_back({detail::word(session, kind), count});
  return table;
}

/// Types that have records, with their labels.
template <typename LabelOf>
Table type_table(const Session& session, std::string_view title, const RecordTally& counts, LabelOf label_of_type) {
  Table table;
  table.title = detail::word(session, title);
  table.columns = {detail::column(session, "type", "Type"), detail::column(session, "label", "Label"),
                   detail::column(session, "count", "Count")};
  for (const auto& [type, count] : counts)
    if (count > 0) table.rows.push_back({type, label_of_type(type), count});
  return table;
}

Table data_table(const StatsResult& totals) {
  Table table;
  table.columns = {{"kind", "kind"}, {"name", "name"}, {"count", "count"}};
  const auto add = [&](const std::string& kind, const std::string& name, std::int64_t count) {
    table.rows.push_back({kind, name, count});
  };
  for (const auto& [kind, count] : totals.records) add("total", kind, count);
  for (const auto& [type, count] : totals.node_types) add("node_type", type, count);
  for (const auto& [type, count] : totals.edge_types) add("edge_type", type, count);
  for (const auto& [status, count] : totals.statuses) add("edge_status", status, count);
  return table;
}

Json result_json(const StatsResult& totals) {
  Json result = Json::object();
  for (const auto& [kind, count] : totals.records) result.set(kind, count);
  result.set("node_types", tally_json(totals.node_types, "type"));
  result.set("edge_types", tally_json(totals.edge_types, "type"));
  result.set("edge_statuses", tally_json(totals.statuses, "status"));
  Json day = Json::object();
  day.set("nodes", totals.nodes_of_day);
  day.set("edges", totals.edges_of_day);
  day.set("rival_edges", totals.rivals);
  result.set("on_day", std::move(day));
  return result;
}

}  // namespace

Answer stats_answer(Session& session, const StatsResult& totals) {
  Answer answer{.command = "stats", .result = result_json(totals), .coverage = Json::object()};
  answer.tables.push_back(total_table(session, totals));
  answer.tables.push_back(type_table(session, "Nodes", totals.node_types,
                                     [&](const std::string& type) { return detail::node_type_label(session, type); }));
  answer.tables.push_back(type_table(session, "Edges", totals.edge_types, [&](const std::string& type) {
    return detail::relation_label(session, type, true);
  }));
  answer.remarks.push_back(detail::say(session, "on {}: nodes that count: {}, edges: {}; rival claims beside them: {}",
                                       to_string(session.as_of()), totals.nodes_of_day, totals.edges_of_day,
                                       totals.rivals));
  answer.data.push_back(data_table(totals));
  return answer;
}

}  // namespace chokepoint
