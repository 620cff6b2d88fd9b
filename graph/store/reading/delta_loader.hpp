#pragma once

#include "chokepoint/snapshot/delta_snapshot.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>

namespace chokepoint::detail {

/// The graph as an earlier snapshot and what the database logged since.
/// @param base  made from an earlier state of the database. @param token  of that state
/// @return nullptr where the log does not reach back, or where so much changed, or such things, that a new snapshot is
///         the better way: sources' dates, the ontology, a node with thousands of edges, the layer of a node, edges
///         that replace further items
/// @throws what loading a snapshot throws, for rows that are damaged; DamagedSnapshot
/// @note O(changes · log n), with the edges at nodes that changed. @pre a transaction is open
std::shared_ptr<const DeltaSnapshot> load_delta(SQLite::Database& connection,
                                                const std::shared_ptr<const Snapshot>& base, const std::string& token);

}  // namespace chokepoint::detail
