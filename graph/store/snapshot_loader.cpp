#include "chokepoint/model/error.hpp"
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/store/reader.hpp"
#include "store/impl.hpp"
#include "store/raw_statement.hpp"
#include "store/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace chokepoint {

namespace {

using detail::RawStatement;

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

void load_nodes(SQLite::Database& connection, SnapshotBuilder& builder) {
  RawStatement row(connection, "SELECT key, id, type, since, until, attributes FROM node ORDER BY id");
  while (row.step()) {
    const std::string attributes(row.text(5));
    const std::string variants = text_attribute(attributes, "variants");
    const std::string layer = text_attribute(attributes, "layer");
    builder.add(SnapshotNode{std::string(row.text(1)), row.integer(0), static_cast<std::uint16_t>(row.integer(2)),
                             std::string(row.text(3)), std::string(row.text(4)),
                             variants == "any"   ? Variants::any
                             : variants == "all" ? Variants::all
                                                 : Variants::unsettled,
                             flag_attribute(attributes, "released"),
                             layer == "place"   ? std::optional(Layer::place)
                             : layer == "actor" ? std::optional(Layer::actor)
                                                : std::nullopt});
  }
}

void load_names(SQLite::Database& connection, SnapshotBuilder& builder) {
  // The index lists the names node by node, so that the order of a node's names is the table's.
  RawStatement row(connection, "SELECT node, kind, tag, name, folded FROM alias WHERE kind <> 'id' ORDER BY node, kind, tag, name");
  while (row.step()) {
    const std::string_view kind = row.text(1);
    const NodeName::Kind number = kind == "label"  ? NodeName::Kind::label
                                  : kind == "code" ? NodeName::Kind::code
                                                   : NodeName::Kind::alias;
    builder.add_name(row.integer(0), {number, row.text(2), row.text(3)}, row.text(4));
  }
}

/// Dates of the sources, by key.
std::unordered_map<std::int64_t, std::string> source_dates(SQLite::Database& connection) {
  std::unordered_map<std::int64_t, std::string> dates;
  RawStatement row(connection, "SELECT key, date FROM source");
  while (row.step()) dates.emplace(row.integer(0), row.text(1));
  return dates;
}

void read_rest(const RawStatement& row, const Ontology& ontology, SnapshotEdge& edge) {
  edge.item = row.integer(6);
  edge.market = row.integer(7);
  edge.origin = row.integer(8);
  edge.performance = row.real(10);
  edge.confidence = row.real(11);
  edge.amount = row.real(12);
  edge.unit = row.text(13);
  edge.as_of = row.text(16);
  edge.bound = parse_bound(row.text(17)).value_or(Bound::exact);
  edge.status = parse_status(row.text(18)).value_or(Status::reported);
  edge.significance = parse_significance(row.text(19)).value_or(Significance::unstated);
  edge.mode = mode_of(ontology.edge_types()[edge.type], std::string(row.text(20)));
  edge.group = row.text(21);
  edge.k = static_cast<std::uint32_t>(row.integer(22));
}

void load_edges(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  const auto dates = source_dates(connection);
  std::int64_t last_source = 0;
  const std::string* last_date = nullptr;
  RawStatement row(connection,
           "SELECT key, name, hash, type, from_node, to_node, item, market, origin, share, performance, confidence, "
           "amount, unit, since, until, as_of, bound, status, significance, attributes, group_name, k, source, "
           "coalesce(item, market, origin, performance, confidence, amount, unit, as_of, bound, status, significance, "
           "attributes, group_name, k) IS NULL FROM edge");
  while (row.step()) {
    SnapshotEdge edge;
    edge.key = row.integer(0);
    edge.id = detail::stored_id(row.text(1), row.integer(2));
    const std::int64_t type = row.integer(3);
    edge.from = row.integer(4);
    edge.to = row.integer(5);
    edge.share = row.real(9);
    edge.since = row.text(14);
    edge.until = row.text(15);
    if (type < 0 || type >= std::ssize(ontology.edge_types()))
      throw StoreError(ErrorKind::bad_data, fmt::format("edge {} has no type; the database is damaged", edge.id));
    edge.type = static_cast<std::uint16_t>(type);
    const std::int64_t source = row.integer(23);
    if (source != last_source || last_date == nullptr) {
      const auto found = dates.find(source);
      if (found == dates.end())
        throw StoreError(ErrorKind::bad_data, fmt::format("edge {} has no source; the database is damaged", edge.id));
      last_source = source;
      last_date = &found->second;
    }
    edge.source_date = *last_date;
    // Most edges of large graphs have none of the rest.
    if (row.integer(24) == 0) read_rest(row, ontology, edge);
    builder.add(std::move(edge));
  }
}

}  // namespace

std::shared_ptr<const Snapshot> Reader::load_snapshot(Date settled_from) const {
  return detail::guarded("loading the graph", [&] {
    SQLite::Database& connection = *database_->impl().connection;
    SnapshotBuilder builder(database_->shared_ontology());
    load_nodes(connection, builder);
    load_names(connection, builder);
    load_edges(connection, database_->ontology(), builder);
    return std::move(builder).build(settled_from.days);
  });
}

}  // namespace chokepoint
