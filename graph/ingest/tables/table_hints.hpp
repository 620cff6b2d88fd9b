#pragma once

#include "chokepoint/ingest/table_options.hpp"
#include "ingest/tables/flat_table.hpp"
#include "ingest/tables/table_layout.hpp"

#include <string>
#include <vector>

namespace chokepoint::detail {

/// What is said of attributes whose cells seem to hold several values (`gallium; germanium`) or the times that Gephi
/// writes (`<[2018.0, 2020.0]>`), and the option that takes them so.
std::vector<std::string> hints_of_cells(const FlatTable& table, const TableLayout& layout, const TableOptions& options);

/// What is said of a table of edges whose columns are kept as attributes: which they are, and with what option those of
/// numbers are measures; empty where there is none.
std::string hint_of_attributes(const FlatTable& table, const TableLayout& layout);

}  // namespace chokepoint::detail
