#include "store/rows/row_writer.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/bigrams.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"
#include "store/sqlite_pages/row_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace chokepoint::detail {

namespace {

constexpr std::string_view tables[record_kinds] = {"source", "node", "edge", "observation"};

/// Empty texts are stored as NULL. @pre `text` lives until the statement has run: it is not copied
void bind_text(SQLite::Statement& statement, int index, const std::string& text) {
  if (text.empty())
    statement.bind(index);
  else
    statement.bindNoCopy(index, text);
}

void bind_number(SQLite::Statement& statement, int index, const std::optional<double>& number) {
  if (number)
    statement.bind(index, *number);
  else
    statement.bind(index);
}

void bind_value(SQLite::Statement& statement, int index, const Json& value) {
  if (const auto integer = value.to_integer())
    statement.bind(index, *integer);
  else if (const auto number = value.to_double())
    statement.bind(index, *number);
  else
    statement.bind(index, value.as_string());
}

}  // namespace

std::string_view table_of(RecordKind kind) { return tables[static_cast<std::size_t>(kind)]; }

std::string json_of_texts(const std::map<std::string, std::string>& texts) {
  std::string json = "{";
  for (const auto& [key, text] : texts) {
    if (json.size() > 1) json += ',';
    append_json_string(json, key);
    json += ':';
    append_json_string(json, text);
  }
  return json += '}';
}

std::int64_t hash_number(const std::string& hex) {
  std::uint64_t number = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
  return static_cast<std::int64_t>(number);
}

RowWriter::RowWriter(SQLite::Database& connection, const Ontology& ontology)
    : connection_(connection),
      ontology_(ontology),
      write_source_(
          connection,
          "INSERT INTO source VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10) ON CONFLICT (key) DO UPDATE SET title=?3, "
          "publisher=?4, date=?5, language=?6, url=?7, license=?8, attributes=?9, dataset=?10"),
      write_node_(
          connection,
          "INSERT INTO node VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14) ON CONFLICT (key) DO UPDATE SET "
          "type=?4, labels=?5, codes=?6, description=?7, since=?8, until=?9, attributes=?10, source=?11, "
          "locator=?12, dataset=?13, read=?14"),
      write_edge_(connection,
                  "INSERT INTO edge VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,"
                  "?22,?23,?24,?25,?26,?27)"),
      write_observation_(
          connection,
          "INSERT INTO observation VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,"
          "?19,?20,?21,?22) ON CONFLICT (key) DO UPDATE SET hash=?2, name=?3, subject=?4, indicator=?5, "
          "value=?6, value_high=?7, unit=?8, item=?9, market=?10, relative_to=?11, as_of=?12, since=?13, "
          "until=?14, bound=?15, status=?16, confidence=?17, attributes=?18, source=?19, locator=?20, "
          "dataset=?21, read=?22"),
      erase_edge_(connection, "DELETE FROM edge WHERE key = ?"),
      add_citation_(connection, "INSERT INTO citation VALUES (?,?,?,?,?,?)"),
      erase_citations_(connection, "DELETE FROM citation WHERE kind = ? AND record = ?"),
      add_alias_(connection, "INSERT OR IGNORE INTO alias VALUES (?,?,?,?,?)"),
      erase_aliases_(connection, "DELETE FROM alias WHERE node = ?"),
      aliases_(connection, "SELECT folded FROM alias WHERE node = ?"),
      index_name_(connection, "INSERT INTO name_index (rowid, bigrams) VALUES (?, ?)"),
      unindex_name_(connection, "INSERT INTO name_index (name_index, rowid, bigrams) VALUES ('delete', ?, ?)"),
      find_node_(connection, "SELECT key, id, type FROM node WHERE id_folded = ?"),
      find_merged_node_(
          connection,
          "SELECT DISTINCT n.key, n.id, n.type FROM alias a JOIN node n ON n.key = a.node JOIN membership m "
          "ON m.kind = 'node' AND m.record = n.key WHERE a.folded = ? AND a.kind = 'alias' AND "
          "CASE WHEN json_valid(m.contribution) THEN json_extract(m.contribution, '$.id') END = ?"),
      find_unfolded_node_(connection, "SELECT key FROM node WHERE id = ?"),
      find_source_(connection, "SELECT key FROM source WHERE id = ?"),
      id_of_node_(connection, "SELECT id FROM node WHERE key = ?"),
      graph_row_of_node_(connection, "SELECT id, type, since, until, attributes FROM node WHERE key = ?"),
      date_of_source_(connection, "SELECT date FROM source WHERE key = ?"),
      log_(connection) {
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    SQLite::Statement statement(connection, fmt::format("SELECT coalesce(max(key), 0) FROM {}", tables[kind]));
    statement.executeStep();
    // Counting goes on from the largest key.
    next_[kind] = statement.getColumn(0).getInt64();
    if (next_[kind] != 0) next_[kind] = stored_key({tables[kind], next_[kind]});
  }
  for (std::size_t i = 0; i < ontology.edge_types().size(); ++i)
    edge_types_[ontology.edge_types()[i].id] = static_cast<std::int64_t>(i);
}

std::int64_t RowWriter::next_key(RecordKind kind) { return ++next_[static_cast<std::size_t>(kind)]; }

std::optional<KnownNode> RowWriter::find_node(std::string_view id) {
  std::string folded = fold(id);
  if (const auto found = nodes_.find(folded); found != nodes_.end()) return found->second;
  const auto read = [this](SQLite::Statement& row) {
    std::optional<KnownNode> node;
    if (row.executeStep()) {
      const StoredRow place{"node", row.getColumn(0).getInt64()};
      node = KnownNode{stored_key(place), required_id(place, "id", row.getColumn(1).getString()),
                       stored_node_type(place, row.getColumn(2).getInt64(), ontology_)};
    }
    row.reset();
    return node;
  };
  find_node_.bind(1, folded);
  auto node = read(find_node_);
  if (!node) {
    find_merged_node_.bind(1, folded);
    find_merged_node_.bind(2, std::string(id));
    node = read(find_merged_node_);
  }
  if (!node) refuse_unfolded(id);
  if (node) nodes_.emplace(std::move(folded), *node);
  return node;
}

/// Refuses a row that its own id does not find.
void RowWriter::refuse_unfolded(std::string_view id) {
  find_unfolded_node_.bind(1, std::string(id));
  if (find_unfolded_node_.executeStep())
    refuse_value({"node", find_unfolded_node_.getColumn(0).getInt64()}, "id_folded", "it is not the id, folded");
  find_unfolded_node_.reset();
}

std::optional<std::int64_t> RowWriter::find_source(std::string_view id) {
  // One record after the other cites the same source.
  if (last_source_.second != 0 && last_source_.first == id) return last_source_.second;
  std::string name(id);
  if (const auto found = sources_.find(name); found != sources_.end()) {
    last_source_ = *found;
    return found->second;
  }
  // A statement that is left standing on a row would lock its table against changes of the schema.
  find_source_.bind(1, name);
  const bool found = find_source_.executeStep();
  const std::int64_t key = found ? stored_key({"source", find_source_.getColumn(0).getInt64()}) : 0;
  find_source_.reset();
  if (!found) return std::nullopt;
  source_ids_[key] = name;
  return sources_.emplace(std::move(name), key).first->second;
}

std::int64_t RowWriter::node_key(const std::string& id) {
  const auto node = find_node(id);
  if (!node) throw std::logic_error("a record names a node that was not checked: " + id);
  return node->key;
}

std::int64_t RowWriter::source_key(const std::string& id) {
  const auto key = find_source(id);
  if (!key) throw std::logic_error("a record cites a source that was not checked: " + id);
  return *key;
}

const std::string& RowWriter::source_id(std::int64_t key) const { return source_ids_.at(key); }

std::string_view RowWriter::node_id(std::int64_t key) {
  id_of_node_.bind(1, key);
  if (!id_of_node_.executeStep()) throw std::logic_error("no node has the key of an edge's end");
  node_id_ = id_of_node_.getColumn(0).getString();
  id_of_node_.reset();
  return node_id_;
}

void RowWriter::bind_node(SQLite::Statement& statement, int index, const std::string& id) {
  if (id.empty())
    statement.bind(index);
  else
    statement.bind(index, node_key(id));
}

void RowWriter::write_citations(RecordKind kind, std::int64_t key, const std::vector<Citation>& citations) {
  for (std::size_t i = 1; i < citations.size(); ++i) {
    add_citation_.bind(1, std::string(table_of(kind)));
    add_citation_.bind(2, key);
    add_citation_.bind(3, static_cast<std::int64_t>(i));
    add_citation_.bind(4, source_key(citations[i].source));
    add_citation_.bind(5, citations[i].locator);
    bind_text(add_citation_, 6, citations[i].read);
    run(add_citation_);
  }
}

void RowWriter::erase_citations(RecordKind kind, std::int64_t key) {
  erase_citations_.bind(1, std::string(table_of(kind)));
  erase_citations_.bind(2, key);
  run(erase_citations_);
}

/// Of a node, the graph has the id, the type, the life and some attributes.
void RowWriter::log_change(const Node& node, std::uint16_t type, std::int64_t key) {
  if (log_.tells_all()) return;
  SQLite::Statement& row = graph_row_of_node_;
  row.bind(1, key);
  const bool is_as_before = row.executeStep() && row.getColumn(0).getString() == node.id &&
                            row.getColumn(1).getInt64() == type && row.getColumn(2).getString() == node.since &&
                            row.getColumn(3).getString() == node.until &&
                            row.getColumn(4).getString() == node.attributes;
  row.reset();
  if (!is_as_before) log_.add_node(key, node.id);
}

/// Every edge has the date of the source that it cites first.
void RowWriter::log_change(const Source& source, std::int64_t key) {
  if (log_.tells_all()) return;
  date_of_source_.bind(1, key);
  if (date_of_source_.executeStep() && date_of_source_.getColumn(0).getString() != source.date) log_.add_all();
  date_of_source_.reset();
}

void RowWriter::write(const Source& source, std::int64_t key, std::int64_t dataset) {
  log_change(source, key);
  SQLite::Statement& row = write_source_;
  row.bind(1, key);
  row.bind(2, source.id);
  row.bind(3, source.title);
  row.bind(4, source.publisher);
  row.bind(5, source.date);
  row.bind(6, source.language);
  row.bind(7, source.url);
  row.bind(8, source.license);
  row.bind(9, source.attributes);
  row.bind(10, dataset);
  run(row);
  sources_[source.id] = key;
  source_ids_[key] = source.id;
}

void RowWriter::write(const Node& node, std::int64_t key, std::int64_t dataset) {
  erase_names(key);
  erase_citations(RecordKind::node, key);
  const std::uint16_t type = *ontology_.node_type(node.type);
  log_change(node, type, key);
  std::string folded = fold(node.id);
  SQLite::Statement& row = write_node_;
  row.bind(1, key);
  row.bind(2, node.id);
  row.bind(3, folded);
  row.bind(4, static_cast<std::int64_t>(type));
  row.bind(5, json_of_texts(node.labels));
  row.bind(6, json_of_texts(node.codes));
  row.bind(7, node.description);
  row.bind(8, node.since);
  row.bind(9, node.until);
  row.bind(10, node.attributes);
  row.bind(11, source_key(node.sources.front().source));
  row.bind(12, node.sources.front().locator);
  row.bind(13, dataset);
  bind_text(row, 14, node.sources.front().read);
  run(row);
  write_citations(RecordKind::node, key, node.sources);
  write_names(node, key);
  nodes_[std::move(folded)] = KnownNode{key, node.id, type};
}

void RowWriter::write(const Edge& edge, std::int64_t key, std::int64_t dataset) {
  const std::string hash = record_id(edge);
  const std::string given_id = edge.id == hash ? std::string() : edge.id;
  const ParallelEdges place{node_key(edge.from), edge_types_.at(edge.type), node_key(edge.to)};
  log_.add(place);
  SQLite::Statement& row = write_edge_;
  row.bind(1, place.from);
  row.bind(2, place.type);
  row.bind(3, place.to);
  row.bind(4, key);
  row.bind(5, hash_number(hash));
  bind_text(row, 6, given_id);
  bind_node(row, 7, edge.item);
  bind_node(row, 8, edge.market);
  bind_node(row, 9, edge.origin);
  bind_number(row, 10, edge.share);
  bind_number(row, 11, edge.amount);
  bind_text(row, 12, edge.unit);
  bind_number(row, 13, edge.performance);
  bind_text(row, 14, edge.as_of);
  const std::string bound(edge.bound == Bound::exact ? "" : to_string(edge.bound));
  const std::string status(edge.status == Status::reported ? "" : to_string(edge.status));
  const std::string significance(to_string(edge.significance));
  bind_text(row, 15, bound);
  bind_text(row, 16, status);
  bind_text(row, 17, significance);
  bind_number(row, 18, edge.confidence);
  bind_text(row, 19, edge.since);
  bind_text(row, 20, edge.until);
  bind_text(row, 21, edge.group);
  if (edge.k)
    row.bind(22, static_cast<std::int64_t>(*edge.k));
  else
    row.bind(22);
  bind_text(row, 23, edge.attributes);
  row.bind(24, source_key(edge.sources.front().source));
  bind_text(row, 25, edge.sources.front().locator);
  row.bind(26, dataset);
  bind_text(row, 27, edge.sources.front().read);
  run(row);
  write_citations(RecordKind::edge, key, edge.sources);
}

void RowWriter::write(const Observation& observation, std::int64_t key, std::int64_t dataset) {
  erase_citations(RecordKind::observation, key);
  const std::string hash = record_id(observation);
  const std::string given_id = observation.id == hash ? std::string() : observation.id;
  SQLite::Statement& row = write_observation_;
  row.bind(1, key);
  row.bind(2, hash_number(hash));
  bind_text(row, 3, given_id);
  row.bind(4, node_key(observation.subject));
  row.bind(5, observation.indicator);
  bind_value(row, 6, observation.value);
  bind_number(row, 7, observation.value_high);
  bind_text(row, 8, observation.unit);
  bind_node(row, 9, observation.item);
  bind_node(row, 10, observation.market);
  bind_node(row, 11, observation.relative_to);
  bind_text(row, 12, observation.as_of);
  bind_text(row, 13, observation.since);
  bind_text(row, 14, observation.until);
  const std::string bound(observation.bound == Bound::exact ? "" : to_string(observation.bound));
  const std::string status(observation.status == Status::reported ? "" : to_string(observation.status));
  bind_text(row, 15, bound);
  bind_text(row, 16, status);
  bind_number(row, 17, observation.confidence);
  bind_text(row, 18, observation.attributes);
  row.bind(19, source_key(observation.sources.front().source));
  bind_text(row, 20, observation.sources.front().locator);
  row.bind(21, dataset);
  bind_text(row, 22, observation.sources.front().read);
  run(row);
  write_citations(RecordKind::observation, key, observation.sources);
}

void RowWriter::rename_node(std::int64_t key, const std::string& id) {
  log_.add_node(key);
  log_.add_node(key, id);
  SQLite::Statement statement(connection_, "UPDATE node SET id = ?, id_folded = ? WHERE key = ?");
  statement.bind(1, id);
  statement.bind(2, fold(id));
  statement.bind(3, key);
  statement.exec();
}

void RowWriter::erase(RecordKind kind, std::int64_t key) {
  if (kind == RecordKind::node) log_.add_node(key);
  if (kind == RecordKind::edge) {
    log_.add_edge(key);
    erase_edge_.bind(1, key);
    run(erase_edge_);
  } else {
    SQLite::Statement statement(connection_, fmt::format("DELETE FROM {} WHERE key = ?", table_of(kind)));
    if (kind == RecordKind::node) erase_names(key);
    statement.bind(1, key);
    statement.exec();
  }
  if (kind != RecordKind::source) erase_citations(kind, key);
  if (kind == RecordKind::node) std::erase_if(nodes_, [&](const auto& entry) { return entry.second.key == key; });
  if (kind == RecordKind::source) {
    last_source_ = {};
    std::erase_if(sources_, [&](const auto& entry) { return entry.second == key; });
  }
}

}  // namespace chokepoint::detail
