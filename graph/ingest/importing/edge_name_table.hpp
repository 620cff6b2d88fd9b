#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/table_spool.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// The edges of a table of edges as Cytoscape exports it, whose only sign of the ends is a name such as
/// `ASML (supplies) TSMC`, made of both ends and the interaction that stands in a column of its own.
/// @param file  for messages
/// @return nullopt for any other table, and where `--map` says what the columns hold
/// @throws UsageError where some rows have such a name and some have not
std::optional<TableSet> tables_of_edge_names(const FlatTable& table, const TableOptions& options,
                                             const std::string& file);

}  // namespace chokepoint::detail
