#include "store/writing/stored_versions.hpp"

#include "chokepoint/model/record_fields.hpp"

#include <fmt/format.h>

#include <utility>

namespace chokepoint::detail {

StoredVersions::StoredVersions(SQLite::Database& connection, const Ontology& ontology, RowWriter& rows)
    : ontology_(ontology),
      rows_(rows),
      reader_(connection, ontology),
      prepared_(connection),
      contributions_(connection,
                     "SELECT dataset, contribution FROM membership WHERE kind = ? AND record = ? ORDER BY dataset"),
      add_contribution_(connection, "INSERT OR REPLACE INTO membership VALUES (?,?,?,?)"),
      erase_contributions_(connection, "DELETE FROM membership WHERE kind = ? AND record = ?"),
      one_source_(connection, select_source() + " WHERE s.key = ?"),
      one_node_(connection, select_node() + " WHERE n.key = ?"),
      one_edge_(connection, select_edge() + " WHERE e.key = ?"),
      one_observation_(connection, select_observation() + " WHERE v.key = ?") {
  SQLite::Statement known_datasets(connection, "SELECT key FROM dataset");
  while (known_datasets.executeStep()) datasets_.insert(known_datasets.getColumn(0).getInt64());
}

void StoredVersions::refuse_missing(RecordKind kind, std::int64_t key) {
  refuse_value({table_of(kind), key}, "key", "another row names it, and it is not there");
}

void StoredVersions::refuse(std::int64_t key, std::string_view why) {
  refuse_value({"membership", key}, "contribution", why);
}

std::int64_t StoredVersions::owner_of(RecordKind kind, std::int64_t key) {
  auto statement = prepared_.use(fmt::format("SELECT dataset FROM {} WHERE key = ?", table_of(kind)));
  statement->bind(1, key);
  if (!statement->executeStep()) refuse_missing(kind, key);
  const std::int64_t owner = statement->getColumn(0).getInt64();
  check_dataset({table_of(kind), key}, owner);
  return owner;
}

void StoredVersions::check_dataset(const StoredRow& row, std::int64_t owner) const {
  if (!datasets_.contains(owner)) refuse_value(row, "dataset", "it names what is not there");
}

std::map<std::int64_t, std::string> StoredVersions::contributions_of(RecordKind kind, std::int64_t key) {
  std::map<std::int64_t, std::string> by_dataset;
  contributions_.reset();
  contributions_.bind(1, std::string(table_of(kind)));
  contributions_.bind(2, key);
  const StoredRow row{"membership", key};
  while (contributions_.executeStep()) {
    const std::int64_t set = contributions_.getColumn(0).getInt64();
    check_dataset(row, set);
    std::string said = stored_object(row, "contribution", contributions_.getColumn(1).getString());
    if (said.empty()) refuse(key, "it says nothing");
    by_dataset.emplace(set, std::move(said));
  }
  contributions_.reset();
  // Where one dataset alone has a record, nothing is kept of it here: another row is lost.
  if (by_dataset.size() == 1) refuse_value(row, "dataset", "it is one of several, and the others are not there");
  return by_dataset;
}

void StoredVersions::store_contributions(RecordKind kind, std::int64_t key,
                                         const std::map<std::int64_t, std::string>& by_dataset) {
  erase_contributions_.reset();
  erase_contributions_.bind(1, std::string(table_of(kind)));
  erase_contributions_.bind(2, key);
  erase_contributions_.exec();
  if (by_dataset.size() < 2) return;  // the row itself says what the one dataset says
  for (const auto& [set, json] : by_dataset) {
    add_contribution_.reset();
    add_contribution_.bind(1, std::string(table_of(kind)));
    add_contribution_.bind(2, key);
    add_contribution_.bind(3, set);
    add_contribution_.bind(4, json);
    add_contribution_.exec();
  }
}

void StoredVersions::check(std::int64_t key, const Node& node) {
  if (!ontology_.node_type(node.type)) refuse(key, "it is of no type of this ontology");
  check_citations(key, node.sources);
}

void StoredVersions::check(std::int64_t key, const Edge& edge) {
  if (!ontology_.edge_type(edge.type)) refuse(key, "it is of no type of this ontology");
  if (edge.from.empty() || edge.to.empty()) refuse(key, "it has no end");
  check_node(key, edge.from);
  check_node(key, edge.to);
  check_nodes(key, edge);
  check_citations(key, edge.sources);
}

void StoredVersions::check(std::int64_t key, const Observation& figure) {
  if (figure.subject.empty() || figure.indicator.empty()) refuse(key, "it is about nothing");
  check_node(key, figure.subject);
  check_nodes(key, figure);
  check_citations(key, figure.sources);
}

template <typename Record>
void StoredVersions::check_nodes(std::int64_t key, const Record& record) {
  for_each_field<Record>([&](const auto& field) {
    if constexpr (field_kind<decltype(field)> == FieldKind::node)
      if (!(record.*field.member).empty()) check_node(key, record.*field.member);
  });
}

void StoredVersions::check_node(std::int64_t key, const std::string& id) {
  if (!rows_.find_node(id)) refuse(key, "it names a node that is not there");
}

void StoredVersions::check_citations(std::int64_t key, const std::vector<Citation>& citations) {
  if (citations.empty()) refuse(key, "it cites no source");
  for (const Citation& citation : citations)
    if (!rows_.find_source(citation.source)) refuse(key, "it cites a source that is not there");
}

}  // namespace chokepoint::detail
