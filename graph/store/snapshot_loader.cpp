#include "chokepoint/model/error.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/store/reader.hpp"
#include "store/impl.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

namespace {

/// Attributes that analyses read. Parsing JSON for every edge would cost more than the scan, so texts without the
/// attribute's name are passed over.
std::string text_attribute(const std::string& attributes, std::string_view key) {
  if (attributes.find(key) == std::string::npos) return {};
  const Json object = parse_json(attributes);
  const Json* value = object.is_object() ? object.find(key) : nullptr;
  return value && value->is_string() ? value->as_string() : std::string();
}

bool flag_attribute(const std::string& attributes, std::string_view key) {
  if (attributes.find(key) == std::string::npos) return false;
  const Json object = parse_json(attributes);
  const Json* value = object.is_object() ? object.find(key) : nullptr;
  return value && value->is_bool() && value->as_bool();
}

std::uint8_t index_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(found - names.begin());
}

std::uint8_t mode_of(const EdgeType& type, const std::string& attributes) {
  if (attributes.empty()) return 0;
  if (!type.modes.empty()) return index_of(type.modes, text_attribute(attributes, "mode"));
  if (!type.roles.empty()) return index_of(type.roles, text_attribute(attributes, "role"));
  return 0;
}

std::optional<double> real(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

void load_nodes(SQLite::Database& connection, SnapshotBuilder& builder) {
  SQLite::Statement row(connection, "SELECT key, id, type, since, until, attributes FROM node");
  while (row.executeStep()) {
    const std::string attributes = row.getColumn(5).getString();
    const std::string variants = text_attribute(attributes, "variants");
    const std::string layer = text_attribute(attributes, "layer");
    builder.add(SnapshotNode{row.getColumn(1).getString(), row.getColumn(0).getInt64(),
                             static_cast<std::uint16_t>(row.getColumn(2).getInt()), row.getColumn(3).getString(),
                             row.getColumn(4).getString(),
                             variants == "any"   ? Variants::any
                             : variants == "all" ? Variants::all
                                                 : Variants::unsettled,
                             flag_attribute(attributes, "released"),
                             layer == "place"   ? std::optional(Layer::place)
                             : layer == "actor" ? std::optional(Layer::actor)
                                                : std::nullopt});
  }
}

void load_edges(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  SQLite::Statement row(
      connection,
      "SELECT e.key, coalesce(e.name, printf('%016x', e.hash)), e.type, e.from_node, e.to_node, e.item, "
      "e.market, e.origin, e.share, e.performance, e.confidence, e.amount, e.unit, e.since, e.until, "
      "e.as_of, e.bound, e.status, e.significance, e.attributes, e.group_name, e.k, s.date "
      "FROM edge e JOIN source s ON s.key = e.source");
  while (row.executeStep()) {
    SnapshotEdge edge;
    edge.key = row.getColumn(0).getInt64();
    edge.id = row.getColumn(1).getString();
    const std::int64_t type = row.getColumn(2).getInt64();
    edge.from = row.getColumn(3).getInt64();
    edge.to = row.getColumn(4).getInt64();
    edge.item = row.getColumn(5).getInt64();
    edge.market = row.getColumn(6).getInt64();
    edge.origin = row.getColumn(7).getInt64();
    edge.share = real(row.getColumn(8));
    edge.performance = real(row.getColumn(9));
    edge.confidence = real(row.getColumn(10));
    edge.amount = real(row.getColumn(11));
    edge.unit = row.getColumn(12).getString();
    edge.since = row.getColumn(13).getString();
    edge.until = row.getColumn(14).getString();
    edge.as_of = row.getColumn(15).getString();
    edge.bound = parse_bound(row.getColumn(16).getString()).value_or(Bound::exact);
    edge.status = parse_status(row.getColumn(17).getString()).value_or(Status::reported);
    edge.significance = parse_significance(row.getColumn(18).getString()).value_or(Significance::unstated);
    if (type < 0 || type >= std::ssize(ontology.edge_types()))
      throw StoreError(ErrorKind::bad_data, fmt::format("edge {} has no type; the database is damaged", edge.id));
    edge.type = static_cast<std::uint16_t>(type);
    edge.mode = mode_of(ontology.edge_types()[edge.type], row.getColumn(19).getString());
    edge.group = row.getColumn(20).getString();
    edge.k = row.getColumn(21).getUInt();
    edge.source_date = row.getColumn(22).getString();
    builder.add(std::move(edge));
  }
}

}  // namespace

std::shared_ptr<const Snapshot> Reader::load_snapshot() const {
  return detail::guarded("loading the graph", [&] {
    SQLite::Database& connection = *database_->impl().connection;
    SnapshotBuilder builder(database_->shared_ontology());
    load_nodes(connection, builder);
    load_edges(connection, database_->ontology(), builder);
    return std::move(builder).build();
  });
}

}  // namespace chokepoint
