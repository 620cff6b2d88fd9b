#include "chokepoint/query/stats.hpp"

#include "query/names.hpp"
#include "query/wording.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

namespace chokepoint {

namespace {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

struct Totals {
  Counts records;  ///< of each kind
  Counts node_types, edge_types, statuses;
  std::uint64_t nodes_of_day = 0, edges_of_day = 0, rivals = 0;
};

Counts status_counts(const Snapshot& snapshot) {
  std::array<std::int64_t, 256> counts{};
  for (const std::uint8_t status : snapshot.columns().status) ++counts[status];
  Counts out;
  for (const Status status :
       {Status::reported, Status::estimated, Status::forecast, Status::planned, Status::recommended, Status::derived})
    out.emplace_back(to_string(status), counts[static_cast<std::uint8_t>(status)]);
  return out;
}

std::int64_t sum(const Counts& counts) {
  std::int64_t total = 0;
  for (const auto& [name, count] : counts) total += count;
  return total;
}

Totals count(Session& session) {
  const Reader reader = session.reader();
  Totals totals;
  totals.node_types = reader.node_counts();
  totals.edge_types = reader.edge_counts();
  std::int64_t observations = 0;
  reader.for_each_observation("", [&](const Observation&) { ++observations; });
  totals.records = {{"nodes", sum(totals.node_types)},
                    {"edges", sum(totals.edge_types)},
                    {"observations", observations},
                    {"sources", static_cast<std::int64_t>(reader.sources().size())},
                    {"datasets", static_cast<std::int64_t>(reader.datasets().size())}};
  const auto snapshot = session.snapshot();
  totals.statuses = status_counts(*snapshot);
  ViewOptions options;
  options.as_of = session.as_of();
  options.include_derived = true;
  const View view(snapshot, std::move(options));
  for (Vertex v = 0; v < snapshot->vertex_count(); ++v) totals.nodes_of_day += view.has_node(v) ? 1U : 0U;
  for (Arc e = 0; e < snapshot->edge_count(); ++e) totals.edges_of_day += view.has_edge(e) ? 1U : 0U;
  totals.rivals = view.coverage().rivals.size();
  return totals;
}

Json counts_json(const Counts& counts, const char* key) {
  Json list = Json::array();
  for (const auto& [name, count] : counts) {
    Json entry = Json::object();
    entry.set(key, name);
    entry.set("count", count);
    list.push(std::move(entry));
  }
  return list;
}

Table total_table(const Session& session, const Totals& totals) {
  Table table;
  table.columns = {detail::column(session, "what", "What"), detail::column(session, "count", "Count")};
  for (const auto& [kind, count] : totals.records) table.rows.push_back({detail::word(session, kind), count});
  return table;
}

/// Types that have records, with their labels.
template <typename LabelOf>
Table type_table(const Session& session, std::string_view title, const Counts& counts, LabelOf label_of_type) {
  Table table;
  table.title = detail::word(session, title);
  table.columns = {detail::column(session, "type", "Type"), detail::column(session, "label", "Label"),
                   detail::column(session, "count", "Count")};
  for (const auto& [type, count] : counts)
    if (count > 0) table.rows.push_back({type, label_of_type(type), count});
  return table;
}

Table data_table(const Totals& totals) {
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

Json result_json(const Totals& totals) {
  Json result = Json::object();
  for (const auto& [kind, count] : totals.records) result.set(kind, count);
  result.set("node_types", counts_json(totals.node_types, "type"));
  result.set("edge_types", counts_json(totals.edge_types, "type"));
  result.set("edge_statuses", counts_json(totals.statuses, "status"));
  Json day = Json::object();
  day.set("nodes", totals.nodes_of_day);
  day.set("edges", totals.edges_of_day);
  day.set("rival_edges", totals.rivals);
  result.set("on_day", std::move(day));
  return result;
}

}  // namespace

Answer count_records(Session& session) {
  const Totals totals = count(session);
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
  answer.data = data_table(totals);
  return answer;
}

}  // namespace chokepoint
