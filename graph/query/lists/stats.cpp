#include "chokepoint/query/stats.hpp"

#include "query/facts/wording.hpp"
#include "query/session/names.hpp"

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

constexpr std::array all_statuses{Status::reported, Status::estimated,   Status::forecast,
                                  Status::planned,  Status::recommended, Status::derived};

Counts status_counts(const RecordCounts& kept) {
  Counts out;
  for (const Status status : all_statuses)
    out.emplace_back(to_string(status), kept.statuses[static_cast<std::size_t>(status)]);
  return out;
}

template <typename Type>
Counts type_counts(const std::vector<Type>& types, const std::vector<std::int64_t>& kept) {
  Counts out;
  for (std::size_t i = 0; i < types.size(); ++i) out.emplace_back(types[i].id, kept[i]);
  return out;
}

std::int64_t sum(const Counts& counts) {
  std::int64_t total = 0;
  for (const auto& [name, count] : counts) total += count;
  return total;
}

/// What counts on the session's day: the kept changes up to it, and the edges that others contest, which are looked at
/// one by one. O(changes + contested edges)
void count_day(Session& session, const RecordCounts& kept, Totals& totals) {
  std::int64_t nodes = 0, edges = 0;
  for (const RecordCounts::Change& change : kept.changes) {
    if (change.day > session.as_of().days) break;
    nodes += change.nodes;
    edges += change.edges;
  }
  const auto snapshot = session.local_snapshot();
  ViewOptions options;
  options.as_of = session.as_of();
  options.include_derived = true;
  const View view = View::local(snapshot, std::move(options));
  std::uint64_t rivals = 0;
  for (const Arc e : snapshot->columns().claim.contested()) {
    const Fate fate = view.fate(e);
    edges += fate == Fate::counts ? 1 : 0;
    rivals += fate == Fate::rival ? 1U : 0U;
  }
  totals.nodes_of_day = static_cast<std::uint64_t>(nodes);
  totals.edges_of_day = static_cast<std::uint64_t>(edges);
  totals.rivals = rivals;
}

Totals count(Session& session) {
  const RecordCounts kept = session.record_counts();
  Totals totals;
  totals.node_types = type_counts(session.ontology().node_types(), kept.node_types);
  totals.edge_types = type_counts(session.ontology().edge_types(), kept.edge_types);
  totals.records = {{"nodes", sum(totals.node_types)},
                    {"edges", sum(totals.edge_types)},
                    {"observations", kept.observations},
                    {"sources", kept.sources},
                    {"datasets", kept.datasets}};
  totals.statuses = status_counts(kept);
  count_day(session, kept, totals);
  return totals;
}

/// A file that turns out to be damaged is made anew, and counted again.
Totals count_surely(Session& session) {
  try {
    return count(session);
  } catch (const DamagedSnapshot& error) {
    session.renew_snapshot(error.what());
    return count(session);
  }
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
  const Totals totals = count_surely(session);
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
