#pragma once

#include "chokepoint/model/ontology.hpp"
#include "chokepoint/model/record.hpp"
#include "chokepoint/store/database.hpp"
#include "chokepoint/store/reader.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chokepoint::detail {

/// `SELECT … FROM …` that yields rows for the readers below; callers append WHERE and ORDER BY. Table aliases: n
/// (node), e (edge), v (observation), s (source of the first citation), t (type of an edge), f and o (the edge's ends),
/// n (subject of an observation), and for a field that names a node its column with `_node`, as in item_node.
const std::string& select_node();
const std::string& select_edge();
const std::string& select_observation();
const std::string& select_source();

inline constexpr const char* order_nodes = " ORDER BY n.id";
inline constexpr const char* order_edges = " ORDER BY t.id, f.id, o.id, id";
inline constexpr const char* order_observations =
    " ORDER BY n.id, v.indicator, coalesce(v.as_of, ''), coalesce(v.since, ''), id";

/// Turns rows into records, whose values it checks; holds the statement for further citations and names, so that a scan
/// prepares them once.
class RowReader {
 public:
  RowReader(SQLite::Database& connection, const Ontology& ontology);
  // Each throws SchemaError where a value is none that this program writes.
  std::pair<std::int64_t, Node> node(SQLite::Statement& row);
  std::pair<std::int64_t, Edge> edge(SQLite::Statement& row);
  std::pair<std::int64_t, Observation> observation(SQLite::Statement& row);
  std::pair<std::int64_t, Source> source(SQLite::Statement& row);

 private:
  void add_citations(const char* kind, std::int64_t key, std::vector<Citation>& citations);
  const Ontology& ontology_;
  SQLite::Statement citations_;
  SQLite::Statement aliases_;
};

/// The id of an edge or observation: its name where it has one, else its hash as 16 hex digits.
std::string stored_id(std::string_view name, std::int64_t hash);

}  // namespace chokepoint::detail
