#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// The tables that `--years` makes of one with a column a year: of nodes the nodes, and a figure for each cell with a
/// number in it; of edges an edge for each, as of the year. Empty where the table has no such columns.
/// @param table  outlives the result
/// @throws UsageError where the option says what such rows do not hold
std::vector<std::unique_ptr<FlatTable>> tables_by_year(const FlatTable& table, const TableOptions& options,
                                                       const Ontology& ontology, const std::string& file,
                                                       std::vector<std::string>& told);

}  // namespace chokepoint::detail
