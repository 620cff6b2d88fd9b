#include "store/rows.hpp"

#include "chokepoint/model/json_reader.hpp"

#include <algorithm>

namespace chokepoint::detail {

const char* const select_node =
    "SELECT n.key, n.id, t.id, n.labels, n.codes, n.description, n.since, n.until, n.attributes, s.id, n.locator, "
    "n.read "
    "FROM node n JOIN node_type t ON t.key = n.type JOIN source s ON s.key = n.source";

const char* const select_edge =
    "SELECT e.key, coalesce(e.name, printf('%016x', e.hash)) AS id, t.id, f.id, o.id, i.id, m.id, g.id, e.share, "
    "e.amount, e.unit, e.performance, e.as_of, e.bound, e.status, e.significance, e.confidence, e.since, e.until, "
    "e.group_name, e.k, e.attributes, s.id, e.locator, e.read "
    "FROM edge e JOIN edge_type t ON t.key = e.type JOIN node f ON f.key = e.from_node JOIN node o ON o.key = "
    "e.to_node "
    "JOIN source s ON s.key = e.source LEFT JOIN node i ON i.key = e.item LEFT JOIN node m ON m.key = e.market "
    "LEFT JOIN node g ON g.key = e.origin";

const char* const select_observation =
    "SELECT v.key, coalesce(v.name, printf('%016x', v.hash)) AS id, n.id, v.indicator, v.value, v.value_high, v.unit, "
    "i.id, m.id, r.id, v.as_of, v.since, v.until, v.bound, v.status, v.confidence, v.attributes, s.id, v.locator, "
    "v.read "
    "FROM observation v JOIN node n ON n.key = v.subject JOIN source s ON s.key = v.source "
    "LEFT JOIN node i ON i.key = v.item LEFT JOIN node m ON m.key = v.market LEFT JOIN node r ON r.key = v.relative_to";

const char* const select_source =
    "SELECT s.key, s.id, s.title, s.publisher, s.date, s.language, s.url, s.license, s.attributes FROM source s";

namespace {

std::optional<double> real(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

Bound bound_of(const SQLite::Column& column) {
  return column.isNull() ? Bound::exact : parse_bound(column.getString()).value_or(Bound::exact);
}

Status status_of(const SQLite::Column& column) {
  return column.isNull() ? Status::reported : parse_status(column.getString()).value_or(Status::reported);
}

/// Source, locator and what was read there, in columns that stand together.
Citation citation_of(SQLite::Statement& row, int first) {
  return {row.getColumn(first).getString(), row.getColumn(first + 1).getString(), row.getColumn(first + 2).getString()};
}

Json value_of(const SQLite::Column& column) {
  if (column.isInteger()) return Json(static_cast<std::int64_t>(column.getInt64()));
  if (column.isFloat()) return Json(column.getDouble());
  return Json(column.getString());
}

}  // namespace

std::string stored_id(std::string_view name, std::int64_t hash) {
  return name.empty() ? hash_text(static_cast<std::uint64_t>(hash)) : std::string(name);
}

std::map<std::string, std::string> parse_texts(const std::string& json) {
  std::map<std::string, std::string> texts;
  if (json.empty() || json == "{}") return texts;
  const Json object = parse_json(json);
  if (object.is_object())
    for (const auto& [key, value] : object.as_object())
      if (value.is_string()) texts[key] = value.as_string();
  return texts;
}

RowReader::RowReader(SQLite::Database& connection)
    : citations_(connection,
                 "SELECT s.id, c.locator, c.read FROM citation c JOIN source s ON s.key = c.source "
                 "WHERE c.kind = ? AND c.record = ? ORDER BY c.position"),
      aliases_(connection, "SELECT name FROM alias WHERE node = ? AND kind = 'alias' ORDER BY name") {}

void RowReader::add_citations(const char* kind, std::int64_t key, std::vector<Citation>& citations) {
  citations_.reset();
  citations_.bind(1, kind);
  citations_.bind(2, key);
  while (citations_.executeStep()) citations.push_back(citation_of(citations_, 0));
}

std::pair<std::int64_t, Node> RowReader::node(SQLite::Statement& row) {
  Node node;
  const std::int64_t key = row.getColumn(0).getInt64();
  node.id = row.getColumn(1).getString();
  node.type = row.getColumn(2).getString();
  node.labels = parse_texts(row.getColumn(3).getString());
  node.codes = parse_texts(row.getColumn(4).getString());
  node.description = row.getColumn(5).getString();
  node.since = row.getColumn(6).getString();
  node.until = row.getColumn(7).getString();
  node.attributes = row.getColumn(8).getString();
  node.sources.push_back(citation_of(row, 9));
  add_citations("node", key, node.sources);
  aliases_.reset();
  aliases_.bind(1, key);
  while (aliases_.executeStep()) node.aliases.push_back(aliases_.getColumn(0).getString());
  return {key, std::move(node)};
}

std::pair<std::int64_t, Edge> RowReader::edge(SQLite::Statement& row) {
  Edge edge;
  const std::int64_t key = row.getColumn(0).getInt64();
  edge.id = row.getColumn(1).getString();
  edge.type = row.getColumn(2).getString();
  edge.from = row.getColumn(3).getString();
  edge.to = row.getColumn(4).getString();
  edge.item = row.getColumn(5).getString();
  edge.market = row.getColumn(6).getString();
  edge.origin = row.getColumn(7).getString();
  edge.share = real(row.getColumn(8));
  edge.amount = real(row.getColumn(9));
  edge.unit = row.getColumn(10).getString();
  edge.performance = real(row.getColumn(11));
  edge.as_of = row.getColumn(12).getString();
  edge.bound = bound_of(row.getColumn(13));
  edge.status = status_of(row.getColumn(14));
  if (!row.getColumn(15).isNull())
    edge.significance = parse_significance(row.getColumn(15).getString()).value_or(Significance::unstated);
  edge.confidence = real(row.getColumn(16));
  edge.since = row.getColumn(17).getString();
  edge.until = row.getColumn(18).getString();
  edge.group = row.getColumn(19).getString();
  if (!row.getColumn(20).isNull()) edge.k = row.getColumn(20).getUInt();
  edge.attributes = row.getColumn(21).getString();
  edge.sources.push_back(citation_of(row, 22));
  add_citations("edge", key, edge.sources);
  return {key, std::move(edge)};
}

std::pair<std::int64_t, Observation> RowReader::observation(SQLite::Statement& row) {
  Observation observation;
  const std::int64_t key = row.getColumn(0).getInt64();
  observation.id = row.getColumn(1).getString();
  observation.subject = row.getColumn(2).getString();
  observation.indicator = row.getColumn(3).getString();
  observation.value = value_of(row.getColumn(4));
  observation.value_high = real(row.getColumn(5));
  observation.unit = row.getColumn(6).getString();
  observation.item = row.getColumn(7).getString();
  observation.market = row.getColumn(8).getString();
  observation.relative_to = row.getColumn(9).getString();
  observation.as_of = row.getColumn(10).getString();
  observation.since = row.getColumn(11).getString();
  observation.until = row.getColumn(12).getString();
  observation.bound = bound_of(row.getColumn(13));
  observation.status = status_of(row.getColumn(14));
  observation.confidence = real(row.getColumn(15));
  observation.attributes = row.getColumn(16).getString();
  observation.sources.push_back(citation_of(row, 17));
  add_citations("observation", key, observation.sources);
  return {key, std::move(observation)};
}

std::pair<std::int64_t, Source> RowReader::source(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(),
          Source{row.getColumn(1).getString(), row.getColumn(2).getString(), row.getColumn(3).getString(),
                 row.getColumn(4).getString(), row.getColumn(5).getString(), row.getColumn(6).getString(),
                 row.getColumn(7).getString(), row.getColumn(8).getString()}};
}

}  // namespace chokepoint::detail
