#include "chokepoint/model/record_fields.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/rows/record_kinds.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

using detail::guarded;
using detail::RowReader;

namespace {

SQLite::Database& connection_of(const Database& database) { return *database.impl().connection; }

/// Records of `dataset` alone: those whose row names it, and those it shares with others.
std::string in_dataset(const char* alias, const char* kind) {
  return fmt::format(
      " WHERE ({0}.dataset = (SELECT key FROM dataset WHERE id = ?1) OR {0}.key IN (SELECT record FROM membership m2 "
      "JOIN dataset d2 ON d2.key = m2.dataset WHERE m2.kind = '{1}' AND d2.id = ?1))",
      alias, kind);
}

template <typename Read>
void scan(const Database& database, const std::string& sql, std::string_view dataset, Read&& read) {
  guarded("reading the database", [&] {
    SQLite::Database& connection = connection_of(database);
    RowReader rows(connection, database.ontology());
    SQLite::Statement statement(connection, sql);
    if (!dataset.empty()) statement.bind(1, std::string(dataset));
    while (statement.executeStep()) read(rows, statement);
  });
}

}  // namespace

std::optional<Node> Reader::node(std::string_view id) const {
  return guarded("reading a node", [&]() -> std::optional<Node> {
    SQLite::Database& connection = connection_of(*database_);
    SQLite::Statement statement(connection, detail::select_node() + " WHERE n.id = ?");
    statement.bind(1, std::string(id));
    if (!statement.executeStep()) return std::nullopt;
    return RowReader(connection, database_->ontology()).node(statement).second;
  });
}

namespace {

constexpr const char* select_ref = "SELECT n.key, n.id, n.type, n.labels FROM node n";

NodeRef ref_of(SQLite::Statement& row, const Ontology& ontology) {
  const detail::StoredRow place{"node", row.getColumn(0).getInt64()};
  const std::uint16_t type = detail::stored_node_type(place, row.getColumn(2).getInt64(), ontology);
  return {place.key, detail::required_id(place, "id", row.getColumn(1).getString()), ontology.node_types()[type].id,
          detail::stored_texts(place, "labels", row.getColumn(3).getString())};
}

}  // namespace

std::optional<NodeRef> Reader::ref(std::string_view id) const {
  return guarded("reading a node", [&]() -> std::optional<NodeRef> {
    SQLite::Statement statement(connection_of(*database_), std::string(select_ref) + " WHERE n.id = ?");
    statement.bind(1, std::string(id));
    if (!statement.executeStep()) return std::nullopt;
    return ref_of(statement, database_->ontology());
  });
}

std::vector<NodeRef> Reader::refs(std::span<const std::int64_t> keys) const {
  return guarded("reading nodes", [&] {
    std::vector<NodeRef> list;
    list.reserve(keys.size());
    SQLite::Statement statement(connection_of(*database_), std::string(select_ref) + " WHERE n.key = ?");
    for (const std::int64_t key : keys) {
      statement.reset();
      statement.bind(1, key);
      if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, fmt::format("no node has the key {}", key));
      list.push_back(ref_of(statement, database_->ontology()));
    }
    return list;
  });
}

std::vector<Edge> Reader::edges(std::span<const std::int64_t> keys) const {
  return guarded("reading edges", [&] {
    std::vector<Edge> list;
    list.reserve(keys.size());
    SQLite::Database& connection = connection_of(*database_);
    RowReader rows(connection, database_->ontology());
    SQLite::Statement statement(connection, detail::select_edge() + " WHERE e.key = ?");
    for (const std::int64_t key : keys) {
      statement.reset();
      statement.bind(1, key);
      if (!statement.executeStep()) throw StoreError(ErrorKind::bad_data, fmt::format("no edge has the key {}", key));
      list.push_back(rows.edge(statement).second);
    }
    return list;
  });
}

std::vector<Edge> Reader::edges_about(std::string_view id) const {
  std::vector<Edge> list;
  // One indexed look-up per column; UNION drops the edges that name the node twice.
  std::string keys;
  const auto look_up = [&](std::string_view column) {
    keys += fmt::format("{}SELECT key FROM edge WHERE {} = (SELECT key FROM node WHERE id = ?1)",
                        keys.empty() ? "" : " UNION ", column);
  };
  look_up("from_node");
  look_up("to_node");
  for_each_field<Edge>([&](const auto& field) {
    if (field_kind<decltype(field)> == FieldKind::node) look_up(field.column_name());
  });
  const std::string sql = detail::select_edge() + " WHERE e.key IN (" + keys + ")" + detail::order_edges;
  scan(*database_, sql, id, [&](RowReader& rows, SQLite::Statement& row) { list.push_back(rows.edge(row).second); });
  return list;
}

std::vector<Observation> Reader::observations(const ObservationFilter& filter) const {
  return guarded("reading observations", [&] {
    std::vector<std::string> conditions, values;
    const auto where = [&](const std::string& condition, const std::string& value) {
      if (value.empty()) return;
      conditions.push_back(condition);
      values.push_back(value);
    };
    where("n.id = ?", filter.subject);
    where("v.indicator = ?", filter.indicator);
    where("item_node.id = ?", filter.item);
    where("market_node.id = ?", filter.market);
    where("relative_to_node.id = ?", filter.relative_to);
    where(
        "v.key IN (SELECT key FROM observation JOIN source q ON q.key = source WHERE q.id = ?1 UNION SELECT record "
        "FROM citation JOIN source q ON q.key = source WHERE kind = 'observation' AND q.id = ?1)",
        filter.source);
    where(
        "(v.dataset = (SELECT key FROM dataset WHERE id = ?1) OR v.key IN (SELECT record FROM membership JOIN dataset "
        "d ON d.key = membership.dataset WHERE kind = 'observation' AND d.id = ?1))",
        filter.dataset);
    std::string sql = detail::select_observation();
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      std::string condition = conditions[i];
      const std::string number = "?" + std::to_string(i + 1);
      for (auto at = condition.find('?'); at != std::string::npos; at = condition.find('?', at + number.size()))
        condition.replace(at, condition.compare(at, 2, "?1") == 0 ? 2 : 1, number);
      sql += (i == 0 ? " WHERE " : " AND ") + condition;
    }
    SQLite::Database& connection = connection_of(*database_);
    RowReader rows(connection, database_->ontology());
    SQLite::Statement statement(connection, sql + detail::order_observations);
    for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i + 1), values[i]);
    std::vector<Observation> list;
    while (statement.executeStep()) list.push_back(rows.observation(statement).second);
    return list;
  });
}

std::optional<Source> Reader::source(std::string_view id) const {
  std::optional<Source> found;
  scan(*database_, detail::select_source() + " WHERE s.id = ?", id,
       [&](RowReader& rows, SQLite::Statement& row) { found = rows.source(row).second; });
  return found;
}

std::vector<Source> Reader::sources() const {
  std::vector<Source> list;
  for_each_source({}, [&](const Source& source) { list.push_back(source); });
  return list;
}

std::vector<RestingRecord> Reader::resting_on(std::string_view source_id) const {
  std::vector<RestingRecord> list;
  const auto add = [&](const char* kind, const std::string& id, std::string description,
                       const std::vector<Citation>& citations, const std::string& begins) {
    for (const Citation& citation : citations)
      if (citation.source == source_id)
        list.push_back({kind, id, description, citation.locator, citation.read,
                        std::all_of(citations.begin(), citations.end(),
                                    [&](const Citation& other) { return other.source == source_id; }),
                        begins});
  };
  const std::string cites =
      " WHERE ({0}.source = (SELECT key FROM source WHERE id = ?1) OR {0}.key IN (SELECT record FROM citation WHERE "
      "kind = '{1}' AND source = (SELECT key FROM source WHERE id = ?1)))";
  const auto sql = [&](const std::string& select, const char* alias, const char* kind, const char* order) {
    return select + fmt::format(fmt::runtime(cites), alias, kind) + order;
  };
  scan(*database_, sql(detail::select_node(), "n", "node", detail::order_nodes), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Node node = rows.node(row).second;
         add("node", node.id, describe(node), node.sources, node.since);
       });
  scan(*database_, sql(detail::select_edge(), "e", "edge", detail::order_edges), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Edge edge = rows.edge(row).second;
         add("edge", edge.id, describe(edge), edge.sources, looks_ahead(edge.status) ? std::string() : edge.since);
       });
  scan(*database_, sql(detail::select_observation(), "v", "observation", detail::order_observations), source_id,
       [&](RowReader& rows, SQLite::Statement& row) {
         const Observation observation = rows.observation(row).second;
         add("observation", observation.id, describe(observation), observation.sources,
             looks_ahead(observation.status) ? std::string()
             : observation.as_of.empty()     ? observation.since
                                             : observation.as_of);
       });
  return list;
}

void Reader::for_each_source(std::string_view dataset, const std::function<void(const Source&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("s", "source");
  scan(*database_, detail::select_source() + where + " ORDER BY s.id", dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.source(row).second); });
}

void Reader::for_each_node(std::string_view dataset, const std::function<void(const Node&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("n", "node");
  scan(*database_, detail::select_node() + where + detail::order_nodes, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.node(row).second); });
}

void Reader::for_each_edge(std::string_view dataset, const std::function<void(const Edge&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("e", "edge");
  scan(*database_, detail::select_edge() + where + detail::order_edges, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.edge(row).second); });
}

void Reader::for_each_observation(std::string_view dataset,
                                  const std::function<void(const Observation&)>& visit) const {
  const std::string where = dataset.empty() ? "" : in_dataset("v", "observation");
  scan(*database_, detail::select_observation() + where + detail::order_observations, dataset,
       [&](RowReader& rows, SQLite::Statement& row) { visit(rows.observation(row).second); });
}

}  // namespace chokepoint
