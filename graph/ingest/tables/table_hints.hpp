#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::detail {

/// Refuses a table of edges among whose first rows an end seems to hold several names: `Apple; Nvidia`.
/// @throws DoubtfulValue with both readings, where no `--split` says which
void require_single_ends(const FlatTable& table, const TableLayout& layout, const std::string& file,
                         const TableOptions& options);

/// Refuses a table of reporters and their partners that does not say who of them sends: without a column of imports and
/// exports, or with one of words that nobody knows.
/// @throws DoubtfulValue with the readings, where no `--map` or `--map-type` says which
void require_flow(const FlatTable& table, const TableLayout& layout, const std::string& file);

/// What is said of a table of nodes whose columns hold relations, from which no edges come: several names in a cell
/// (`Suppliers`), in several columns (`Supplier 1`, `Supplier 2`), or marks below names of other nodes.
/// @param file  for commands
std::vector<std::string> hints_of_lists(const FlatTable& table, const TableLayout& layout, const std::string& file);

/// What is said of attributes whose cells seem to hold several values (`gallium; germanium`) or the times that Gephi
/// writes (`<[2018.0, 2020.0]>`), and the option that takes them so.
std::vector<std::string> hints_of_cells(const FlatTable& table, const TableLayout& layout, const TableOptions& options);

/// What is said of a table of edges whose columns are kept as attributes: which they are, and with what option those of
/// numbers are measures; empty where there is none.
std::string hint_of_attributes(const FlatTable& table, const TableLayout& layout);

/// The command that makes rows of a matrix with names of nodes in its header and its first column; empty for any other
/// table.
std::string melting_of_matrix(const FlatTable& table, const std::string& file);

/// What is said of a table of nodes one of which stands in several rows, so that the rows may be relations; empty for
/// any other table.
std::string hint_of_relations(const FlatTable& table, const TableLayout& layout);

}  // namespace chokepoint::detail
