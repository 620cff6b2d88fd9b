#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace chokepoint::detail {

/// A table without what programs put into its cells beside the data, judged by its first rows: a nameless column that
/// only counts the rows (R, pandas), the addresses behind names that Notion links to; and with cells filled where
/// `fill_down` says that a blank repeats the cell above.
/// @param table  outlives the result
/// @param told  gets a line for whatever a reader must know
/// @return nullptr where nothing is to be done
std::unique_ptr<FlatTable> tidy_table(const FlatTable& table, const TableOptions& options,
                                      std::vector<std::string>& told);

}  // namespace chokepoint::detail
