#include "chokepoint/store/all_records.hpp"

#include "chokepoint/model/error.hpp"
#include "store/impl.hpp"
#include "store/raw_statement.hpp"
#include "store/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace chokepoint {

namespace {

using detail::RawStatement;

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
      ids_.emplace_back(rows.text(1));
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
  /// @throws StoreError where a row names what is not there, in a database that others damaged
  [[nodiscard]] std::uint32_t place(std::int64_t key) const {
    if (key >= 0 && static_cast<std::uint64_t>(key) < direct_.size() &&
        direct_[static_cast<std::size_t>(key)] != no_place)
      return direct_[static_cast<std::size_t>(key)];
    const auto found = far_.find(key);
    if (found == far_.end()) throw StoreError(ErrorKind::bad_data, fmt::format("no record has the key {}", key));
    return found->second;
  }
  [[nodiscard]] const std::string& at(std::uint32_t place) const { return ids_[place]; }
  [[nodiscard]] const std::string& id(std::int64_t key) const { return ids_[place(key)]; }

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
  while (rows.step())
    citations[rows.integer(0)].push_back(
        {sources.id(rows.integer(1)), std::string(rows.text(2)), std::string(rows.text(3))});
  return citations;
}

void cite(std::vector<Citation>& citations, std::int64_t record, Citation first, const FurtherCitations& further) {
  const auto found = further.find(record);
  citations.reserve(found == further.end() ? 1 : found->second.size() + 1);
  citations.push_back(std::move(first));
  if (found != further.end()) citations.insert(citations.end(), found->second.begin(), found->second.end());
}

/// Where an edge stands in the order of edges, up to its id.
struct Place {
  std::uint32_t type = 0, from = 0, to = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

constexpr const char* scan_edges =
    "SELECT key, hash, name, from_node, type, to_node, item, market, origin, share, amount, unit, performance, as_of, "
    "bound, status, significance, confidence, since, until, group_name, k, attributes, source, locator, read "
    "FROM edge";

/// What edges refer to by key.
struct EdgeNames {
  explicit EdgeNames(SQLite::Database& connection)
      : nodes(connection, "node"),
        types(connection, "edge_type"),
        sources(connection, "source"),
        citations(further_citations(connection, "edge", sources)) {}
  IdsByKey nodes, types, sources;
  FurtherCitations citations;
};

Edge edge_of(const RawStatement& row, const EdgeNames& names, const Place& place) {
  const auto text = [&](int column) { return std::string(row.text(column)); };
  const auto node = [&](int column) {
    return row.is_null(column) ? std::string() : names.nodes.id(row.integer(column));
  };
  Edge edge;
  edge.id = detail::stored_id(row.text(2), row.integer(1));
  edge.type = names.types.at(place.type);
  edge.from = names.nodes.at(place.from);
  edge.to = names.nodes.at(place.to);
  edge.item = node(6);
  edge.market = node(7);
  edge.origin = node(8);
  edge.share = row.real(9);
  edge.amount = row.real(10);
  edge.unit = text(11);
  edge.performance = row.real(12);
  edge.as_of = text(13);
  if (!row.is_null(14)) edge.bound = parse_bound(row.text(14)).value_or(Bound::exact);
  if (!row.is_null(15)) edge.status = parse_status(row.text(15)).value_or(Status::reported);
  if (!row.is_null(16)) edge.significance = parse_significance(row.text(16)).value_or(Significance::unstated);
  edge.confidence = row.real(17);
  edge.since = text(18);
  edge.until = text(19);
  edge.group = text(20);
  if (!row.is_null(21)) edge.k = static_cast<std::uint32_t>(row.integer(21));
  edge.attributes = text(22);
  cite(edge.sources, row.integer(0), {names.sources.id(row.integer(23)), text(24), text(25)}, names.citations);
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

std::vector<Node> read_all_nodes(const Database& database) {
  return detail::guarded("reading the nodes", [&] {
    SQLite::Database& connection = *database.impl().connection;
    RawStatement rows(
        connection,
        "SELECT key, id, type, labels, codes, description, since, until, attributes, source, locator, read "
        "FROM node ORDER BY id");
    std::vector<Node> nodes;
    if (!rows.step()) return nodes;
    // The scan is open: what follows is read from the same state of the database.
    const IdsByKey types(connection, "node_type"), sources(connection, "source");
    const FurtherCitations citations = further_citations(connection, "node", sources);
    std::unordered_map<std::int64_t, std::vector<std::string>> aliases;
    RawStatement names(connection, "SELECT node, name FROM alias WHERE kind = 'alias' ORDER BY node, name");
    while (names.step()) aliases[names.integer(0)].emplace_back(names.text(1));
    do {
      const auto text = [&](int column) { return std::string(rows.text(column)); };
      Node& node = nodes.emplace_back();
      const std::int64_t key = rows.integer(0);
      node.id = text(1);
      node.type = types.id(rows.integer(2));
      node.labels = detail::parse_texts(text(3));
      node.codes = detail::parse_texts(text(4));
      node.description = text(5);
      node.since = text(6);
      node.until = text(7);
      node.attributes = text(8);
      cite(node.sources, key, {sources.id(rows.integer(9)), text(10), text(11)}, citations);
      if (const auto found = aliases.find(key); found != aliases.end()) node.aliases = std::move(found->second);
    } while (rows.step());
    return nodes;
  });
}

std::vector<Edge> read_all_edges(const Database& database) {
  return detail::guarded("reading the edges", [&] {
    SQLite::Database& connection = *database.impl().connection;
    RawStatement rows(connection, scan_edges);
    std::vector<Edge> edges;
    // Growing by copies would cost as much as reading.
    if (const auto count = detail::single_integer(connection, "SELECT count(*) FROM edge"))
      edges.reserve(static_cast<std::size_t>(*count));
    if (!rows.step()) return edges;
    // The scan is open: what follows is read from the same state of the database.
    const EdgeNames names(connection);
    std::vector<Place> places;
    do {
      places.push_back(
          {names.types.place(rows.integer(4)), names.nodes.place(rows.integer(3)), names.nodes.place(rows.integer(5))});
      edges.push_back(edge_of(rows, names, places.back()));
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
