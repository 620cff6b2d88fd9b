#pragma once

#include "chokepoint/model/record.hpp"
#include "chokepoint/store/database.hpp"

#include <functional>
#include <vector>

namespace chokepoint {

/// Every node of a database, sorted by id: the records that `Reader::for_each_node` visits, at a tenth of the time,
/// since ids, names and further citations are read once and not looked up for each.
/// @throws StoreError
std::vector<Node> read_all_nodes(const Database& database);

/// Hands them over one by one, in the same order; each may be moved from. Memory: the aliases of all.
void visit_all_nodes(const Database& database, const std::function<void(Node&)>& visit);

/// Every edge in the order of the table (from, type, to, key), one by one. O(n + m) time; memory by the nodes
/// @throws StoreError
void visit_all_edges(const Database& database, const std::function<void(const Edge&)>& visit);

/// Every edge, sorted by (type, from, to, id): the records that `Reader::for_each_edge` visits. The table is read once
/// in its own order and sorted here by numbers; SQLite would sort whole rows by their texts.
/// @throws StoreError
/// @note O(m log m) time; some 600 bytes an edge
std::vector<Edge> read_all_edges(const Database& database);

}  // namespace chokepoint
