#include "store/rows/rows.hpp"

#include "store/rows/record_columns.hpp"
#include "store/rows/stored_values.hpp"

#include <limits>
#include <tuple>
#include <type_traits>

namespace chokepoint::detail {

// Whatever a row names is looked for with LEFT JOIN: a row that names what is not there is refused, not passed over.

const std::string& select_node() {
  static const std::string sql =
      "SELECT n.key, n.id, n.type, n.labels, n.codes, " + field_columns<Node>("n.") +
      ", n.attributes, s.id, n.locator, n.read FROM node n LEFT JOIN source s ON s.key = n.source";
  return sql;
}

const std::string& select_edge() {
  static const std::string sql =
      "SELECT e.key, coalesce(e.name, printf('%016x', e.hash)) AS id, e.type, f.id, o.id, " +
      field_columns<Edge>("e.") + ", e.attributes, s.id, e.locator, e.read" + joined_ids<Edge>() +
      " FROM edge e LEFT JOIN edge_type t ON t.key = e.type LEFT JOIN node f ON f.key = e.from_node "
      "LEFT JOIN node o ON o.key = e.to_node LEFT JOIN source s ON s.key = e.source" +
      node_joins<Edge>("e");
  return sql;
}

const std::string& select_observation() {
  static const std::string sql =
      "SELECT v.key, coalesce(v.name, printf('%016x', v.hash)) AS id, n.id, v.indicator, v.value, " +
      field_columns<Observation>("v.") + ", v.attributes, s.id, v.locator, v.read" + joined_ids<Observation>() +
      " FROM observation v LEFT JOIN node n ON n.key = v.subject LEFT JOIN source s ON s.key = v.source" +
      node_joins<Observation>("v");
  return sql;
}

const std::string& select_source() {
  static const std::string sql = "SELECT s.key, s.id, " + field_columns<Source>("s.") + ", s.attributes FROM source s";
  return sql;
}

namespace {

/// Reads the columns of one row, each checked.
class CheckedRow {
 public:
  CheckedRow(SQLite::Statement& row, const StoredRow& place) : row_(row), place_(place) {}

  /// Valid until the next row.
  [[nodiscard]] std::string_view text(int column) const {
    const SQLite::Column value = row_.getColumn(column);
    const char* text = value.getText();
    return {text, static_cast<std::size_t>(value.getBytes())};
  }
  [[nodiscard]] std::int64_t integer(int column) const { return row_.getColumn(column).getInt64(); }
  [[nodiscard]] std::optional<double> real(int column) const {
    if (is_null(column)) return std::nullopt;
    return row_.getColumn(column).getDouble();
  }
  [[nodiscard]] bool is_null(int column) const { return row_.getColumn(column).isNull(); }
  [[nodiscard]] std::string object(int column, const char* name) const {
    return stored_object(place_, name, text(column));
  }
  /// The id of a node or source that the row names.
  [[nodiscard]] std::string named(int column, std::string_view name) const {
    if (is_null(column)) refuse_value(place_, name, "it names what is not there");
    return required_id(place_, name, text(column));
  }
  /// Source, locator and what was read there, in columns that stand together.
  [[nodiscard]] Citation citation(int first) const {
    return {named(first, "source"), stored_text(place_, "locator", text(first + 1)),
            stored_text(place_, "read", text(first + 2))};
  }
  /// The plain fields, attributes and first citation of a record, in columns that stand together; behind them the ids
  /// of the nodes that are named.
  template <typename Record>
  void rest(int first, Record& record) const {
    constexpr int fields = std::tuple_size_v<std::remove_cvref_t<decltype(record_fields<Record>)>>;
    constexpr int behind = 4;  // attributes, source, locator, read
    read_fields(record, place_, *this, first, [&](std::size_t place, int, std::string_view name) {
      return named(first + fields + behind + static_cast<int>(place), name);
    });
    check_period(place_, record.since, record.until);
    record.attributes = object(first + fields, "attributes");
    record.sources.push_back(citation(first + fields + 1));
  }

 private:
  SQLite::Statement& row_;
  StoredRow place_;
};

Json value_of(const StoredRow& place, const SQLite::Column& column) {
  if (column.isInteger()) return Json(static_cast<std::int64_t>(column.getInt64()));
  if (column.isFloat()) {
    constexpr double largest = std::numeric_limits<double>::max();
    return Json(*stored_number(place, "value", column.getDouble(), -largest, largest));
  }
  if (!column.isText()) refuse_value(place, "value", "it is neither number nor text");
  return Json(stored_text(place, "value", column.getString()));
}

}  // namespace

std::string stored_id(std::string_view name, std::int64_t hash) {
  return name.empty() ? hash_text(static_cast<std::uint64_t>(hash)) : std::string(name);
}

RowReader::RowReader(SQLite::Database& connection, const Ontology& ontology)
    : ontology_(ontology),
      citations_(connection,
                 "SELECT s.id, c.locator, c.read FROM citation c LEFT JOIN source s ON s.key = c.source "
                 "WHERE c.kind = ? AND c.record = ? ORDER BY c.position"),
      aliases_(connection, "SELECT name FROM alias WHERE node = ? AND kind = 'alias' ORDER BY name") {}

void RowReader::add_citations(const char* kind, std::int64_t key, std::vector<Citation>& citations) {
  citations_.reset();
  citations_.bind(1, kind);
  citations_.bind(2, key);
  const CheckedRow fields(citations_, {"citation", key});
  while (citations_.executeStep()) citations.push_back(fields.citation(0));
}

std::pair<std::int64_t, Node> RowReader::node(SQLite::Statement& row) {
  Node node;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"node", key};
  const CheckedRow fields(row, place);
  node.id = required_id(place, "id", fields.text(1));
  node.type = ontology_.node_types()[stored_node_type(place, fields.integer(2), ontology_)].id;
  node.labels = stored_texts(place, "labels", fields.text(3));
  node.codes = stored_texts(place, "codes", fields.text(4));
  fields.rest(5, node);
  add_citations("node", key, node.sources);
  aliases_.reset();
  aliases_.bind(1, key);
  while (aliases_.executeStep())
    node.aliases.push_back(stored_text({"alias", key}, "name", aliases_.getColumn(0).getString()));
  return {key, std::move(node)};
}

std::pair<std::int64_t, Edge> RowReader::edge(SQLite::Statement& row) {
  Edge edge;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"edge", key};
  const CheckedRow fields(row, place);
  edge.id = stored_name(place, "name", fields.text(1));
  edge.type = ontology_.edge_types()[stored_edge_type(place, fields.integer(2), ontology_)].id;
  edge.from = fields.named(3, "from_node");
  edge.to = fields.named(4, "to_node");
  fields.rest(5, edge);
  add_citations("edge", key, edge.sources);
  return {key, std::move(edge)};
}

std::pair<std::int64_t, Observation> RowReader::observation(SQLite::Statement& row) {
  Observation observation;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"observation", key};
  const CheckedRow fields(row, place);
  observation.id = stored_name(place, "name", fields.text(1));
  observation.subject = fields.named(2, "subject");
  observation.indicator = stored_text(place, "indicator", fields.text(3));
  observation.value = value_of(place, row.getColumn(4));
  fields.rest(5, observation);
  add_citations("observation", key, observation.sources);
  return {key, std::move(observation)};
}

std::pair<std::int64_t, Source> RowReader::source(SQLite::Statement& row) {
  Source source;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"source", key};
  const CheckedRow fields(row, place);
  source.id = required_id(place, "id", fields.text(1));
  const int behind = read_fields(source, place, fields, 2, [](auto&&...) { return std::string(); });
  source.attributes = fields.object(behind, "attributes");
  return {key, std::move(source)};
}

}  // namespace chokepoint::detail
