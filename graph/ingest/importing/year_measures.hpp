#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A table of edges whose shares and amounts are called with years, as `Share 2021` and `Share 2022` are: a row for
/// each year in place of a row, with the year as the day of what it measures. nullptr for any other table, and where a
/// column says the day or the measure already.
/// @param table  outlives what is made
/// @param told  what was done, a line
std::unique_ptr<FlatTable> table_of_year_measures(const FlatTable& table, const TableOptions& options,
                                                  const Ontology& ontology, std::vector<std::string>& told);

}  // namespace chokepoint::detail
