#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_spool.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// A sheet or table whose header names a node and neighbours of it, `node`, `neighbour 1`, `neighbour 2`, or, where
/// rows end early, `supplier`, `customer 1`, `customer 2`, as nodes and edges; nullopt for any other.
/// @param file  for messages. @throws UsageError for a row without a node
std::optional<TableSet> tables_of_neighbours(const FlatTable& table, const TableOptions& options,
                                             const std::string& file);

}  // namespace chokepoint::detail
