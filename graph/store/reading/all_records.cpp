#include "store/all_records.hpp"

#include "store/connection/impl.hpp"
#include "store/connection/raw_statement.hpp"
#include "store/rows/record_columns.hpp"
#include "store/rows/rows.hpp"
#include "store/rows/stored_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

using detail::RawStatement;
using detail::StoredRow;

constexpr std::uint32_t no_place = 0xFFFFFFFFU;

/// Ids by key, and the place of each id in their order. Keys are given in turn, so that an array of them is mostly
/// full.
class IdsByKey {
 public:
  IdsByKey(SQLite::Database& connection, const std::string& table) {
    RawStatement rows(connection, "SELECT key, id FROM " + table + " ORDER BY id");
    std::vector<std::int64_t> keys;
    while (rows.step()) {
      keys.push_back(rows.integer(0));
      ids_.push_back(detail::required_id({table, keys.back()}, "id", rows.text(1)));
    }
    const auto most_direct = static_cast<std::int64_t>(4 * keys.size() + 1024);
    for (std::uint32_t place = 0; place < keys.size(); ++place) {
      const std::int64_t key = keys[place];
      if (key < 0 || key > most_direct) {
        far_.emplace(key, place);
        continue;
      }
      const auto slot = static_cast<std::size_t>(key);
      if (slot >= direct_.size()) direct_.resize(slot + 1, no_place);
      direct_[slot] = place;
    }
  }
  /// @param row, column  what names it. @throws SchemaError where it is not there, in a database that others damaged
  [[nodiscard]] std::uint32_t place(std::int64_t key, const StoredRow& row, std::string_view column) const {
    if (key >= 0 && static_cast<std::uint64_t>(key) < direct_.size() &&
        direct_[static_cast<std::size_t>(key)] != no_place)
      return direct_[static_cast<std::size_t>(key)];
    const auto found = far_.find(key);
    if (found == far_.end()) detail::refuse_value(row, column, fmt::format("nothing has the key {}", key));
    return found->second;
  }
  [[nodiscard]] const std::string& at(std::uint32_t place) const { return ids_[place]; }
  [[nodiscard]] const std::string& id(std::int64_t key, const StoredRow& row, std::string_view column) const {
    return ids_[place(key, row, column)];
  }

 private:
  std::vector<std::uint32_t> direct_;
  std::unordered_map<std::int64_t, std::uint32_t> far_;
  std::vector<std::string> ids_;
};

/// Citations after the first, which few records have.
using FurtherCitations = std::unordered_map<std::int64_t, std::vector<Citation>>;

FurtherCitations further_citations(SQLite::Database& connection, const char* kind, const IdsByKey& sources) {
  FurtherCitations citations;
  RawStatement rows(connection,
                    "SELECT record, source, locator, read FROM citation WHERE kind = ? ORDER BY record, position");
  rows.bind(1, std::string_view(kind));
  while (rows.step()) {
    const StoredRow row{"citation", rows.integer(0)};
    citations[row.key].push_back({sources.id(rows.integer(1), row, "source"),
                                  detail::stored_text(row, "locator", rows.text(2)),
                                  detail::stored_text(row, "read", rows.text(3))});
  }
  return citations;
}

void cite(std::vector<Citation>& citations, std::int64_t record, Citation first, const FurtherCitations& further) {
  const auto found = further.find(record);
  citations.reserve(found == further.end() ? 1 : found->second.size() + 1);
  citations.push_back(std::move(first));
  if (found != further.end()) citations.insert(citations.end(), found->second.begin(), found->second.end());
}

/// What stands behind the plain fields of a record: attributes and its first citation.
template <typename Record>
void read_end(Record& record, const StoredRow& place, const RawStatement& row, int column, const IdsByKey& sources,
              const FurtherCitations& further) {
  detail::check_period(place, record.since, record.until);
  record.attributes = detail::stored_object(place, "attributes", row.text(column));
  cite(record.sources, place.key,
       {sources.id(row.integer(column + 1), place, "source"),
        detail::stored_text(place, "locator", row.text(column + 2)),
        detail::stored_text(place, "read", row.text(column + 3))},
       further);
}

/// Where an edge stands in the order of edges, up to its id.
struct Place {
  std::uint32_t type = 0, from = 0, to = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::string scan_edges() {
  return "SELECT key, hash, name, from_node, type, to_node, " + detail::field_columns<Edge>() +
         ", attributes, source, locator, read FROM edge";
}

/// What edges refer to by key.
struct EdgeNames {
  EdgeNames(SQLite::Database& connection, const Ontology& types_)
      : nodes(connection, "node"),
        sources(connection, "source"),
        citations(further_citations(connection, "edge", sources)),
        types(types_) {
    std::vector<std::uint16_t> numbers(types.edge_types().size());
    std::iota(numbers.begin(), numbers.end(), std::uint16_t{0});
    std::sort(numbers.begin(), numbers.end(),
              [&](auto a, auto b) { return types.edge_types()[a].id < types.edge_types()[b].id; });
    type_place.resize(numbers.size());
    for (std::uint16_t place = 0; place < numbers.size(); ++place) type_place[numbers[place]] = place;
  }
  IdsByKey nodes, sources;
  FurtherCitations citations;
  const Ontology& types;
  std::vector<std::uint16_t> type_place;  ///< by number: the place in the order of their ids
};

Edge edge_of(const RawStatement& row, const EdgeNames& names, std::uint16_t type, const Place& place) {
  const StoredRow at{"edge", row.integer(0)};
  Edge edge;
  edge.id = detail::stored_id(detail::stored_name(at, "name", row.text(2)), row.integer(1));
  edge.type = names.types.edge_types()[type].id;
  edge.from = names.nodes.at(place.from);
  edge.to = names.nodes.at(place.to);
  const int behind = detail::read_fields(edge, at, row, 6, [&](std::size_t, int column, std::string_view name) {
    return names.nodes.id(row.integer(column), at, name);
  });
  read_end(edge, at, row, behind, names.sources, names.citations);
  return edge;
}

/// Puts `records[order[i]]` at place i, moving each once. `order` is used up.
template <typename Record>
void rearrange(std::vector<Record>& records, std::vector<std::uint32_t>& order) {
  for (std::uint32_t start = 0; start < order.size(); ++start) {
    if (order[start] == start) continue;
    Record held = std::move(records[start]);
    std::uint32_t gap = start;
    while (order[gap] != start) {
      records[gap] = std::move(records[order[gap]]);
      gap = std::exchange(order[gap], gap);
    }
    records[gap] = std::move(held);
    order[gap] = gap;
  }
}

}  // namespace

void visit_all_nodes(const Database& database, const std::function<void(Node&)>& visit) {
  detail::guarded("reading the nodes", [&] {
    SQLite::Database& connection = *database.impl().connection;
    RawStatement rows(connection, "SELECT key, id, type, labels, codes, " + detail::field_columns<Node>() +
                                      ", attributes, source, locator, read FROM node ORDER BY id");
    if (!rows.step()) return;
    // The scan is open: what follows is read from the same state of the database.
    const Ontology& types = database.ontology();
    const IdsByKey sources(connection, "source");
    const FurtherCitations citations = further_citations(connection, "node", sources);
    std::unordered_map<std::int64_t, std::vector<std::string>> aliases;
    RawStatement names(connection, "SELECT node, name FROM alias WHERE kind = 'alias' ORDER BY node, name");
    while (names.step())
      aliases[names.integer(0)].push_back(detail::stored_text({"alias", names.integer(0)}, "name", names.text(1)));
    do {
      Node node;
      const std::int64_t key = rows.integer(0);
      const StoredRow row{"node", key};
      node.id = detail::required_id(row, "id", rows.text(1));
      node.type = types.node_types()[detail::stored_node_type(row, rows.integer(2), types)].id;
      node.labels = detail::stored_texts(row, "labels", rows.text(3));
      node.codes = detail::stored_texts(row, "codes", rows.text(4));
      const int behind = detail::read_fields(node, row, rows, 5, [](auto&&...) { return std::string(); });
      read_end(node, row, rows, behind, sources, citations);
      if (const auto found = aliases.find(key); found != aliases.end()) node.aliases = std::move(found->second);
      visit(node);
    } while (rows.step());
  });
}

std::vector<Node> read_all_nodes(const Database& database) {
  std::vector<Node> nodes;
  visit_all_nodes(database, [&](Node& node) { nodes.push_back(std::move(node)); });
  return nodes;
}

void visit_all_edges(const Database& database, const std::function<void(const Edge&)>& visit) {
  detail::guarded("reading the edges", [&] {
    SQLite::Database& connection = *database.impl().connection;
    RawStatement rows(connection, scan_edges());
    if (!rows.step()) return;
    // The scan is open: what follows is read from the same state of the database.
    const EdgeNames names(connection, database.ontology());
    do {
      const StoredRow row{"edge", rows.integer(0)};
      const std::uint16_t type = detail::stored_edge_type(row, rows.integer(4), names.types);
      visit(edge_of(rows, names, type,
                    {names.type_place[type], names.nodes.place(rows.integer(3), row, "from_node"),
                     names.nodes.place(rows.integer(5), row, "to_node")}));
    } while (rows.step());
  });
}

std::vector<Edge> read_all_edges(const Database& database) {
  return detail::guarded("reading the edges", [&] {
    SQLite::Database& connection = *database.impl().connection;
    RawStatement rows(connection, scan_edges());
    std::vector<Edge> edges;
    // Growing by copies would cost as much as reading.
    if (const auto count = detail::single_integer(connection, "SELECT count(*) FROM edge"))
      edges.reserve(static_cast<std::size_t>(*count));
    if (!rows.step()) return edges;
    // The scan is open: what follows is read from the same state of the database.
    const EdgeNames names(connection, database.ontology());
    std::vector<Place> places;
    do {
      const StoredRow row{"edge", rows.integer(0)};
      const std::uint16_t type = detail::stored_edge_type(row, rows.integer(4), names.types);
      places.push_back({names.type_place[type], names.nodes.place(rows.integer(3), row, "from_node"),
                        names.nodes.place(rows.integer(5), row, "to_node")});
      edges.push_back(edge_of(rows, names, type, places.back()));
    } while (rows.step());
    std::vector<std::uint32_t> order(edges.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (const auto compared = places[a] <=> places[b]; compared != 0) return compared < 0;
      return edges[a].id < edges[b].id;
    });
    rearrange(edges, order);
    return edges;
  });
}

}  // namespace chokepoint
