#include "store/rows/row_writer.hpp"

#include "chokepoint/model/text.hpp"
#include "chokepoint/support/error.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/bigrams.hpp"
#include "store/rows/record_columns.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"
#include "store/sqlite_pages/row_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>

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

void bind_value(SQLite::Statement& statement, int index, const Json& value) {
  if (const auto integer = value.to_integer())
    statement.bind(index, *integer);
  else if (const auto number = value.to_double())
    statement.bind(index, *number);
  else
    statement.bind(index, value.as_string());
}

/// Sources and nodes have empty texts where edges and observations have NULL.
template <typename Record>
constexpr bool keeps_empty_texts = std::is_same_v<Record, Source> || std::is_same_v<Record, Node>;

/// `INSERT INTO edge (from_node, …) VALUES (?1, …)`: the columns of the plain fields stand behind the first ones.
/// @param fixed  how many of the first columns never change; the others are written over where the key is there.
///               0: the key is no conflict
template <typename Record>
std::string insertion(std::string_view table, const std::vector<std::string>& first, std::size_t fixed) {
  std::vector<std::string> columns = first;
  for_each_field<Record>([&](const auto& field) { columns.emplace_back(field.column_name()); });
  columns.emplace_back("attributes");
  if (!std::is_same_v<Record, Source>) columns.insert(columns.end(), {"source", "locator", "read"});
  columns.emplace_back("dataset");
  std::string names, values, changes;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names += (i > 0 ? ", " : "") + columns[i];
    values += fmt::format("{}?{}", i > 0 ? "," : "", i + 1);
    if (i >= fixed) changes += fmt::format("{}{}=?{}", changes.empty() ? "" : ", ", columns[i], i + 1);
  }
  std::string sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, values);
  if (fixed > 0) sql += " ON CONFLICT (key) DO UPDATE SET " + changes;
  return sql;
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
      write_source_(connection, insertion<Source>("source", {"key", "id"}, 2)),
      write_node_(connection, insertion<Node>("node", {"key", "id", "id_folded", "type", "labels", "codes"}, 3)),
      write_edge_(connection, insertion<Edge>("edge", {"from_node", "type", "to_node", "key", "hash", "name"}, 0)),
      write_observation_(connection, insertion<Observation>(
                                         "observation", {"key", "hash", "name", "subject", "indicator", "value"}, 1)),
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
      prepared_(connection),
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
  if (const auto found = nodes_.find(folded); found != nodes_.end() && !erased_nodes_.contains(found->second.key))
    return found->second;
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
  if (node) keep(std::move(folded), *node);
  return node;
}

void RowWriter::keep(std::string folded, const KnownNode& node) {
  const auto at = nodes_.insert_or_assign(std::move(folded), node).first;
  node_ids_[node.key] = &at->second.id;
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
  if (const auto found = sources_.find(name); found != sources_.end() && !erased_sources_.contains(found->second)) {
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
  return sources_.insert_or_assign(std::move(name), key).first->second;
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

std::vector<std::int64_t> RowWriter::known_sources() const {
  std::vector<std::int64_t> keys;
  keys.reserve(source_ids_.size());
  for (const auto& [key, id] : source_ids_) keys.push_back(key);
  return keys;
}

std::string_view RowWriter::node_id(std::int64_t key) {
  if (const auto known = node_ids_.find(key); known != node_ids_.end()) return *known->second;
  id_of_node_.bind(1, key);
  if (!id_of_node_.executeStep()) throw std::logic_error("no node has the key of an edge's end");
  node_id_ = id_of_node_.getColumn(0).getString();
  id_of_node_.reset();
  return node_id_;
}

template <typename Field, typename Record>
void RowWriter::bind(SQLite::Statement& row, int index, const Field& field, const Record& record) {
  constexpr FieldKind kind = field_kind<Field>;
  const auto& value = record.*field.member;
  if constexpr (kind == FieldKind::node) {
    value.empty() ? row.bind(index) : row.bind(index, node_key(value));
  } else if constexpr (kind == FieldKind::number) {
    value ? row.bind(index, *value) : row.bind(index);
  } else if constexpr (kind == FieldKind::count) {
    value ? row.bind(index, static_cast<std::int64_t>(*value)) : row.bind(index);
  } else if constexpr (kind == FieldKind::word) {
    const std::string word(word_unless_default(value));
    word.empty() ? row.bind(index) : row.bind(index, word);
  } else if constexpr (keeps_empty_texts<Record>) {
    row.bindNoCopy(index, value);
  } else {
    bind_text(row, index, value);
  }
}

/// The plain fields and attributes. @return the index behind them
template <typename Record>
int RowWriter::bind_fields(SQLite::Statement& row, int index, const Record& record) {
  for_each_field<Record>([&](const auto& field) { bind(row, index++, field, record); });
  if constexpr (keeps_empty_texts<Record>)
    row.bindNoCopy(index++, record.attributes);
  else
    bind_text(row, index++, record.attributes);
  return index;
}

/// What all records but sources end with: fields, attributes, first citation, dataset.
template <typename Record>
int RowWriter::bind_end(SQLite::Statement& row, int index, const Record& record, std::int64_t dataset) {
  index = bind_fields(row, index, record);
  const Citation& first = record.sources.front();
  row.bind(index++, source_key(first.source));
  if constexpr (keeps_empty_texts<Record>)
    row.bindNoCopy(index++, first.locator);
  else
    bind_text(row, index++, first.locator);
  bind_text(row, index++, first.read);
  row.bind(index++, dataset);
  return index;
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
  row.bind(bind_fields(row, 3, source), dataset);
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
  bind_end(row, 7, node, dataset);
  run(row);
  write_citations(RecordKind::node, key, node.sources);
  write_names(node, key);
  keep(std::move(folded), {key, node.id, type});
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
  bind_end(row, 7, edge, dataset);
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
  bind_end(row, 7, observation, dataset);
  run(row);
  write_citations(RecordKind::observation, key, observation.sources);
}

void RowWriter::rename_node(std::int64_t key, const std::string& id) {
  log_.add_node(key);
  log_.add_node(key, id);
  node_ids_.erase(key);
  auto statement = prepared_.use("UPDATE node SET id = ?, id_folded = ? WHERE key = ?");
  statement->bind(1, id);
  statement->bind(2, fold(id));
  statement->bind(3, key);
  statement->exec();
}

void RowWriter::erase(RecordKind kind, std::int64_t key) {
  if (kind == RecordKind::node) log_.add_node(key);
  if (kind == RecordKind::edge) {
    log_.add_edge(key);
    erase_edge_.bind(1, key);
    run(erase_edge_);
  } else {
    auto statement = prepared_.use(fmt::format("DELETE FROM {} WHERE key = ?", table_of(kind)));
    if (kind == RecordKind::node) erase_names(key);
    statement->bind(1, key);
    statement->exec();
  }
  if (kind != RecordKind::source) erase_citations(kind, key);
  if (kind == RecordKind::node) {
    erased_nodes_.insert(key);
    node_ids_.erase(key);
  }
  if (kind == RecordKind::source) {
    last_source_ = {};
    erased_sources_.insert(key);
  }
}

}  // namespace chokepoint::detail
