// The graph as a snapshot: three scans, of the nodes, of their names, and of the edges. They read the pages of the file
// where that can be done, since SQLite's virtual machine would take most of the time, and ask SQLite where not.
#include "chokepoint/model/json_reader.hpp"
#include "chokepoint/model/text.hpp"
#include "chokepoint/store/reader.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/impl.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"
#include "store/sqlite_pages/row_reader.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

using detail::PageReader;
using detail::RawStatement;
using detail::PageRowReader;
using detail::StoredRow;

// Columns of the tables, in the order in which the schema declares them. A scan by SQLite leaves out what is not needed
// without moving the others.
namespace node_column {
enum : int { key, id, id_folded, type, labels, codes, description, since, until, attributes, count };
constexpr const char* select = "SELECT key, id, NULL, type, NULL, NULL, NULL, since, until, attributes FROM node";
}  // namespace node_column

namespace name_column {
enum : int { node, kind, tag, name, folded, count };
// The index lists the names node by node, so that the order of a node's names is the table's.
constexpr const char* select = "SELECT node, kind, tag, name, folded FROM alias ORDER BY node, kind, tag, name";
}  // namespace name_column

namespace edge_column {
enum : int {
  from_node,
  type,
  to_node,
  key,
  hash,
  name,
  item,
  market,
  origin,
  share,
  amount,
  unit,
  performance,
  as_of,
  bound,
  status,
  significance,
  confidence,
  since,
  until,
  group_name,
  k,
  attributes,
  source,
  count
};
constexpr const char* select =
    "SELECT from_node, type, to_node, key, hash, name, item, market, origin, share, amount, unit, performance, as_of, "
    "bound, status, significance, confidence, since, until, group_name, k, attributes, source FROM edge "
    "ORDER BY from_node, type, to_node, key";
/// What most edges of large graphs have none of.
constexpr std::array rest = {item,  market, origin,       amount,     unit,       performance, as_of,
                             bound, status, significance, confidence, group_name, k,           attributes};
}  // namespace edge_column

/// Attributes that analyses read. Parsing JSON for every record would cost more than the scan, so texts without the
/// attribute's name are passed over.
std::string text_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return {};
  const Json object = parse_json(detail::stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  return value && value->is_string() ? value->as_string() : std::string();
}

bool flag_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return false;
  const Json object = parse_json(detail::stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  return value && value->is_bool() && value->as_bool();
}

/// A text, or a list of texts.
std::vector<std::string> texts_attribute(const StoredRow& row, std::string_view attributes, std::string_view key) {
  if (attributes.find(key) == std::string_view::npos) return {};
  const Json object = parse_json(detail::stored_object(row, "attributes", attributes));
  const Json* value = object.find(key);
  if (value == nullptr) return {};
  std::vector<std::string> texts;
  if (value->is_string()) texts.push_back(value->as_string());
  if (!value->is_array()) return texts;
  for (const Json& each : value->as_array())
    if (each.is_string()) texts.push_back(each.as_string());
  return texts;
}

std::uint8_t index_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(found - names.begin());
}

std::uint8_t mode_of(const StoredRow& row, const EdgeType& type, std::string_view attributes) {
  if (attributes.empty()) return 0;
  if (!type.modes.empty()) return index_of(type.modes, text_attribute(row, attributes, "mode"));
  if (!type.roles.empty()) return index_of(type.roles, text_attribute(row, attributes, "role"));
  return 0;
}

void read_attributes(const StoredRow& row, std::string_view attributes, SnapshotNodeView& node) {
  const std::string variants = text_attribute(row, attributes, "variants");
  const std::string layer = text_attribute(row, attributes, "layer");
  if (variants == "any") node.variants = Variants::any;
  if (variants == "all") node.variants = Variants::all;
  node.released = flag_attribute(row, attributes, "released");
  node.variants_complete = flag_attribute(row, attributes, "variants_complete");
  if (layer == "place") node.layer = Layer::place;
  if (layer == "actor") node.layer = Layer::actor;
}

template <class Rows>
void load_nodes(Rows&& rows, const Ontology& ontology, SnapshotBuilder& builder) {
  using namespace node_column;
  while (rows.step()) {
    SnapshotNodeView node;
    node.key = rows.integer(key);
    const StoredRow row{"node", node.key};
    node.id = rows.text(id);
    if (!is_valid_id(node.id)) static_cast<void>(detail::required_id(row, "id", node.id));
    node.type = detail::stored_node_type(row, rows.integer(type), ontology);
    node.since = rows.text(since);
    node.until = rows.text(until);
    const std::string_view more = rows.text(attributes);
    if (!more.empty()) read_attributes(row, more, node);
    builder.add(node);
  }
}

template <class Rows>
void load_names(Rows&& rows, SnapshotBuilder& builder) {
  using namespace name_column;
  while (rows.step()) {
    const std::string_view sort = rows.text(kind);
    if (sort == "id") continue;
    const NodeName::Kind number = sort == "label"  ? NodeName::Kind::label
                                  : sort == "code" ? NodeName::Kind::code
                                                   : NodeName::Kind::alias;
    const std::string_view language = rows.text(tag), text = rows.text(name);
    if (!is_valid_utf8(language) || !is_valid_utf8(text))
      detail::refuse_value({"alias", rows.integer(node)}, is_valid_utf8(text) ? "tag" : "name",
                           "the text is not UTF-8");
    builder.add_name(rows.integer(node), {number, language, text}, rows.text(folded));
  }
}

/// Dates of the sources, by key.
std::unordered_map<std::int64_t, std::string> source_dates(SQLite::Database& connection) {
  std::unordered_map<std::int64_t, std::string> dates;
  RawStatement row(connection, "SELECT key, date FROM source");
  while (row.step())
    dates.emplace(row.integer(0), detail::stored_date({"source", row.integer(0)}, "date", row.text(1)));
  return dates;
}

bool has_rest(const RawStatement& row) {
  return std::any_of(edge_column::rest.begin(), edge_column::rest.end(),
                     [&](int column) { return !row.is_null(column); });
}

bool has_rest(const PageRowReader& row) {
  constexpr std::uint32_t columns = [] {
    std::uint32_t bits = 0;
    for (const int column : edge_column::rest) bits |= std::uint32_t{1} << static_cast<unsigned>(column);
    return bits;
  }();
  return row.has_any(columns);
}

/// @param role  holds the text that the edge's role is a view of
template <class Rows>
void read_rest(const Rows& rows, const EdgeType& edge_type, std::string& role, SnapshotEdgeView& edge) {
  using namespace edge_column;
  const StoredRow row{"edge", edge.key};
  const auto text = [&](int column, const char* name) {
    const std::string_view value = rows.text(column);
    if (!is_valid_utf8(value)) detail::refuse_value(row, name, "the text is not UTF-8");
    return value;
  };
  const auto node = [&](int column, const char* name) {
    // 0 stands for none in a snapshot, and is no key.
    if (!rows.is_null(column) && rows.integer(column) == 0) detail::refuse_value(row, name, "no node has the key 0");
    return rows.integer(column);
  };
  edge.item = node(item, "item");
  edge.market = node(market, "market");
  edge.origin = node(origin, "origin");
  edge.performance = detail::stored_performance(row, rows.real(performance));
  edge.confidence = detail::stored_fraction(row, "confidence", rows.real(confidence));
  edge.amount = detail::stored_amount(row, "amount", rows.real(amount));
  edge.unit = text(unit, "unit");
  edge.as_of = rows.text(as_of);
  edge.bound = detail::stored_bound(row, rows.text(bound));
  edge.status = detail::stored_status(row, rows.text(status));
  edge.significance = detail::stored_significance(row, rows.text(significance));
  const std::string_view more = rows.text(attributes);
  edge.mode = mode_of(row, edge_type, more);
  role = edge_type.roles.empty() ? text_attribute(row, more, "role") : std::string();
  edge.role = role;
  if (edge_type.role == Role::need || edge_type.role == Role::step)
    edge.replaces = texts_attribute(row, more, "replaces");
  edge.group = text(group_name, "group_name");
  edge.k = rows.is_null(k) ? 0 : detail::stored_k(row, rows.integer(k));
}

template <class Rows>
void load_edges(Rows&& rows, const std::unordered_map<std::int64_t, std::string>& dates, const Ontology& ontology,
                SnapshotBuilder& builder) {
  using namespace edge_column;
  std::int64_t last_source = 0;
  const std::string* last_date = nullptr;
  SnapshotEdgeView edge;
  std::string role;
  bool has_more = false;
  while (rows.step()) {
    if (has_more) edge = {};  // else all that is set is set anew
    has_more = has_rest(rows);
    edge.key = rows.integer(key);
    edge.id = rows.text(name);
    edge.hash = static_cast<std::uint64_t>(rows.integer(hash));
    edge.from = rows.integer(from_node);
    edge.to = rows.integer(to_node);
    const StoredRow row{"edge", edge.key};
    if (!edge.id.empty() && !is_valid_id(edge.id)) static_cast<void>(detail::stored_name(row, "name", edge.id));
    edge.share = detail::stored_fraction(row, "share", rows.real(share));
    edge.since = rows.text(since);
    edge.until = rows.text(until);
    edge.type = detail::stored_edge_type(row, rows.integer(type), ontology);
    const std::int64_t source_key = rows.integer(source);
    if (source_key != last_source || last_date == nullptr) {
      const auto found = dates.find(source_key);
      if (found == dates.end()) detail::refuse_value(row, "source", "no source has this key");
      last_source = source_key;
      last_date = &found->second;
    }
    edge.source_date = *last_date;
    if (has_more) read_rest(rows, ontology.edge_types()[edge.type], role, edge);
    builder.add(edge);
  }
}

std::uint32_t root_of(SQLite::Database& connection, const char* type, const char* name) {
  RawStatement row(connection, "SELECT rootpage FROM sqlite_schema WHERE type = ? AND name = ?");
  row.bind(1, type);
  row.bind(2, name);
  const std::int64_t root = row.step() ? row.integer(0) : 0;
  if (root <= 0 || root > std::numeric_limits<std::uint32_t>::max()) throw detail::UnreadablePages();
  return static_cast<std::uint32_t>(root);
}

/// Room for as many records as the largest keys let expect, and no more than the file can hold.
void reserve(SQLite::Database& connection, std::uint64_t file_bytes, SnapshotBuilder& builder) {
  constexpr std::uint64_t least_record_bytes = 16;
  const auto expected = [&](const char* largest_key) {
    const std::int64_t largest = detail::single_integer(connection, largest_key).value_or(0);
    return std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(largest, 0)), file_bytes / least_record_bytes);
  };
  builder.reserve(expected("SELECT max(key) FROM node"), expected("SELECT max(key) FROM edge"));
}

void count_others(SQLite::Database& connection, SnapshotBuilder& builder) {
  const auto count = [&](const char* table) {
    return detail::single_integer(connection, fmt::format("SELECT count(*) FROM {}", table)).value_or(0);
  };
  builder.set_other_counts(count("observation"), count("source"), count("dataset"));
}

/// @return whether the graph is in the builder. @throws UnreadablePages
bool load_from_pages(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  auto pages = PageReader::of(connection.getHandle());
  if (!pages) return false;
  using Kind = detail::TreeReader::Kind;
  const auto rows = [&](const char* type, const char* name, Kind kind, int columns) {
    return PageRowReader(*pages, root_of(connection, type, name), kind, static_cast<std::size_t>(columns));
  };
  reserve(connection, pages->file_bytes(), builder);
  load_nodes(rows("table", "node", Kind::rows, node_column::count), ontology, builder);
  load_names(rows("index", "alias_by_node", Kind::keys, name_column::count), builder);
  load_edges(rows("table", "edge", Kind::keys, edge_column::count), source_dates(connection), ontology, builder);
  return true;
}

void load_by_sql(SQLite::Database& connection, const Ontology& ontology, SnapshotBuilder& builder) {
  load_nodes(RawStatement(connection, node_column::select), ontology, builder);
  load_names(RawStatement(connection, name_column::select), builder);
  load_edges(RawStatement(connection, edge_column::select), source_dates(connection), ontology, builder);
}

}  // namespace

std::shared_ptr<const Snapshot> Reader::load_snapshot(Date settled_from) const {
  return detail::guarded("loading the graph", [&] {
    SQLite::Database& connection = *database_->impl().connection;
    // One read transaction: the three scans see the same revision, and nobody writes while pages are read.
    std::optional<SQLite::Transaction> reading;
    if (sqlite3_get_autocommit(connection.getHandle()) != 0) reading.emplace(connection);
    // It takes its lock when something is read.
    static_cast<void>(detail::single_integer(connection, "SELECT 1 FROM sqlite_schema"));
    try {
      SnapshotBuilder builder(database_->shared_ontology());
      if (load_from_pages(connection, database_->ontology(), builder)) {
        count_others(connection, builder);
        return std::move(builder).build(settled_from.days);
      }
    } catch (const detail::UnreadablePages&) {
      // SQLite tells what is wrong, or knows better.
    }
    SnapshotBuilder builder(database_->shared_ontology());
    load_by_sql(connection, database_->ontology(), builder);
    count_others(connection, builder);
    return std::move(builder).build(settled_from.days);
  });
}

}  // namespace chokepoint
