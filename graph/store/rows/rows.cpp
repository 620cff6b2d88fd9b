#include "store/rows/rows.hpp"

#include "store/rows/stored_values.hpp"

namespace chokepoint::detail {

// Whatever a row names is looked for with LEFT JOIN: a row that names what is not there is refused, not passed over.

const char* const select_node =
    "SELECT n.key, n.id, n.type, n.labels, n.codes, n.description, n.since, n.until, n.attributes, s.id, n.locator, "
    "n.read FROM node n LEFT JOIN source s ON s.key = n.source";

const char* const select_edge =
    "SELECT e.key, coalesce(e.name, printf('%016x', e.hash)) AS id, e.type, f.id, o.id, i.id, m.id, g.id, e.share, "
    "e.amount, e.unit, e.performance, e.as_of, e.bound, e.status, e.significance, e.confidence, e.since, e.until, "
    "e.group_name, e.k, e.attributes, s.id, e.locator, e.read, e.item IS NOT NULL, e.market IS NOT NULL, "
    "e.origin IS NOT NULL "
    "FROM edge e LEFT JOIN edge_type t ON t.key = e.type LEFT JOIN node f ON f.key = e.from_node LEFT JOIN node o ON "
    "o.key = e.to_node LEFT JOIN source s ON s.key = e.source LEFT JOIN node i ON i.key = e.item LEFT JOIN node m ON "
    "m.key = e.market LEFT JOIN node g ON g.key = e.origin";

const char* const select_observation =
    "SELECT v.key, coalesce(v.name, printf('%016x', v.hash)) AS id, n.id, v.indicator, v.value, v.value_high, v.unit, "
    "i.id, m.id, r.id, v.as_of, v.since, v.until, v.bound, v.status, v.confidence, v.attributes, s.id, v.locator, "
    "v.read, v.item IS NOT NULL, v.market IS NOT NULL, v.relative_to IS NOT NULL "
    "FROM observation v LEFT JOIN node n ON n.key = v.subject LEFT JOIN source s ON s.key = v.source "
    "LEFT JOIN node i ON i.key = v.item LEFT JOIN node m ON m.key = v.market LEFT JOIN node r ON r.key = v.relative_to";

const char* const select_source =
    "SELECT s.key, s.id, s.title, s.publisher, s.date, s.language, s.url, s.license, s.attributes FROM source s";

namespace {

std::optional<double> real(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

/// Reads the columns of one row, each checked.
class Fields {
 public:
  Fields(SQLite::Statement& row, const StoredRow& place) : row_(row), place_(place) {}

  /// Valid until the next row.
  [[nodiscard]] std::string_view raw(int column) const {
    const SQLite::Column value = row_.getColumn(column);
    const char* text = value.getText();
    return {text, static_cast<std::size_t>(value.getBytes())};
  }
  [[nodiscard]] std::string text(int column, const char* name) const { return stored_text(place_, name, raw(column)); }
  [[nodiscard]] std::string date(int column, const char* name) const { return stored_date(place_, name, raw(column)); }
  [[nodiscard]] std::string object(int column, const char* name) const {
    return stored_object(place_, name, raw(column));
  }
  [[nodiscard]] std::optional<double> number(int column) const { return real(row_.getColumn(column)); }
  /// The id of a node or source that the row names. @param is_named  false where it names none
  [[nodiscard]] std::string named(int column, const char* name, bool is_named = true) const {
    if (!is_named) return {};
    if (row_.getColumn(column).isNull()) refuse_value(place_, name, "it names what is not there");
    return required_id(place_, name, raw(column));
  }
  [[nodiscard]] std::string named(int column, const char* name, int flag) const {
    return named(column, name, row_.getColumn(flag).getInt() != 0);
  }
  /// Source, locator and what was read there, in columns that stand together.
  [[nodiscard]] Citation citation(int first) const {
    return {named(first, "source"), text(first + 1, "locator"), text(first + 2, "read")};
  }

 private:
  SQLite::Statement& row_;
  StoredRow place_;
};

Json value_of(const StoredRow& place, const SQLite::Column& column) {
  if (column.isInteger()) return Json(static_cast<std::int64_t>(column.getInt64()));
  if (column.isFloat()) return Json(*stored_amount(place, "value", column.getDouble()));
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
  const Fields fields(citations_, {"citation", key});
  while (citations_.executeStep()) citations.push_back(fields.citation(0));
}

std::pair<std::int64_t, Node> RowReader::node(SQLite::Statement& row) {
  Node node;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"node", key};
  const Fields fields(row, place);
  node.id = required_id(place, "id", fields.raw(1));
  node.type = ontology_.node_types()[stored_node_type(place, row.getColumn(2).getInt64(), ontology_)].id;
  node.labels = stored_texts(place, "labels", fields.raw(3));
  node.codes = stored_texts(place, "codes", fields.raw(4));
  node.description = fields.text(5, "description");
  node.since = fields.date(6, "since");
  node.until = fields.date(7, "until");
  check_period(place, node.since, node.until);
  node.attributes = fields.object(8, "attributes");
  node.sources.push_back(fields.citation(9));
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
  const Fields fields(row, place);
  edge.id = stored_name(place, "name", fields.raw(1));
  edge.type = ontology_.edge_types()[stored_edge_type(place, row.getColumn(2).getInt64(), ontology_)].id;
  edge.from = fields.named(3, "from_node");
  edge.to = fields.named(4, "to_node");
  edge.item = fields.named(5, "item", 25);
  edge.market = fields.named(6, "market", 26);
  edge.origin = fields.named(7, "origin", 27);
  edge.share = stored_fraction(place, "share", fields.number(8));
  edge.amount = stored_amount(place, "amount", fields.number(9));
  edge.unit = fields.text(10, "unit");
  edge.performance = stored_performance(place, fields.number(11));
  edge.as_of = fields.date(12, "as_of");
  edge.bound = stored_bound(place, fields.raw(13));
  edge.status = stored_status(place, fields.raw(14));
  edge.significance = stored_significance(place, fields.raw(15));
  edge.confidence = stored_fraction(place, "confidence", fields.number(16));
  edge.since = fields.date(17, "since");
  edge.until = fields.date(18, "until");
  check_period(place, edge.since, edge.until);
  edge.group = fields.text(19, "group_name");
  if (!row.getColumn(20).isNull()) edge.k = stored_k(place, row.getColumn(20).getInt64());
  edge.attributes = fields.object(21, "attributes");
  edge.sources.push_back(fields.citation(22));
  add_citations("edge", key, edge.sources);
  return {key, std::move(edge)};
}

std::pair<std::int64_t, Observation> RowReader::observation(SQLite::Statement& row) {
  Observation observation;
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"observation", key};
  const Fields fields(row, place);
  observation.id = stored_name(place, "name", fields.raw(1));
  observation.subject = fields.named(2, "subject");
  observation.indicator = fields.text(3, "indicator");
  observation.value = value_of(place, row.getColumn(4));
  observation.value_high = stored_amount(place, "value_high", fields.number(5));
  observation.unit = fields.text(6, "unit");
  observation.item = fields.named(7, "item", 20);
  observation.market = fields.named(8, "market", 21);
  observation.relative_to = fields.named(9, "relative_to", 22);
  observation.as_of = fields.date(10, "as_of");
  observation.since = fields.date(11, "since");
  observation.until = fields.date(12, "until");
  check_period(place, observation.since, observation.until);
  observation.bound = stored_bound(place, fields.raw(13));
  observation.status = stored_status(place, fields.raw(14));
  observation.confidence = stored_fraction(place, "confidence", fields.number(15));
  observation.attributes = fields.object(16, "attributes");
  observation.sources.push_back(fields.citation(17));
  add_citations("observation", key, observation.sources);
  return {key, std::move(observation)};
}

std::pair<std::int64_t, Source> RowReader::source(SQLite::Statement& row) {
  const std::int64_t key = row.getColumn(0).getInt64();
  const StoredRow place{"source", key};
  const Fields fields(row, place);
  return {key, Source{required_id(place, "id", fields.raw(1)), fields.text(2, "title"), fields.text(3, "publisher"),
                      fields.date(4, "date"), fields.text(5, "language"), fields.text(6, "url"),
                      fields.text(7, "license"), fields.object(8, "attributes")}};
}

}  // namespace chokepoint::detail
