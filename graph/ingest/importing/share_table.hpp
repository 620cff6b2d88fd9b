#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "chokepoint/model/ontology.hpp"
#include "ingest/tables/flat_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A table of edges one of whose ends has shares behind its names, `GM (50%); LG [50%]`: the same with a row for each
/// name and a column of the shares. @param told  what was done, for the user
/// @return nullptr for any other table, and where `--split COLUMN=none` takes cells as they stand. O(rows looked at)
std::unique_ptr<FlatTable> table_of_shares_behind_names(const FlatTable& table, const TableOptions& options,
                                                        const Ontology& ontology, std::vector<std::string>& told);

}  // namespace chokepoint::detail
