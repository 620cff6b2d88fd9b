#pragma once

#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

/// What is said of a table of nodes whose columns hold relations, from which no edges come: several names in a cell
/// (`Suppliers`), in several columns (`Supplier 1`, `Supplier 2`), or marks below names of other nodes.
/// @param file  for commands
std::vector<std::string> hints_of_lists(const FlatTable& table, const TableLayout& layout, const std::string& file);

/// The command that makes rows of a matrix with names of nodes in its header and its first column; empty for any other
/// table.
std::string melting_of_matrix(const FlatTable& table, const std::string& file);

/// What is said of a table of nodes one of which stands in several rows, so that the rows may be relations; empty for
/// any other table.
std::string hint_of_relations(const FlatTable& table, const TableLayout& layout);

}  // namespace chokepoint::detail
