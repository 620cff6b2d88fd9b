#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <string>

namespace chokepoint::detail {

/// Refuses a table of edges among whose first rows an end seems to hold several names: `Apple; Nvidia`.
/// @throws DoubtfulValue with both readings, where no `--split` says which
void require_single_ends(const FlatTable& table, const TableLayout& layout, const std::string& file,
                         const TableOptions& options);

/// Refuses a table of reporters and their partners that does not say who of them sends: without a column of imports and
/// exports, or with one of words that nobody knows.
/// @throws DoubtfulValue with the readings, where no `--map` or `--map-type` says which
void require_flow(const FlatTable& table, const TableLayout& layout, const std::string& file);

}  // namespace chokepoint::detail
