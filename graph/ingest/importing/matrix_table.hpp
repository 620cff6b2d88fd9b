#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/table_spool.hpp"

#include <optional>
#include <string>

namespace chokepoint::detail {

/// The nodes and edges of a matrix of nodes by nodes: the header and the first column name the same nodes, and every
/// other cell is a number or holds nothing. A number in a row and a column is an edge from the one to the other, with
/// that weight; 0 is none. Of a symmetric matrix each pair is one edge without direction.
/// @param file  for messages
/// @return nullopt for any other table, and where `--map` or a profile says what the columns hold
/// @throws UsageError where rows and columns name mostly the same nodes, but not all, or where a number can be read in
/// two ways
/// @note a table that is none is left at the first row that shows it, or behind twice as many rows as it has columns
std::optional<TableSet> tables_of_matrix(const FlatTable& table, const TableOptions& options, const std::string& file);

}  // namespace chokepoint::detail
